/** Reads the derivation in a published claim file, and checks it as far as that is possible without the inputs. */
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
  /** Base units of the whole list; undefined if only the file is known. */
  readonly total: bigint | undefined
  readonly decimals: number
}

/** The derivation of an amount. Texts are plain decimals, in the units of the program's source of value. */
export interface Derivation {
  readonly basis: "share" | "amount"
  readonly units: { readonly origin: string; readonly quantity: string }
  /** Base units of the whole tranche. */
  readonly pool: bigint
  /** The sum of all values that share the pool, in the smallest unit of values. */
  readonly totalValue: bigint
  readonly totalValueText: string
  /** The participants whose amounts are paid here; usually one. */
  readonly participants: readonly DerivedParticipant[]
  /** What concerns the whole program, as text: the same in every file. */
  readonly terms: string
}

export interface DerivedParticipant {
  readonly account: Address
  /** In the smallest unit of values. */
  readonly value: bigint
  readonly valueText: string
  readonly roundedUp: boolean
  readonly capped: boolean
  readonly contributions: readonly DerivedContribution[]
}

export interface DerivedContribution {
  readonly account: Address
  readonly origin: string
  readonly group: string
  readonly quantity: string
  readonly factor: string
  readonly value: string
  readonly counts: boolean
}

const TERMS = ["basis", "units", "pool", "allocated", "totalValue", "uncapped"]
const UNITS = ["origin", "quantity", "quantityDecimals", "factor", "value", "valueDecimals"]
const BLOCK = ["number", "hash", "timestamp"]
const PARTICIPANT = ["account", "amount", "value", "roundedUp", "capped", "payments", "contributions"]
const UNPAID = ["account", "reason", "detail", "value", "contributions"]
const CONTRIBUTION = ["account", "origin", "group", "quantity", "factor", "value"]

/**
 * Reads a derivation, and checks that contributions, values, shares, payments and the account's amount agree.
 * @throws AirdropError `mismatch` that names the key
 */
export function readDerivation(
  json: unknown,
  { account, amount, total, decimals }: DerivationContext,
): Derivation {
  const { participants, ...terms } = keysOf(json, [...TERMS, "participants"], ["block"], "derivation")
  const units = keysOf(terms["units"], UNITS, [], "derivation.units")
  if (terms["block"] !== undefined) keysOf(terms["block"], BLOCK, [], "derivation.block")
  const scale = scaleOf(units, "valueDecimals")
  const sharing: Sharing = {
    basis: wordOf(terms["basis"], ["share", "amount"], "derivation.basis"),
    totalValue: unitsOf(terms, "totalValue", scale),
    uncapped: uncappedOf(terms["uncapped"], decimals, scale),
    divisor: 10n ** BigInt(Math.max(scale - decimals, 0)),
  }
  const pool = unitsOf(terms, "pool", decimals)
  const allocated = unitsOf(terms, "allocated", decimals)
  if (allocated !== (total ?? allocated)) throw wrong("derivation.allocated is not the total of the list")
  if (pool < allocated) throw wrong("derivation.pool is less than is paid")
  if (sharing.uncapped.pool > pool || sharing.uncapped.value > sharing.totalValue)
    throw wrong("derivation.uncapped is more than the whole")
  let paid = 0n
  const read = arrayOf(participants, "derivation.participants").map((one) => {
    const isUnpaid = "reason" in objectOf(one, "a participant")
    const json = keysOf(one, isUnpaid ? UNPAID : PARTICIPANT, [], "a participant")
    const participant = participantOf(json, { quantity: scaleOf(units, "quantityDecimals"), value: scale })
    if (isUnpaid) return participant
    let whole = 0n
    for (const each of arrayOf(json["payments"], "payments")) {
      const payment = keysOf(each, ["account", "payee", "amount"], ["by"], "a payment")
      wordOf(payment["by"] ?? "override", ["override", "redirect"], "a payment: by")
      const share = unitsOf(payment, "amount", decimals)
      whole += share
      if (addressOf(payment["payee"], "the payee of a payment") === account) paid += share
    }
    if (unitsOf(json, "amount", decimals) !== whole)
      throw wrong("the payments of a participant do not come to its amount")
    if (!isShare(whole, participant, sharing))
      throw wrong("the amount of a participant does not follow from its value")
    return participant
  })
  if (paid !== amount) throw wrong(`derivation comes to ${paid} base units, the list has ${amount}`)
  return {
    basis: sharing.basis,
    units: {
      origin: textOf(units["origin"], "derivation.units.origin"),
      quantity: textOf(units["quantity"], "derivation.units.quantity"),
    },
    pool,
    totalValue: sharing.totalValue,
    totalValueText: textOf(terms["totalValue"], "derivation.totalValue"),
    participants: read,
    terms: JSON.stringify(terms),
  }
}

/** What a participant's amount follows from, besides its value. */
interface Sharing {
  readonly basis: Derivation["basis"]
  readonly totalValue: bigint
  /** The pool that uncapped participants share in proportion, and the sum of their values. */
  readonly uncapped: { readonly pool: bigint; readonly value: bigint }
  /** Units of value in a base unit of the token, for fixed amounts. */
  readonly divisor: bigint
}

/** Returns whether an amount is the participant's share, or less where it is capped. */
function isShare(
  amount: bigint,
  { value, roundedUp, capped }: DerivedParticipant,
  sharing: Sharing,
): boolean {
  const { basis, uncapped, divisor } = sharing
  const [product, of] = basis === "amount" ? [value, divisor] : [uncapped.pool * value, uncapped.value]
  if (capped) return of === 0n || amount * of <= product
  return of > 0n && amount === product / of + (roundedUp ? 1n : 0n)
}

function uncappedOf(json: unknown, decimals: number, scale: number): Sharing["uncapped"] {
  const uncapped = keysOf(json, ["pool", "value"], [], "derivation.uncapped")
  return { pool: unitsOf(uncapped, "pool", decimals), value: unitsOf(uncapped, "value", scale) }
}

/** The decimals of the quantities and values of a derivation. */
interface Scales {
  readonly quantity: number
  readonly value: number
}

function scaleOf(units: JsonObject, key: string): number {
  const decimals = countOf(units[key], `derivation.units.${key}`)
  if (decimals > MOST_VALUE_DECIMALS) throw wrong(`derivation.units.${key} is above ${MOST_VALUE_DECIMALS}`)
  return decimals
}

/** Reads a participant, whose contributions that count must add up to its value. */
function participantOf(json: JsonObject, scales: Scales): DerivedParticipant {
  const contributions = arrayOf(json["contributions"], "contributions").map((one) =>
    contributionOf(one, scales),
  )
  const sum = contributions.reduce((all, { units, counts }) => (counts ? all + units : all), 0n)
  const value = unitsOf(json, "value", scales.value)
  if (value !== sum) throw wrong("the contributions of a participant do not come to its value")
  return {
    account: addressOf(json["account"], "a participant"),
    value,
    valueText: textOf(json["value"], "value"),
    roundedUp: flagOf(json, "roundedUp"),
    capped: flagOf(json, "capped"),
    contributions,
  }
}

/** Reads a contribution, whose value must be its quantity times its factor. */
function contributionOf(one: unknown, scales: Scales): DerivedContribution & { readonly units: bigint } {
  const json = keysOf(one, CONTRIBUTION, ["note", "excludedReason"], "a contribution")
  const text = (key: string): string => textOf(json[key], `${key} of a contribution`)
  const factor = parseDecimal(text("factor"))
  const units = unitsOf(json, "value", scales.value)
  const scale = scales.value - scales.quantity
  if (factor.scale > scale || unitsOf(json, "quantity", scales.quantity) * atScale(factor, scale) !== units)
    throw wrong("the value of a contribution is not its quantity times its factor")
  return {
    account: addressOf(json["account"], "account of a contribution"),
    origin: text("origin"),
    group: text("group"),
    quantity: text("quantity"),
    factor: text("factor"),
    value: text("value"),
    counts: json["excludedReason"] === undefined,
    units,
  }
}

/** Reads a flag, which an unpaid participant does not have. */
function flagOf(json: JsonObject, key: string): boolean {
  const flag = json[key] ?? false
  if (typeof flag !== "boolean") throw wrong(`${key} of a participant is neither true nor false`)
  return flag
}

function unitsOf(json: JsonObject, key: string, decimals: number): bigint {
  return parseAmount(textOf(json[key], `derivation: ${key}`), decimals)
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
