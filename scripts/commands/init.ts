import { basename, extname, resolve } from "node:path"
import type { Command } from "commander"
import type { Provider } from "ethers"
import { chainOf, chainText, findChain } from "../core/ethereum/chains.ts"
import { parseAddress, toChecksum, type Address } from "../core/primitives/address.ts"
import { formatAmount, parseAmount } from "../core/primitives/amount.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { parseTime } from "../core/primitives/fields.ts"
import { plural } from "../core/primitives/plural.ts"
import { isoTime } from "../core/primitives/time.ts"
import { tokenAmount, type Token } from "../core/primitives/token.ts"
import { guessColumns, type ListColumns, type ListKind } from "../core/program/guess-columns.ts"
import { columnsText, nextCommands, type HeldToken, type NewProgram } from "../core/program/new-program.ts"
import { RESERVED_FILES } from "../core/program/reserved-files.ts"
import { shownPath } from "../io/disk/paths.ts"
import { readTableHead } from "../io/disk/table-head.ts"
import { createRpc } from "../io/rpc/client.ts"
import { connect } from "../io/rpc/provider.ts"
import { openQuestions, type Questions } from "../io/terminal/ask.ts"
import { argument, between, wholeNumber } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { readList, requireFree, requirePool, writeNewProgram } from "../stages/program/new-program-files.ts"
import { readOwner, readToken } from "../stages/program/read-token.ts"

interface Options {
  readonly from?: string
  readonly kind?: string
  readonly accountColumn?: string
  readonly valueColumn?: string
  readonly unit?: string
  readonly held?: Address
  readonly heldSymbol?: string
  readonly heldAssets?: true
  readonly block?: number
  readonly rpc?: string
  readonly chain?: number
  readonly token?: Address
  readonly symbol?: string
  readonly decimals?: number
  readonly pool?: string
  readonly reserve?: string
  readonly reserveDelay?: number
  readonly owner?: Address
  readonly anyOwner?: true
  readonly sweep?: Date
  readonly name?: string
  readonly yes?: true
}

const DAY = 86_400

/** Writes the folder of a new program from a list, after checking all that it is made of. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("[folder]", "where to write the program (default: named after the list)")
    .option("--from <file>", "the list: CSV or JSON with a column of accounts and one of amounts or points")
    .option(
      "--kind <kind>",
      "amounts: the list says what each gets; points: they share the pool; balances: what they hold of another token shares it",
    )
    .option("--account-column <name>", "the column of accounts (default: guessed)")
    .option("--value-column <name>", "the column of amounts or points (default: guessed)")
    .option("--unit <unit>", "unit of the amounts: token or base")
    .option("--held <address>", "balances: the token whose balances count", argument(parseAddress))
    .option("--held-symbol <text>", "balances: its symbol; for a vault, that of its asset")
    .option("--held-assets", "balances: it is an ERC-4626 vault, and its shares count in its asset")
    .option("--block <number>", "balances: the block at which they are read", wholeNumber)
    .option(
      "--rpc <url>",
      "node from which chain, symbol and decimals are read, and on which the owner is checked",
    )
    .option("--chain <id>", "id of the chain (default: that of the node)", wholeNumber)
    .option("--token <address>", "the token", argument(parseAddress))
    .option("--symbol <text>", "symbol of the token (default: read from the chain)")
    .option("--decimals <number>", "decimals of the token (default: read from the chain)", between(0, 36))
    .option("--pool <amount>", "tokens to distribute (default for amounts: the list's sum)")
    .option("--reserve <amount>", "tokens that the owner may grant later (default: 0)")
    .option(
      "--reserve-delay <seconds>",
      "delay of a reserve root (default: a day if there is a reserve)",
      between(0, 10 ** 9),
    )
    .option("--owner <address>", "the Safe that owns the contract", argument(parseAddress))
    .option("--any-owner", "accept an owner that is not a Safe, for tests")
    .option(
      "--sweep <time>",
      "when the owner may take back the rest, such as 2030-01-01T00:00:00Z",
      argument(parseTime),
    )
    .option("--name <text>", "name of the program (default: the folder's)")
    .option("--yes", "ask nothing, and write")
    .action(async (folder: string | undefined, options: Options) => {
      const asks = options.yes !== true && process.stdin.isTTY && !out().wantsJson
      const questions = asks ? openQuestions() : undefined
      try {
        await runInit(folder, options, questions, out())
      } finally {
        questions?.close()
      }
    })
}

async function runInit(
  given: string | undefined,
  options: Options,
  questions: Questions | undefined,
  out: Output,
): Promise<void> {
  const answer = answers(questions)
  const list = await answer("--from", options.from, "List of recipients (a CSV or JSON file)", (text) => text)
  const folder = resolve(
    given ??
      basename(list)
        .replace(/\.gz$/, "")
        .replace(/\.[^.]*$/, ""),
  )
  const file = fileName(list)
  await requireFree(folder, list, file)
  const { columns, kind } = await columnsOf(list, options, answer)
  const chainId = await chainIdOf(options, answer)
  const chain = chainOf(chainId)
  if (chain.unsupported !== undefined) {
    throw new AirdropError(`${chainText(chain)} is not supported: ${chain.unsupported}`, { code: "refused" })
  }
  const provider = options.rpc === undefined ? undefined : await connect(options.rpc, chainId)
  const token = await tokenOf(provider, chainId, options, answer)
  const held = kind === "balances" ? await heldOf(options, answer) : undefined
  const draft = { name: nameOf(options.name ?? basename(folder)), chainId, token, kind, file, columns, held }
  const base = {
    ...draft,
    unit: unitOf(options.unit),
    pool: 1n,
    reserve: 0n,
    reserveDelay: 0,
    owner: token.address,
    sweepTime: new Date(0),
    pointDecimals: 0,
  }
  const pointDecimals = kind === "points" ? await decimalsOfPoints(list, base) : 0
  const summary = await readList(list, { ...base, pointDecimals })
  const amount = (text: string): bigint => parseAmount(text, token.decimals)
  const usualPool = kind === "amounts" ? formatAmount(summary.sum, token.decimals) : undefined
  const pool = await answer("--pool", options.pool, `${token.symbol} to distribute`, amount, usualPool)
  requirePool({ ...base, pool }, summary)
  const owner = await answer("--owner", options.owner, "Owner (a Safe)", parseAddress)
  const safe =
    provider === undefined || options.anyOwner === true ? undefined : await readOwner(provider, owner, chain)
  const sweepTime = await answer("--sweep", options.sweep, "The owner may sweep from", parseTime)
  if (sweepTime.getTime() <= Date.now()) {
    throw new AirdropError(`the sweep time has passed: ${isoTime(sweepTime)}`, {
      code: "invalid-value",
      hint: "Give a time to come with --sweep.",
    })
  }
  const reserve = await answer("--reserve", options.reserve, "Reserve for later grants", amount, "0")
  const program: NewProgram = {
    ...base,
    pool,
    pointDecimals,
    owner,
    sweepTime,
    reserve,
    reserveDelay: options.reserveDelay ?? (reserve === 0n ? 0 : DAY),
  }
  const checked =
    safe === undefined ? "not checked on the chain" : `a Safe, ${safe.threshold} of ${safe.owners.length}`
  for (const line of planLines(program, folder, summary.rows, checked)) out.line(line)
  for (const warning of summary.warnings) out.warn(`  ${warning}`)
  if (
    options.yes !== true &&
    !(await questions?.ask("Write this program (y, n)", "n", (text) => /^y(es)?$/i.test(text)))
  ) {
    throw new AirdropError("nothing is written yet", { code: "unresolved", hint: "Give --yes to write it." })
  }
  const files = await writeNewProgram(folder, list, program)
  out.line(`Written to ${shownPath(folder)}: ${files.join(", ")}. README.md says what each field is.`)
  out.line("Next:")
  const next = nextCommands(shownPath(folder), program)
  for (const line of next) out.line(`  ${line}`)
  out.json({ folder, files, rows: summary.rows, pool, next, ownerIsSafe: safe === undefined ? null : true })
}

type Answer = <Value>(
  option: string,
  given: Value | string | undefined,
  question: string,
  read: (text: string) => Value,
  usual?: string,
) => Promise<Value>

/** Takes a value from its option, else its usual value, else asks. Options of text are read as answers are. */
function answers(questions: Questions | undefined): Answer {
  return async (option, given, question, read, usual) => {
    if (given !== undefined) return typeof given === "string" ? read(given) : given
    if (questions !== undefined) return await questions.ask(question, usual, read)
    if (usual !== undefined) return read(usual)
    throw new AirdropError(`${option} is missing`, {
      code: "usage",
      hint: "Give it, or run init on a terminal without --yes to be asked. init --help lists the options.",
    })
  }
}

async function columnsOf(
  list: string,
  options: Options,
  answer: Answer,
): Promise<{ readonly columns: ListColumns; readonly kind: ListKind }> {
  const [first = [], second = []] = await readTableHead(list)
  const guess = guessColumns([first, second])
  const usual = (column: string | number | undefined): string | undefined =>
    column === undefined ? undefined : String(column)
  const read = (text: string): string | number => {
    if (first.includes(text)) return text
    if (typeof guess?.account === "number" && /^[1-9][0-9]*$/.test(text)) return Number(text)
    throw new AirdropError(`the list has no column "${text}"; it has ${first.join(", ")}`, {
      code: "unknown",
    })
  }
  const readKind = (text: string): ListKind => {
    if (text === "amounts" || text === "points" || text === "balances") return text
    throw new AirdropError(`the kind "${text}" is not amounts, points or balances`, { code: "usage" })
  }
  const { accountColumn, valueColumn } = options
  const account = await answer(
    "--account-column",
    accountColumn,
    "Column of accounts",
    read,
    usual(guess?.account),
  )
  const kind = await answer(
    "--kind",
    options.kind,
    "Kind (amounts, points, balances)",
    readKind,
    guess?.kind ?? "amounts",
  )
  const value =
    kind === "balances"
      ? undefined
      : await answer("--value-column", valueColumn, "Column of amounts or points", read, usual(guess?.value))
  const all = first.map((name, i) => (typeof account === "number" ? i + 1 : name))
  return { columns: { account, value, ignore: all.filter((one) => one !== account && one !== value) }, kind }
}

/** Takes the token whose balances count, and the block. */
async function heldOf(options: Options, answer: Answer): Promise<HeldToken> {
  return {
    token: await answer("--held", options.held, "Token whose balances count (its address)", parseAddress),
    symbol: await answer("--held-symbol", options.heldSymbol, "Its symbol", (text) => text),
    assets: options.heldAssets === true,
    block: await answer("--block", options.block, "Block at which they are read", wholeNumber),
  }
}

async function chainIdOf({ chain, rpc }: Options, answer: Answer): Promise<number> {
  if (chain !== undefined || rpc === undefined) {
    const names = "Chain id (8453 is Base, 1 Ethereum, 42161 Arbitrum One)"
    return await answer("--chain or --rpc", chain, names, wholeNumber)
  }
  return Number(await createRpc(rpc).call("eth_chainId", []))
}

async function tokenOf(
  provider: Provider | undefined,
  chainId: number,
  options: Options,
  answer: Answer,
): Promise<Token> {
  const address = await answer("--token", options.token, "Token (its address)", parseAddress)
  const found = provider === undefined ? undefined : await readToken(provider, address, chainOf(chainId))
  if (found !== undefined) {
    for (const [option, given, read] of [
      ["--symbol", options.symbol, found.symbol],
      ["--decimals", options.decimals, found.decimals],
    ] as const) {
      if (given === undefined || given === read) continue
      throw new AirdropError(`${option} is ${given}, and the token ${toChecksum(address)} says ${read}`, {
        code: "inconsistent",
        hint: "Leave the option out: it is read from the chain.",
      })
    }
    return found
  }
  return {
    address,
    symbol: await answer("--symbol", options.symbol, "Symbol of the token", (text) => text),
    decimals: await answer("--decimals", options.decimals, "Decimals of the token", between(0, 36)),
  }
}

/** Points are whole unless the list has decimals. */
async function decimalsOfPoints(list: string, program: NewProgram): Promise<number> {
  try {
    await readList(list, program)
    return 0
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    return /has [0-9]+ decimals, points have 0/.test(error.message) ? 18 : 0
  }
}

function planLines(program: NewProgram, folder: string, rows: number, owner: string): readonly string[] {
  const { token, columns } = program
  const ignored = columns.ignore.length === 0 ? "" : `; not read: ${columns.ignore.join(", ")}`
  return [
    `Program ${program.name}, in ${shownPath(folder)}`,
    `  chain     ${chainText(chainOf(program.chainId))}${findChain(program.chainId) === undefined ? ", which is not in the table: program.json may describe it" : ""}`,
    `  token     ${token.symbol}, ${plural(token.decimals, "decimal")}, ${toChecksum(token.address)}`,
    `  list      ${plural(rows, "row")}: ${columnsText(program)}${ignored}`,
    `  pool      ${tokenAmount(program.pool, token)}${program.reserve === 0n ? "" : `, and a reserve of ${tokenAmount(program.reserve, token)}`}`,
    `  owner     ${toChecksum(program.owner)}, ${owner}`,
    `  sweep     ${isoTime(program.sweepTime)}`,
  ]
}

function unitOf(text = "token"): "token" | "base" {
  if (text === "token" || text === "base") return text
  throw new AirdropError(`the unit "${text}" is neither token nor base`, { code: "usage" })
}

/** The list's own name, unless a verb writes a file of that name. */
function fileName(path: string): string {
  const name = basename(path)
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && !RESERVED_FILES.has(name.toLowerCase())) return name
  return `list${name.endsWith(".gz") ? `${extname(name.slice(0, -3))}.gz` : extname(name)}`
}

/** A folder's name as the name of a program. */
function nameOf(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 64)
  return name === "" ? "airdrop" : name
}
