import { z } from "zod"
import { parseAddress } from "../primitives/address.ts"
import type { Contribution } from "./valuation.ts"
import { parseAmount } from "../primitives/amount.ts"
import { atScale, decimalText, type Decimal } from "../primitives/decimal.ts"
import { AirdropError } from "../primitives/error.ts"
import { decimalField, fileField, parseTime, timeField } from "../primitives/fields.ts"
import { uniqueRows } from "../primitives/unique-rows.ts"
import { columnsField, ignoreField } from "./columns.ts"
import { defineSource } from "./source.ts"

interface Step {
  readonly from: Date
  /** Tokens for one unit; null if the rate is known to change but not to what. */
  readonly rate: Decimal | null
}

/**
 * Amounts of another coin, each at the rate of its time. An account may convert several times. Rounds down once, on
 * an account's sum. A conversion at a time with no published rate is a fault.
 */
export const conversion = defineSource({
  settings: () =>
    z
      .strictObject({
        kind: z.literal("conversion"),
        file: fileField,
        columns: columnsField("account", "amount", "time"),
        ignore: ignoreField,
        symbol: z.string().min(1),
        decimals: z.int().min(0).max(36),
        schedule: z.array(z.strictObject({ from: timeField, rate: decimalField.nullable() })).min(1),
      })
      .refine(
        ({ schedule }) => schedule.every(({ from }, i) => i === 0 || from > (schedule[i - 1]?.from ?? from)),
        {
          path: ["schedule"],
          error: "must be in ascending order of time",
        },
      ),
  open: ({ file, columns, ignore, symbol, decimals, schedule }, { program: { token } }) => {
    const scale = Math.max(0, token.decimals - decimals, ...schedule.map(({ rate }) => rate?.scale ?? 0))
    const contributions: Contribution[] = []
    const requireUnique = uniqueRows()
    return {
      tables: [
        {
          file,
          columns: [columns.account, columns.amount, columns.time],
          ignore,
          row: (fields, line) => {
            const [accountText = "", amountText = "", timeText = ""] = fields
            const account = parseAddress(accountText)
            requireUnique(fields, line)
            const quantity = parseAmount(amountText, decimals)
            if (quantity === 0n)
              throw new AirdropError(`${accountText} converts nothing: leave the line out`, {
                code: "invalid-value",
              })
            const rate = rateAt(schedule, timeText)
            const factor = decimalText(rate)
            contributions.push({
              account,
              origin: line,
              group: `at ${factor}`,
              quantity,
              factor,
              value: quantity * atScale(rate, scale),
            })
          },
        },
      ],
      finish: () => ({
        basis: "amount",
        units: {
          origin: "line",
          quantity: symbol,
          quantityDecimals: decimals,
          factor: "rate",
          value: token.symbol,
          valueDecimals: decimals + scale,
        },
        contributions,
      }),
    }
  },
})

function rateAt(schedule: readonly Step[], timeText: string): Decimal {
  const time = parseTime(timeText)
  const step = schedule.findLast(({ from }) => from <= time)
  if (step === undefined)
    throw new AirdropError(`${timeText} is before conversions begin`, { code: "invalid-value" })
  if (step.rate === null) throw new AirdropError(`no rate is published for ${timeText}`, { code: "unknown" })
  return step.rate
}
