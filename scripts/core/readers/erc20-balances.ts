import { z } from "zod"
import { addressOfWord, wordHex } from "../primitives/words.ts"
import { compareAddresses, toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { humanAmount } from "../primitives/amount.ts"
import type { Hex } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"
import { addressField, bigintField } from "../primitives/fields.ts"
import { percent } from "../primitives/percent.ts"
import { plural } from "../primitives/plural.ts"
import { answerWord } from "../ethereum/answer-words.ts"
import type { CallContracts, Fact, Reader, ReaderCall } from "./reader.ts"

export interface BalancesSettings {
  /** The token whose balances are read, or the vault whose shares are. */
  readonly token: Address
  /** True if shares of an ERC-4626 vault are converted to its assets. */
  readonly assets: boolean
  /** The block from which Transfer events tell the holders; undefined if the program lists them. */
  readonly fromBlock: number | undefined
}

/** The balances of a token at one block. */
export interface TokenBalances {
  readonly token: Address
  readonly decimals: number
  readonly totalSupply: bigint
  /** The asset of a vault; null if balances are not converted. */
  readonly asset: { readonly address: Address; readonly decimals: number } | null
  /** In ascending order of account. The zero address is among them if it holds what was burnt to it. */
  readonly holders: readonly Holder[]
}

export interface Holder {
  readonly account: Address
  /** Base units of the token. */
  readonly balance: bigint
  /** Base units of the vault's asset, by its convertToAssets; undefined if balances are not converted. */
  readonly assets?: bigint | undefined
}

const decimalsField = z.int().min(0).max(255)

const schema = z
  .strictObject({
    token: addressField,
    decimals: decimalsField,
    totalSupply: bigintField,
    asset: z.strictObject({ address: addressField, decimals: decimalsField }).nullable(),
    holders: z.array(
      z.strictObject({ account: addressField, balance: bigintField, assets: bigintField.optional() }),
    ),
  })
  .superRefine(({ asset, holders }, context) => {
    const issue = (i: number, key: string, message: string): void => {
      context.addIssue({ code: "custom", path: ["holders", i, key], message })
    }
    holders.forEach(({ account, assets }, i) => {
      const before = holders[i - 1]?.account
      if (before !== undefined && account <= before)
        issue(i, "account", `does not come after ${toChecksum(before)}`)
      if ((assets === undefined) !== (asset === null))
        issue(i, "assets", asset === null ? "is given, though there is no asset" : "is missing")
    })
  })

/**
 * The balances of an ERC-20 token, or of an ERC-4626 vault's shares in its assets. They are read by the token's own
 * views and proven by running the same views over its proven code and storage, wherever it keeps its balances.
 */
export const erc20Balances: Reader<BalancesSettings, TokenBalances> = {
  name: "erc20-balances",
  schema,
  toJson: ({ token, decimals, totalSupply, asset, holders }) => ({
    token: toChecksum(token),
    decimals,
    totalSupply: totalSupply.toString(),
    asset: asset && { address: toChecksum(asset.address), decimals: asset.decimals },
    holders: holders.map(({ account, balance, assets }) => ({
      account: toChecksum(account),
      balance: balance.toString(),
      ...(assets === undefined ? {} : { assets: assets.toString() }),
    })),
  }),
  facts: function* ({ token, decimals, totalSupply, asset, holders }) {
    const fact = (what: string, value: string | number | bigint): Fact => ({ what, value: value.toString() })
    yield fact("the token whose balances are read", token)
    yield fact(`the decimals of ${toChecksum(token)}`, decimals)
    yield fact(`the total supply of ${toChecksum(token)}`, totalSupply)
    yield fact("the vault's asset", asset?.address ?? "none")
    yield fact("the decimals of the vault's asset", asset?.decimals ?? "none")
    yield fact("the number of holders", holders.length)
    for (const [i, { account, balance, assets }] of holders.entries()) {
      yield fact(`holder ${i + 1} of the list`, account)
      yield fact(`the balance of ${toChecksum(account)}`, balance)
      if (asset !== null) yield fact(`the assets of ${toChecksum(account)}`, assets ?? "none")
    }
  },
  accounts: function* ({ holders }) {
    for (const { account } of holders) yield [account, "a holder"]
  },
  contracts: ({ token }) => [[token, "the token whose balances count"]],
  agreements: ({ token, asset }, { settings }) => [
    ["token of balances", settings.token, token],
    ["conversion to assets", settings.assets ? "on" : "off", asset === null ? "off" : "on"],
  ],
  require: ({ token, decimals, totalSupply, holders }, { settings: { fromBlock } }) => {
    if (fromBlock === undefined) return
    const sum = sumOf(holders)
    if (sum === totalSupply) return
    const [held, supply] = [sum, totalSupply].map((amount) => humanAmount(amount, decimals))
    throw new AirdropError(
      `the holders found by the Transfer events of ${toChecksum(token)} from block ${fromBlock} on have ${held}, but its supply is ${supply}`,
      {
        code: "inconsistent",
        hint: 'Begin at an earlier "fromBlock". If the token changes balances without events, list its holders in a file.',
      },
    )
  },
  transfers: ({ token, fromBlock }) => (fromBlock === undefined ? undefined : { token, fromBlock }),
  summary: ({ holders }) => plural(holders.length, "balance"),
  report: (section) => {
    const { decimals, totalSupply, holders } = section
    const sum = sumOf(holders)
    const share = totalSupply === 0n ? "" : `, ${percent(sum, totalSupply)} of the supply`
    return {
      lines: [`      ${humanAmount(sum, decimals)} together${share}`],
      json: { holders: holders.length, balances: sum.toString(), totalSupply: totalSupply.toString() },
    }
  },
  byCalls: {
    read: readBalances,
    again: ({ token, asset, holders }) => ({
      settings: { token, assets: asset !== null, fromBlock: undefined },
      accounts: holders.map(({ account }) => account),
    }),
  },
}

function sumOf(holders: readonly Holder[]): bigint {
  return holders.reduce((sum, { balance }) => sum + balance, 0n)
}

/** The selectors of the views. */
const VIEWS = {
  totalSupply: "0x18160ddd",
  decimals: "0x313ce567",
  balanceOf: "0x70a08231",
  asset: "0x38d52e0f",
  convertToAssets: "0x07a2d13a",
} as const satisfies Record<string, Hex>

async function readBalances(
  call: CallContracts,
  {
    settings: { token, assets, fromBlock },
    accounts,
  }: { readonly settings: BalancesSettings; readonly accounts: readonly Address[] },
): Promise<TokenBalances> {
  const askAll = async (
    view: keyof typeof VIEWS,
    to: Address,
    values: readonly bigint[],
    bits: bigint,
  ): Promise<readonly bigint[]> => {
    const calls = values.map((value): ReaderCall => ({
      to,
      data: `${VIEWS[view]}${wordHex(value).slice(2)}`,
    }))
    const answers = await call(calls)
    return values.map((_, i) => wordOf(view, to, answers[i], bits))
  }
  const ask = async (view: keyof typeof VIEWS, to: Address, bits: bigint): Promise<bigint> => {
    const [answer] = await call([{ to, data: VIEWS[view] }])
    return wordOf(view, to, answer, bits)
  }
  const totalSupply = await ask("totalSupply", token, 256n)
  const decimals = Number(await ask("decimals", token, 8n))
  const holders = [...new Set(accounts)].sort(compareAddresses)
  const balances = await askAll("balanceOf", token, holders.map(BigInt), 256n)
  const all = holders
    .map((account, i): Holder => ({ account, balance: balances[i] ?? 0n }))
    // An account found by events may have sent on all that it had. A listed one keeps its proof of having nothing.
    .filter(({ balance }) => fromBlock === undefined || balance > 0n)
  if (!assets) return { token, decimals, totalSupply, asset: null, holders: all }
  const address = addressOfWord(await ask("asset", token, 160n)) ?? ZERO_ADDRESS
  const converted = await askAll(
    "convertToAssets",
    token,
    all.map(({ balance }) => balance),
    256n,
  )
  return {
    token,
    decimals,
    totalSupply,
    asset: { address, decimals: Number(await ask("decimals", address, 8n)) },
    holders: all.map((holder, i) => ({ ...holder, assets: converted[i] ?? 0n })),
  }
}

function wordOf(view: keyof typeof VIEWS, to: Address, answer: Hex | undefined, bits: bigint): bigint {
  const word = answer === undefined ? undefined : answerWord(answer, bits)
  if (word !== undefined) return word
  const what = view === "asset" || view === "convertToAssets" ? "an ERC-4626 vault" : "an ERC-20 token"
  throw new AirdropError(`${toChecksum(to)} does not answer ${view}() as ${what} does`, {
    code: "inconsistent",
    hint: 'Check "token" and "assets" of the source in program.json, and that it existed at the block.',
  })
}
