import { z } from "zod"
import { parseAddress, ZERO_ADDRESS } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { addressField, fileField } from "../primitives/fields.ts"
import { listedOnce } from "../primitives/unique-rows.ts"
import { erc20Balances } from "../readers/erc20-balances.ts"
import { readingOf } from "../readers/reader.ts"
import { sectionOf } from "../snapshot/snapshot.ts"
import { columnsField, ignoreField } from "./columns.ts"
import { defineSource } from "./source.ts"
import type { Contribution } from "./valuation.ts"

const settings = z
  .strictObject({
    kind: z.literal("erc20-balances"),
    token: addressField,
    symbol: z.string().regex(/^[A-Za-z0-9.$-]{1,12}$/, "must be 1 to 12 letters or digits"),
    assets: z.boolean().default(false),
    file: fileField.optional(),
    columns: columnsField("account"),
    ignore: ignoreField,
    fromBlock: z.int().nonnegative().optional(),
  })
  .refine(({ file, fromBlock }) => (file === undefined) !== (fromBlock === undefined), {
    error:
      'must name either the "file" that lists the holders, or the "fromBlock" at which to begin looking for them',
  })

/**
 * The balances of a token at the snapshot block, or what a vault's shares are worth in its asset: for the accounts of a
 * list, or for every holder that the token's Transfer events name.
 */
export const balances = defineSource({
  reads: ({ token, assets, fromBlock }) => readingOf(erc20Balances, { token, assets, fromBlock }),
  lacking: "no balance at the snapshot block",
  settings: () => settings,
  open: ({ symbol, file, columns, ignore }, { program, snapshot }) => {
    const listed = listedOnce()
    return {
      tables:
        file === undefined
          ? []
          : [
              {
                file,
                columns: [columns.account],
                ignore,
                row: ([account = ""], line) => {
                  listed.add(parseAddress(account), line)
                },
              },
            ],
      others: () => listed.accounts,
      finish: () => {
        const section = snapshot && sectionOf(snapshot, erc20Balances)
        if (section === undefined) {
          throw new AirdropError(`program ${program.name} has no snapshot to read balances from`, {
            code: "inconsistent",
          })
        }
        const { asset, decimals, holders } = section
        const holderSet = new Set(holders.map(({ account }) => account))
        const missing = listed.accounts.find((account) => !holderSet.has(account))
        if (missing !== undefined) {
          throw new AirdropError(`the snapshot has no balance of ${missing}, which ${file ?? ""} lists`, {
            code: "inconsistent",
            hint: `Take the snapshot again: ./airdrop snapshot ${program.name}`,
          })
        }
        const quantityDecimals = asset?.decimals ?? decimals
        return {
          basis: "share",
          units: {
            origin: "holder",
            quantity: symbol,
            quantityDecimals,
            factor: "factor",
            value: symbol,
            valueDecimals: quantityDecimals,
          },
          contributions: holders.flatMap(({ account, balance, assets = balance }, i): Contribution[] =>
            assets === 0n || account === ZERO_ADDRESS
              ? []
              : [{ account, origin: i + 1, group: "balance", quantity: assets, factor: "1", value: assets }],
          ),
        }
      },
    }
  },
})
