/** Reads the derivation in a claim's file, as scripts/core/allocation/derivations.ts writes it. */
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { parseAmount } from "../../../scripts/core/primitives/amount.ts"
import { MOST_VALUE_DECIMALS } from "../../../scripts/core/primitives/decimal.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { addressOf, arrayOf, objectOf, textOf, wordOf } from "../../../scripts/core/primitives/json-reader.ts"
import type { Derivation, DerivationPart, DerivedParticipant } from "./due.ts"

/**
 * Reads a derivation, and makes sure that it is one of this very amount: the proof covers the amount alone.
 * @param json undefined where the files give none
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
  if (paid !== amount) throw new AirdropError(`the derivation makes ${paid} base units, the proof ${amount}`)
  return {
    basis: wordOf(value["basis"], ["share", "amount"], "derivation: basis"),
    totalValue: decimalOf(value["value"], "derivation: value"),
    pool: parseAmount(textOf(value["pool"], "derivation: pool"), decimals),
    units: {
      place: textOf(units["place"], "derivation: units.place"),
      quantity: textOf(units["quantity"], "derivation: units.quantity"),
    },
    participants: participants.map(participantOf),
  }
}

/** What a participant's payments bring an account; none where nothing is paid. */
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
    parts: arrayOf(value["parts"], "derivation: parts").map(partOf),
  }
}

function partOf(json: unknown): DerivationPart {
  const value = objectOf(json, "derivation: a part")
  return {
    account: addressOf(value["account"], "derivation: a part's account"),
    place: textOf(value["place"], "derivation: a part's place"),
    group: textOf(value["group"], "derivation: a part's group"),
    quantity: decimalOf(value["quantity"], "derivation: a part's quantity"),
    factor: decimalOf(value["factor"], "derivation: a part's factor"),
    value: decimalOf(value["value"], "derivation: a part's value"),
    counts: value["not"] === undefined,
  }
}

/** A plain decimal, kept as text: its number of decimals is the source's affair. */
function decimalOf(json: unknown, what: string): string {
  const text = textOf(json, what)
  scaledDecimal(text)
  return text
}

/** A plain decimal as a whole number of the smallest unit that values may have, to divide exactly by another. */
export function scaledDecimal(decimal: string): bigint {
  return parseAmount(decimal, MOST_VALUE_DECIMALS)
}
