import { z } from "zod"
import { parseAddress } from "../primitives/address.ts"
import { parseAmount } from "../primitives/amount.ts"
import { AirdropError } from "../primitives/error.ts"
import { fileField } from "../primitives/fields.ts"
import { columnsField, ignoreField } from "./columns.ts"
import { contributionColumns } from "./contribution-columns.ts"
import { defineSource } from "./source.ts"

/** A list of amounts: each account once, with its amount in tokens or in base units. */
export const amounts = defineSource({
  settings: () =>
    z.strictObject({
      kind: z.literal("amounts"),
      file: fileField,
      columns: columnsField("account", "amount"),
      ignore: ignoreField,
      unit: z.enum(["token", "base"]).default("token"),
    }),
  open: ({ file, columns, ignore, unit }, { program: { token } }) => {
    const contributions = contributionColumns({ group: "listed", factor: "1", unitValue: 1n })
    const decimals = unit === "token" ? token.decimals : 0
    return {
      tables: [
        {
          file,
          columns: [columns.account, columns.amount],
          ignore,
          row: ([accountText = "", amountText = ""], line) => {
            const account = parseAddress(accountText)
            contributions.add(account, line, () => {
              const amount = parseAmount(amountText, decimals)
              if (amount === 0n)
                throw new AirdropError(`${accountText} has an amount of zero; leave the line out`, {
                  code: "invalid-amount",
                })
              return amount
            })
          },
        },
      ],
      finish: () => ({
        basis: "amount",
        units: {
          origin: "line",
          quantity: token.symbol,
          quantityDecimals: token.decimals,
          factor: "rate",
          value: token.symbol,
          valueDecimals: token.decimals,
        },
        contributions: contributions.list(),
      }),
    }
  },
})
