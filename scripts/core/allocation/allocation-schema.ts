import { z } from "zod"
import { RULES, type Allocation, type UnpaidReason } from "./allocation.ts"
import { type Contribution } from "../sources/valuation.ts"
import { MOST_VALUE_DECIMALS } from "../primitives/decimal.ts"
import { addressField, amountField, sha256Field } from "../primitives/fields.ts"

const decimals = z.int().min(0).max(MOST_VALUE_DECIMALS)

/** The numbers of decimals in an allocation.json. Parsed first, because the amounts are read with them. */
export const decimalsSchema = z.looseObject({
  token: z.looseObject({ decimals }),
  units: z.looseObject({ quantityDecimals: decimals, valueDecimals: decimals }),
})

const originField = z
  .string()
  .regex(/^[0-9]{1,15}$/, "is not the number of a node or a line")
  .transform(Number)
/** The reasons why an account is unpaid. */
export const UNPAID_REASONS = [
  "not-listed",
  "contributions-not-listed",
  "not-registered",
  "no-contribution",
  "leaving",
  "excluded",
  "below-minimum",
  "below-one-unit",
] as const satisfies readonly UnpaidReason[]

/** The content of allocation.json: an allocation whose entries are in allocation.csv. */
export interface AllocationFile extends Omit<Allocation, "entries"> {
  readonly inputs: Readonly<Record<string, string>>
  readonly entries: { readonly count: number; readonly sha256: string }
}

/** Creates the schema of allocation.json from the decimals of its token, quantities and values. */
export function allocationSchema(
  tokenDecimals: number,
  quantityDecimals: number,
  valueDecimals: number,
): z.ZodType<AllocationFile> {
  const amount = amountField(tokenDecimals)
  const value = amountField(valueDecimals)
  const contribution = z
    .strictObject({
      account: addressField,
      origin: originField,
      group: z.string(),
      quantity: amountField(quantityDecimals),
      factor: z.string(),
      value,
      note: z.string().optional(),
      excludedReason: z.enum(["leaving", "not-listed", "not-registered"]).optional(),
    })
    .transform(({ note, excludedReason, ...rest }): Contribution => ({
      ...rest,
      ...(note === undefined ? {} : { note }),
      ...(excludedReason === undefined ? {} : { excludedReason }),
    }))
  const participant = z.strictObject({
    account: addressField,
    amount,
    value,
    roundedUp: z.boolean(),
    capped: z.boolean(),
    payments: z.array(
      z.strictObject({
        account: addressField,
        payee: addressField,
        amount,
        by: z.enum(["override", "redirect"]).exactOptional(),
      }),
    ),
    contributions: z.array(contribution),
  })
  const unpaidAccount = z.strictObject({
    account: addressField,
    reason: z.enum(UNPAID_REASONS),
    detail: z.string(),
    value,
    contributions: z.array(contribution),
  })
  const file = z.strictObject({
    format: z.literal("merkle-airdrop/allocation@1"),
    program: z.string(),
    chainId: z.int().positive(),
    token: z.strictObject({ address: addressField, symbol: z.string(), decimals }),
    block: z.strictObject({ number: z.int(), hash: z.string(), timestamp: z.int() }).optional(),
    inputs: z.record(z.string(), sha256Field),
    basis: z.enum(["share", "amount"]),
    units: z.strictObject({
      origin: z.string(),
      quantity: z.string(),
      quantityDecimals: decimals,
      factor: z.string(),
      value: z.string(),
      valueDecimals: decimals,
    }),
    pool: amount,
    allocated: amount,
    undistributed: amount,
    totalValue: value,
    uncapped: z.strictObject({ pool: amount, value }),
    groups: z.array(
      z.strictObject({
        group: z.string(),
        contributions: z.int(),
        quantity: amountField(quantityDecimals),
        value,
      }),
    ),
    participantCount: z.int(),
    unpaidCount: z.int(),
    unpaidReasons: z.array(z.strictObject({ reason: z.enum(UNPAID_REASONS), count: z.int() })),
    entries: z.strictObject({ file: z.literal("allocation.csv"), count: z.int(), sha256: sha256Field }),
    ruleEffects: z.array(
      z.strictObject({
        rule: z.enum(RULES),
        moved: amount,
        losers: z.int(),
        gainers: z.int(),
      }),
    ),
    risks: z.array(
      z.strictObject({
        account: addressField,
        amount,
        kind: z.string(),
        detail: z.string(),
        resolved: z.boolean(),
      }),
    ),
    warnings: z.array(z.string()),
    derivations: z.enum(["complete", "omitted"]),
    participants: z.array(participant).default([]),
    unpaid: z.array(unpaidAccount).default([]),
  })
  return file.transform(({ block, derivations, ...rest }): AllocationFile => ({
    ...rest,
    block,
    isDerived: derivations === "complete",
  }))
}
