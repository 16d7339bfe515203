import { z } from "zod"
import { parseAddress, toChecksum, type Address } from "../primitives/address.ts"
import type { Contribution } from "./valuation.ts"
import { parseAmount } from "../primitives/amount.ts"
import { atScale, decimalText, type Decimal } from "../primitives/decimal.ts"
import { AirdropError } from "../primitives/error.ts"
import { decimalField, fileField } from "../primitives/fields.ts"
import { listedOnce } from "../primitives/unique-rows.ts"
import type { People } from "../snapshot/people.ts"
import { columnsField, ignoreField } from "./columns.ts"
import { concatContributions, contributionColumns } from "./contribution-columns.ts"
import { defineSource } from "./source.ts"
import { type Table } from "../files/table.ts"

const referralSettings = z.strictObject({
  file: fileField,
  columns: columnsField("referrer", "referee"),
  ignore: ignoreField,
  /** The referrer's bonus, as a share of the referee's own points. */
  referrerBonus: decimalField,
  /** The referee's bonus, as a share of its own points. */
  refereeBonus: decimalField.prefault("0"),
})

/**
 * A points file with each account once. With `referrals`, an account also gets bonuses on the own points of the
 * accounts it referred. Bonuses count own points only, so they do not add up along a chain of referrals.
 */
export const points = defineSource({
  settings: () =>
    z.strictObject({
      kind: z.literal("points"),
      file: fileField,
      columns: columnsField("account", "points"),
      ignore: ignoreField,
      unit: z.string().min(1).default("points"),
      decimals: z.int().min(0).max(18).default(0),
      referrals: referralSettings.optional(),
    }),
  open: ({ file, columns, ignore, unit, decimals, referrals }, { people }) => {
    const own = new Map<Address, bigint>()
    const bonuses = referrals === undefined ? undefined : openReferrals(referrals, people)
    const scale =
      referrals === undefined ? 0 : Math.max(referrals.referrerBonus.scale, referrals.refereeBonus.scale)
    const contributions = contributionColumns({
      group: "points",
      factor: "1",
      unitValue: 10n ** BigInt(scale),
    })
    const table: Table = {
      file,
      columns: [columns.account, columns.points],
      ignore,
      row: ([accountText = "", pointsText = ""], line) => {
        const account = parseAddress(accountText)
        contributions.add(account, line, () => {
          const quantity = parseAmount(pointsText, decimals, "points have")
          if (bonuses !== undefined) own.set(account, quantity)
          return quantity
        })
      },
    }
    return {
      tables: bonuses === undefined ? [table] : [table, bonuses.table],
      ...(bonuses === undefined ? {} : { others: bonuses.accounts }),
      finish: () => ({
        basis: "share",
        units: {
          origin: "line",
          quantity: unit,
          quantityDecimals: decimals,
          factor: "factor",
          value: unit,
          valueDecimals: decimals + scale,
        },
        contributions:
          bonuses === undefined
            ? contributions.list()
            : concatContributions(contributions.list(), bonuses.contributions(own, scale)),
      }),
    }
  },
})

interface Referral {
  readonly referrer: Address
  readonly referee: Address
  readonly line: number
}

interface Bonuses {
  readonly table: Table
  readonly accounts: () => Iterable<Address>
  readonly contributions: (own: ReadonlyMap<Address, bigint>, scale: number) => Contribution[]
}

/** Reads the referrals. Each referee occurs once. Self-referrals and cycles are not allowed. */
function openReferrals(
  { file, columns, ignore, referrerBonus, refereeBonus }: z.infer<typeof referralSettings>,
  people: People,
): Bonuses {
  const referrals: Referral[] = []
  /** By person. A person with several addresses may have several referrers. */
  const referrersOf = new Map<Address, Address[]>()
  const list = listedOnce()
  const row = ([referrerText = "", refereeText = ""]: readonly string[], line: number): void => {
    const referrer = parseAddress(referrerText)
    const referee = parseAddress(refereeText)
    list.add(referee, line)
    const [from, to] = [people.personOf(referrer), people.personOf(referee)]
    if (from === to)
      throw new AirdropError(`${toChecksum(referee)} is referred by itself`, { code: "invalid-value" })
    if (isReferredBy(from, to, referrersOf))
      throw new AirdropError(`${toChecksum(referee)} is referred by an account that it has referred`, {
        code: "invalid-value",
      })
    const referrers = referrersOf.get(to)
    if (referrers === undefined) referrersOf.set(to, [from])
    else referrers.push(from)
    referrals.push({ referrer, referee, line })
  }
  const contribution = (
    account: Address,
    line: number,
    group: string,
    quantity: bigint,
    factor: Decimal,
    scale: number,
  ): Contribution => ({
    account,
    origin: line,
    group,
    quantity,
    factor: decimalText(factor),
    value: quantity * atScale(factor, scale),
    note: file,
  })
  return {
    table: { file, columns: [columns.referrer, columns.referee], ignore, row },
    accounts: () => referrals.flatMap(({ referrer, referee }) => [referrer, referee]),
    contributions: (own, scale) =>
      referrals.flatMap(({ referrer, referee, line }) => {
        const quantity = own.get(referee) ?? 0n
        return [
          ...(referrerBonus.digits > 0n
            ? [contribution(referrer, line, "referrer-bonus", quantity, referrerBonus, scale)]
            : []),
          ...(refereeBonus.digits > 0n
            ? [contribution(referee, line, "referee-bonus", quantity, refereeBonus, scale)]
            : []),
        ]
      }),
  }
}

/** Tells whether a person has been referred by another, over any number of steps. */
function isReferredBy(
  person: Address,
  other: Address,
  referrersOf: ReadonlyMap<Address, readonly Address[]>,
): boolean {
  const reached = new Set([person])
  for (const at of reached) {
    if (at === other) return true
    for (const referrer of referrersOf.get(at) ?? []) reached.add(referrer)
  }
  return false
}
