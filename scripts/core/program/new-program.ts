/** The files of a new program: program.json, and a README that says what each of its fields is. */
import { chainOf, chainText, findChain } from "../ethereum/chains.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import { formatAmount } from "../primitives/amount.ts"
import { duration, isoTime } from "../primitives/time.ts"
import { tokenAmount, type Token } from "../primitives/token.ts"
import type { Column } from "../files/table.ts"
import type { ListColumns, ListKind } from "./guess-columns.ts"

/** The decisions that a new program consists of. Amounts in base units. */
export interface NewProgram {
  readonly name: string
  readonly chainId: number
  readonly token: Token
  readonly pool: bigint
  readonly reserve: bigint
  readonly reserveDelay: number
  readonly owner: Address
  readonly sweepTime: Date
  readonly kind: ListKind
  /** The list's name beside program.json. */
  readonly file: string
  readonly columns: ListColumns
  /** The unit of amounts. */
  readonly unit: "token" | "base"
  /** The most decimals of points. */
  readonly pointDecimals: number
  /** The token whose balances count, and when; undefined for a list that has the values itself. */
  readonly held: HeldToken | undefined
}

export interface HeldToken {
  readonly token: Address
  readonly symbol: string
  /** True if it is a vault, whose shares count as what they are worth in its asset. */
  readonly assets: boolean
  readonly block: number
}

/** Returns the text of program.json. */
export function programText(program: NewProgram): string {
  const { token, kind, columns, unit, pointDecimals, reserve } = program
  const amount = (value: bigint): string =>
    formatAmount(value, token.decimals).replace(/\.(\d*?)0+$/, (_, kept: string) => (kept ? `.${kept}` : ""))
  const { held } = program
  const names = { account: columns.account, ...VALUE_NAMES[kind](columns.value) }
  const isUsual = Object.entries(names).every(([name, column]) => name === column)
  const file = {
    format: "merkle-airdrop/program@1",
    name: program.name,
    chainId: program.chainId,
    token: { address: toChecksum(token.address), symbol: token.symbol, decimals: token.decimals },
    tranches: { automatic: amount(program.pool), ...(reserve === 0n ? {} : { reserve: amount(reserve) }) },
    source: {
      kind: kind === "balances" ? "erc20-balances" : kind,
      ...(held === undefined
        ? {}
        : { token: toChecksum(held.token), symbol: held.symbol, ...(held.assets ? { assets: true } : {}) }),
      file: program.file,
      ...(isUsual ? {} : { columns: names }),
      ...(columns.ignore.length === 0 ? {} : { ignore: columns.ignore }),
      ...(unit === "base" ? { unit } : {}),
      ...(kind === "points" && pointDecimals > 0 ? { decimals: pointDecimals } : {}),
    },
    ...(held === undefined ? {} : { snapshot: { block: held.block } }),
    contract: {
      owner: toChecksum(program.owner),
      reserveDelay: program.reserveDelay,
      sweepTime: isoTime(program.sweepTime),
    },
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/** Returns the settings of a list's columns besides that of the accounts. */
const VALUE_NAMES = {
  amounts: (column) => ({ amount: column }),
  points: (column) => ({ points: column }),
  balances: () => ({}),
} as const satisfies Record<ListKind, (column: Column | undefined) => Record<string, Column | undefined>>

/** Returns the commands that follow, in their order. */
export function nextCommands(folder: string, { held }: Pick<NewProgram, "held">): readonly string[] {
  const then = ["allocate", "build", "verify"].map((verb) => `./airdrop ${verb} ${folder}`)
  return held === undefined ? then : [`./airdrop snapshot ${folder} --prove --rpc $RPC`, ...then]
}

/** Says which columns of the list are read. */
export function columnsText({ kind, columns, held }: Pick<NewProgram, "kind" | "columns" | "held">): string {
  const accounts = `account in ${String(columns.account)}`
  if (held === undefined) return `${accounts}, ${kind} in ${String(columns.value)}`
  const token = toChecksum(held.token)
  const what = held.assets
    ? `in the vault ${token}, in its asset ${held.symbol}`
    : `of ${held.symbol}, ${token}`
  return `${accounts}; what counts is what each holds ${what}, at block ${held.block}`
}

/** Returns the text of README.md, which stands in for the comments that JSON cannot have. */
export function readmeText(program: NewProgram, folder: string): string {
  const { token, kind, columns, chainId } = program
  const chain = chainText(chainOf(chainId))
  const amount = (value: bigint): string => tokenAmount(value, token)
  const notes: readonly (readonly [field: string, note: string])[] = [
    ["name", "the program's name, in lower-case letters, digits and hyphens."],
    ["chainId", `the chain of the token and of the contract: ${chain}.`],
    ...(findChain(chainId) === undefined
      ? [
          [
            "chain",
            'not set. `{ "name": ..., "currency": ..., "explorer": "https://...", "rpcs": ["https://..."] }` describes a chain that this project does not know.',
          ] as const,
        ]
      : []),
    ["token", `${token.symbol}, with ${token.decimals} decimals, at ${toChecksum(token.address)}.`],
    [
      "tranches.automatic",
      kind === "amounts"
        ? `the sum of the list, ${amount(program.pool)}.`
        : `${amount(program.pool)}, shared in proportion to the ${kind}.`,
    ],
    [
      "tranches.reserve",
      program.reserve === 0n
        ? "not set: nothing can be granted later."
        : `at most ${amount(program.reserve)}, which the owner may grant later.`,
    ],
    [
      "source",
      `the list ${program.file}: ${columnsText(program)}${columns.ignore.length === 0 ? "" : `; not read: ${columns.ignore.join(", ")}`}.`,
    ],
    ...(program.held === undefined
      ? []
      : [
          [
            "snapshot.block",
            `${program.held.block}, at which the balances are read, and what kind of account each holder is.`,
          ] as const,
        ]),
    [
      "contract.owner",
      `${toChecksum(program.owner)}, which funds the contract and may sweep it. Use a Safe.`,
    ],
    [
      "contract.reserveDelay",
      `${duration(BigInt(program.reserveDelay))} between a reserve root and its acceptance.`,
    ],
    [
      "contract.sweepTime",
      `${isoTime(program.sweepTime)}. From then on the owner may take back what is unclaimed.`,
    ],
  ]
  return [
    `# ${program.name}`,
    "",
    "The fields of program.json, which cannot have comments of its own. docs/formats.md has every other field.",
    "",
    ...notes.map(([field, note]) => `- \`${field}\`: ${note}`),
    "",
    "## Next",
    "",
    "```sh",
    ...nextCommands(folder, program),
    "```",
    "",
    "After that a key deploys the contract and the owner funds it: docs/operators.md.",
    "",
  ].join("\n")
}
