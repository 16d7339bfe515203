/** Reads the derivation in a claim's file, as scripts/core/allocation/derivations.ts writes it. */
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { parseAmount } from "../../../scripts/core/primitives/amount.ts"
import { MOST_VALUE_DECIMALS } from "../../../scripts/core/primitives/decimal.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { addressOf, arrayOf, objectOf, textOf, wordOf } from "../../../scripts/core/primitives/json-reader.ts"
import type { Derivation, DerivedContribution, DerivedParticipant } from "./due.ts"

/**
 * Reads a derivation and checks that it adds up to the amount, because the proof covers the amount alone.
 * @param json undefined if the files have none
 * @param amount base units that the account is paid
 * @throws AirdropError that names the field, or says that the payments make another amount
 */
export function derivationOf(
  json: unknown,
  account: Address,
  amount: bigint,
  decimals: number,
): Derivation | undefined {
  if (json === undefined) return undefined
  const value = objectOf(json, "derivation")
  const units = objectOf(value["units"], "derivation: units")
  const participants = arrayOf(value["participants"], "derivation: participants")
  const paid = participants.reduce<bigint>((sum, one) => sum + paidTo(account, one, decimals), 0n)
  if (paid !== amount)
    throw new AirdropError(`the derivation makes ${paid} base units, the proof ${amount}`, {
      code: "mismatch",
    })
  return {
    basis: wordOf(value["basis"], ["share", "amount"], "derivation: basis"),
    totalValue: decimalOf(value["totalValue"], "derivation: totalValue"),
    pool: parseAmount(textOf(value["pool"], "derivation: pool"), decimals),
    units: {
      origin: textOf(units["origin"], "derivation: units.origin"),
      quantity: textOf(units["quantity"], "derivation: units.quantity"),
    },
    participants: participants.map(participantOf),
  }
}

/** Returns the base units that a participant's payments bring an account; zero if there are no payments. */
function paidTo(account: Address, participant: unknown, decimals: number): bigint {
  const { payments } = objectOf(participant, "derivation: a participant")
  if (payments === undefined) return 0n
  let paid = 0n
  for (const json of arrayOf(payments, "derivation: payments")) {
    const payment = objectOf(json, "derivation: a payment")
    if (addressOf(payment["payee"], "derivation: a payee") !== account) continue
    paid += parseAmount(textOf(payment["amount"], "derivation: a payment's amount"), decimals)
  }
  return paid
}

function participantOf(json: unknown): DerivedParticipant {
  const value = objectOf(json, "derivation: a participant")
  return {
    account: addressOf(value["account"], "derivation: account"),
    value: decimalOf(value["value"], "derivation: a participant's value"),
    roundedUp: value["roundedUp"] === true,
    capped: value["capped"] === true,
    contributions: arrayOf(value["contributions"], "derivation: contributions").map(contributionOf),
  }
}

function contributionOf(json: unknown): DerivedContribution {
  const value = objectOf(json, "derivation: a contribution")
  return {
    account: addressOf(value["account"], "derivation: a contribution's account"),
    origin: textOf(value["origin"], "derivation: a contribution's origin"),
    group: textOf(value["group"], "derivation: a contribution's group"),
    quantity: decimalOf(value["quantity"], "derivation: a contribution's quantity"),
    factor: decimalOf(value["factor"], "derivation: a contribution's factor"),
    value: decimalOf(value["value"], "derivation: a contribution's value"),
    counts: value["excludedReason"] === undefined,
  }
}

/** Reads a plain decimal as text. Its number of decimals depends on the source. */
function decimalOf(json: unknown, what: string): string {
  const text = textOf(json, what)
  scaledDecimal(text)
  return text
}

/** Reads a plain decimal as a whole number of the smallest unit of values, so that it can be divided exactly. */
export function scaledDecimal(decimal: string): bigint {
  return parseAmount(decimal, MOST_VALUE_DECIMALS)
}
