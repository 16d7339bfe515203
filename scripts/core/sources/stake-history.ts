import { z } from "zod"
import { parseAddress, type Address } from "../primitives/address.ts"
import type { Contribution } from "./valuation.ts"
import { parseAmount } from "../primitives/amount.ts"
import { AirdropError } from "../primitives/error.ts"
import { fileField, parseTime, timeField } from "../primitives/fields.ts"
import { listedOnce, uniqueRows } from "../primitives/unique-rows.ts"
import { columnsField, ignoreField } from "./columns.ts"
import { defineSource } from "./source.ts"

interface Interval {
  readonly account: Address
  readonly line: number
  readonly stake: bigint
  readonly seconds: bigint
}

/**
 * Stakes over time. Points accrue pro rata to stake and seconds from `start` (inclusive) to `close` (exclusive). An
 * account that registers before the close is credited for all of its stakes since the start.
 */
export const stakeHistory = defineSource({
  settings: () =>
    z
      .strictObject({
        kind: z.literal("stake-history"),
        file: fileField,
        columns: columnsField("account", "stake", "from", "to"),
        ignore: ignoreField,
        symbol: z.string().min(1),
        decimals: z.int().min(0).max(36),
        start: timeField,
        close: timeField,
        registrations: z.strictObject({
          file: fileField,
          columns: columnsField("account", "registered"),
          ignore: ignoreField,
        }),
      })
      .refine(({ start, close }) => start < close, { path: ["close"], error: "must be after the start" }),
  open: ({ file, columns, ignore, symbol, decimals, start, close, registrations }, { people }) => {
    const intervals: Interval[] = []
    const registered = new Set<Address>()
    const list = listedOnce()
    const requireUnique = uniqueRows()
    return {
      tables: [
        {
          file: registrations.file,
          columns: [registrations.columns.account, registrations.columns.registered],
          ignore: registrations.ignore,
          row: ([accountText = "", timeText = ""], line) => {
            const account = parseAddress(accountText)
            list.add(account, line)
            if (parseTime(timeText) < close) registered.add(people.personOf(account))
          },
        },
        {
          file,
          columns: [columns.account, columns.stake, columns.from, columns.to],
          ignore,
          row: (fields, line) => {
            const [accountText = "", stakeText = "", fromText = "", toText = ""] = fields
            const account = parseAddress(accountText)
            requireUnique(fields, line)
            const stake = parseAmount(stakeText, decimals)
            if (stake === 0n)
              throw new AirdropError(`${accountText} stakes nothing: leave the line out`, {
                code: "invalid-value",
              })
            const from = parseTime(fromText)
            const to = toText === "" ? close : parseTime(toText)
            if (toText !== "" && to <= from)
              throw new AirdropError(`the stake ends at ${toText}, before it begins`, {
                code: "invalid-value",
              })
            intervals.push({ account, line, stake, seconds: overlap(from, to, start, close) })
          },
        },
      ],
      others: () => list.accounts,
      finish: () => ({
        basis: "share",
        units: {
          origin: "line",
          quantity: symbol,
          quantityDecimals: decimals,
          factor: "seconds",
          value: `${symbol} seconds`,
          valueDecimals: decimals,
        },
        contributions: intervals.map(({ account, line, stake, seconds }): Contribution => ({
          account,
          origin: line,
          group: "staked",
          quantity: stake,
          factor: seconds.toString(),
          value: stake * seconds,
          ...(registered.has(people.personOf(account)) ? {} : { excludedReason: "not-registered" }),
        })),
      }),
    }
  },
})

/** Returns the whole seconds that two spans share. Spans include their first moment and exclude their last. */
function overlap(from: Date, to: Date, start: Date, end: Date): bigint {
  const milliseconds = Math.min(to.getTime(), end.getTime()) - Math.max(from.getTime(), start.getTime())
  return BigInt(Math.max(0, milliseconds)) / 1000n
}
