/** Checks the derivation in a published claim file, as far as it can be checked without the program's inputs. */
import type { Address } from "../primitives/address.ts"
import { parseAmount } from "../primitives/amount.ts"
import { AirdropError } from "../primitives/error.ts"
import { atScale, MOST_VALUE_DECIMALS, parseDecimal } from "../primitives/decimal.ts"
import {
  addressOf,
  arrayOf,
  countOf,
  objectOf,
  textOf,
  wordOf,
  type JsonObject,
} from "../primitives/json-reader.ts"

/** The values that a derivation must agree with. */
export interface DerivationContext {
  /** The account whose file contains it. */
  readonly account: Address
  /** Base units of the account on the list; zero if it is not on the list. */
  readonly amount: bigint
  /** Base units of the whole list. */
  readonly total: bigint
  readonly decimals: number
}

const TERMS = ["basis", "units", "pool", "allocated", "totalValue"]
const UNITS = ["origin", "quantity", "quantityDecimals", "factor", "value", "valueDecimals"]
const BLOCK = ["number", "hash", "timestamp"]
const PARTICIPANT = ["account", "amount", "value", "roundedUp", "capped", "payments", "contributions"]
const UNPAID = ["account", "reason", "detail", "value", "contributions"]
const CONTRIBUTION = ["account", "origin", "group", "quantity", "factor", "value"]

/**
 * Checks the keys of a derivation, and that contributions, values, payments and the account's amount agree.
 * @returns the text about the whole program, which is the same in every file
 * @throws AirdropError `mismatch` that names the key
 */
export function checkDerivation(
  json: unknown,
  { account, amount, total, decimals }: DerivationContext,
): string {
  const { participants, ...terms } = keysOf(json, [...TERMS, "participants"], ["block"], "derivation")
  const scales = scalesOf(keysOf(terms["units"], UNITS, [], "derivation.units"))
  if (terms["block"] !== undefined) keysOf(terms["block"], BLOCK, [], "derivation.block")
  const units = (value: unknown, what: string): bigint => parseAmount(textOf(value, what), decimals)
  if (units(terms["allocated"], "derivation.allocated") !== total) {
    throw wrong("derivation.allocated is not the total of the list")
  }
  if (units(terms["pool"], "derivation.pool") < total) throw wrong("derivation.pool is less than is paid")
  let paid = 0n
  for (const one of arrayOf(participants, "derivation.participants")) {
    const isUnpaid = "reason" in objectOf(one, "a participant")
    const participant = keysOf(one, isUnpaid ? UNPAID : PARTICIPANT, [], "a participant")
    checkValue(participant, scales)
    if (isUnpaid) continue
    for (const key of ["roundedUp", "capped"]) {
      if (typeof participant[key] !== "boolean")
        throw wrong(`${key} of a participant is neither true nor false`)
    }
    let whole = 0n
    for (const each of arrayOf(participant["payments"], "payments")) {
      const payment = keysOf(each, ["account", "payee", "amount"], ["by"], "a payment")
      wordOf(payment["by"] ?? "override", ["override", "redirect"], "a payment: by")
      const share = units(payment["amount"], "the amount of a payment")
      whole += share
      if (addressOf(payment["payee"], "the payee of a payment") === account) paid += share
    }
    if (units(participant["amount"], "the amount of a participant") !== whole) {
      throw wrong("the payments of a participant do not come to its amount")
    }
  }
  if (paid !== amount) throw wrong(`derivation comes to ${paid} base units, the list has ${amount}`)
  return JSON.stringify(terms)
}

/** The decimals of the quantities and values of a derivation. */
interface Scales {
  readonly quantity: number
  readonly value: number
}

function scalesOf(units: JsonObject): Scales {
  const scale = (key: string): number => {
    const decimals = countOf(units[key], `derivation.units.${key}`)
    if (decimals > MOST_VALUE_DECIMALS) throw wrong(`derivation.units.${key} is above ${MOST_VALUE_DECIMALS}`)
    return decimals
  }
  return { quantity: scale("quantityDecimals"), value: scale("valueDecimals") }
}

/** Checks that each contribution is quantity times factor, and that those that count add up to the participant's value. */
function checkValue(participant: JsonObject, scales: Scales): void {
  let sum = 0n
  for (const one of arrayOf(participant["contributions"], "contributions")) {
    const contribution = keysOf(one, CONTRIBUTION, ["note", "excludedReason"], "a contribution")
    const text = (key: string): string => textOf(contribution[key], `${key} of a contribution`)
    const quantity = parseAmount(text("quantity"), scales.quantity)
    const factor = parseDecimal(text("factor"))
    const value = parseAmount(text("value"), scales.value)
    const scale = scales.value - scales.quantity
    if (factor.scale > scale || quantity * atScale(factor, scale) !== value) {
      throw wrong("the value of a contribution is not its quantity times its factor")
    }
    if (contribution["excludedReason"] === undefined) sum += value
  }
  if (parseAmount(textOf(participant["value"], "the value of a participant"), scales.value) !== sum) {
    throw wrong("the contributions of a participant do not come to its value")
  }
}

function keysOf(
  json: unknown,
  required: readonly string[],
  optional: readonly string[],
  what: string,
): JsonObject {
  const value = objectOf(json, what)
  for (const key of required) if (!Object.hasOwn(value, key)) throw wrong(`${what}: ${key} is missing`)
  for (const key of Object.keys(value)) {
    if (!required.includes(key) && !optional.includes(key)) {
      throw wrong(`${what}: ${JSON.stringify(key.slice(0, 40))} is not expected`)
    }
  }
  return value
}

function wrong(problem: string): AirdropError {
  return new AirdropError(problem, { code: "mismatch" })
}
