import { join } from "node:path"
import type { JsonRpcApiProvider } from "ethers"
import { connect } from "../chain/connect.ts"
import { readTransfers } from "../chain/read-transfers.ts"
import { toChecksum, ZERO_ADDRESS, type Address } from "../core/address.ts"
import { formatAmount, humanAmount, parseAmount } from "../core/amount.ts"
import { AirdropError, invariant } from "../core/error.ts"
import type { TransferPath } from "../core/grant-evidence.ts"
import type { People } from "../core/people.ts"
import type { Snapshot } from "../core/snapshot.ts"
import { suggest, type SuggestedPath, type Suggestion, type SuggestTerms } from "../core/suggest.ts"
import { transferGraph, type Transfer } from "../core/transfers.ts"
import { evidenceFields, formatTime } from "../files/grant-line.ts"
import type { LoadedProgram } from "../files/program.ts"
import { readRecipients } from "../files/recipients.ts"
import { readTransferFile } from "../files/transfers.ts"
import { writeFileAtomic } from "../files/write.ts"
import type { Output } from "../output.ts"
import { readGrantContext, type LoadedContext } from "./context.ts"

export interface SuggestOptions {
  readonly rpc?: string
  /** A CSV file of transfers, instead of a node. */
  readonly transfers?: string
  readonly fromBlock?: string
  readonly hops: string
  readonly minimum: string
  readonly hub: string
  /** A CSV file of accounts never to follow through. */
  readonly cut?: string
}

interface Followed {
  readonly transfers: readonly Transfer[]
  readonly timeOf: (transfer: Transfer) => Promise<Date>
  /** Whether a contract stands at an address that the snapshot does not know. */
  readonly isContract: (address: Address) => Promise<boolean>
}

/** Lists who may have been missed, with the transfers that lead there. It grants nothing. */
export async function suggestGrants(
  loaded: LoadedProgram,
  options: SuggestOptions,
  out: Output,
): Promise<void> {
  const context = await readGrantContext(loaded)
  const { snapshot, listed } = context
  if (snapshot === undefined || listed === undefined) {
    throw new AirdropError(`${loaded.name} needs a snapshot and a list of recipients for this`)
  }
  const followed =
    options.transfers === undefined
      ? await fromNode(loaded, snapshot, options, out)
      : await fromFile(loaded, snapshot, options.transfers)
  const graph = transferGraph(followed.transfers)
  const known = options.cut === undefined ? [] : (await readRecipients(options.cut)).accounts
  const cut = new Map<Address, string>(knownCuts(snapshot, known))
  const terms = { ...termsOf(context, snapshot, listed, options), cut }
  // Contracts on the way are only looked up where they matter: until no path leads through an unknown one.
  let result = suggest(graph, terms)
  for (let asked = new Set<Address>(); ; result = suggest(graph, terms)) {
    const fresh = intermediates(result.found).filter(
      (address) => !asked.has(address) && !snapshot.accounts.has(address),
    )
    if (fresh.length === 0) break
    for (const address of fresh) {
      asked = asked.add(address)
      if (await followed.isContract(address)) cut.set(address, "it is a contract that may join strangers")
    }
  }
  await show(loaded, result.found, result.cut, followed, out)
}

function termsOf(
  { people, program }: LoadedContext,
  snapshot: Snapshot,
  listed: ReadonlySet<Address>,
  options: SuggestOptions,
): Omit<SuggestTerms, "cut"> {
  const eligible = new Set([...listed].map(people.personOf))
  const sources = new Map<Address, Address>()
  for (const person of eligible) {
    for (const address of [person, ...people.vestingOf(person)]) sources.set(address, person)
  }
  for (const address of listed) sources.set(address, people.personOf(address))
  const { targets, stakes, ownStakes } = stakersOf(snapshot, people, eligible)
  return {
    sources,
    targets,
    stakes,
    ownStakes,
    hops: whole(options.hops, "--hops", 8),
    hub: whole(options.hub, "--hub", 1_000_000),
    minimum: parseAmount(options.minimum, program.token.decimals),
  }
}

/** Who stakes, apart by whether they are eligible. */
function stakersOf(
  snapshot: Snapshot,
  people: People,
  eligible: ReadonlySet<Address>,
): Pick<SuggestTerms, "targets" | "stakes" | "ownStakes"> {
  const targets = new Map<Address, Address>()
  const stakes = new Map<Address, bigint>()
  const ownStakes = new Map<Address, bigint>()
  for (const { contributors } of snapshot.nodes) {
    for (const { address, stake } of contributors) {
      const person = people.personOf(address)
      if (stake === 0n || person === ZERO_ADDRESS) continue
      const sums = eligible.has(person) ? ownStakes : stakes
      sums.set(person, (sums.get(person) ?? 0n) + stake)
      if (eligible.has(person)) continue
      for (const own of [address, person, ...people.vestingOf(person)]) targets.set(own, person)
    }
  }
  return { targets, stakes, ownStakes }
}

/** What never leads from one person to the same: the network's own contracts, and every contract that is no wallet. */
function* knownCuts(snapshot: Snapshot, given: readonly Address[]): Generator<readonly [Address, string]> {
  yield [ZERO_ADDRESS, "tokens are made and destroyed there"]
  yield [snapshot.contracts.token, "it is the token's contract"]
  yield [snapshot.contracts.rewards, "it is the staking contract"]
  for (const [address, { kind }] of snapshot.accounts) {
    if (kind === "contract") yield [address, "it is a contract that may join strangers"]
  }
  for (const address of given) yield [address, "it is on the list of those never to follow through"]
}

async function fromNode(
  { program }: LoadedProgram,
  snapshot: Snapshot,
  { rpc, fromBlock }: SuggestOptions,
  out: Output,
): Promise<Followed> {
  const provider = await connect(rpc, program.chainId)
  const range = {
    from: fromBlock === undefined ? 0 : whole(fromBlock, "--from-block", 1e12),
    to: snapshot.block.number,
  }
  const transfers = await readTransfers(provider, program.token.address, range, (done, total) => {
    out.progress("blocks", done, total)
  })
  return {
    transfers,
    timeOf: async ({ block }) => new Date(((await provider.getBlock(block))?.timestamp ?? 0) * 1000),
    isContract: async (address) => await isJoiningContract(provider, address),
  }
}

/** A plain account, also one with a delegation (EIP-7702), and a Safe are somebody's; any other contract is cut. */
async function isJoiningContract(provider: JsonRpcApiProvider, address: Address): Promise<boolean> {
  const code = await provider.getCode(address)
  if (code === "0x" || code.startsWith("0xef0100")) return false
  const { readSafe } = await import("../safe/safe.ts")
  return await readSafe(provider, address).then(
    () => false,
    () => true,
  )
}

async function fromFile({ program }: LoadedProgram, snapshot: Snapshot, path: string): Promise<Followed> {
  const { transfers, times } = await readTransferFile(path, program.token.decimals)
  const end = new Date(snapshot.block.timestamp * 1000)
  return {
    transfers: transfers.filter(({ order }) => (times[order] ?? end) <= end),
    timeOf: ({ order }) => {
      const time = times[order]
      invariant(time !== undefined, `transfer ${order} has a time`)
      return Promise.resolve(time)
    },
    isContract: () => Promise.resolve(false),
  }
}

function intermediates(found: readonly Suggestion[]): readonly Address[] {
  return [
    ...new Set(
      found.flatMap(({ paths }) =>
        paths.flatMap(({ transfers }) => transfers.slice(0, -1).map(({ to }) => to)),
      ),
    ),
  ]
}

async function show(
  { folder, program, name }: LoadedProgram,
  found: readonly Suggestion[],
  cut: ReadonlyMap<Address, string>,
  followed: Followed,
  out: Output,
): Promise<void> {
  const { decimals, symbol } = program.token
  const money = (value: bigint): string => `${humanAmount(value, decimals)} ${symbol}`
  const rows: object[] = []
  for (const [i, { account, stake, paths, strength }] of found.entries()) {
    const evidence = await Promise.all(paths.map((path) => evidenceOf(path, followed)))
    out.line(
      `${i + 1}. ${toChecksum(account)} stakes ${money(stake)} (strength ${Math.round(strength)} of 1000)`,
    )
    for (const path of evidence) {
      out.line(`   from ${toChecksum(path.from)}`)
      for (const hop of path.hops) {
        out.line(
          `     ${formatTime(hop.time)}  ${money(hop.amount)} to ${toChecksum(hop.to)}  ${hop.transaction}`,
        )
      }
    }
    const [best] = evidence
    if (best !== undefined) {
      const file = join(folder, "suggestions", `${account}.json`)
      await writeFileAtomic(file, `${JSON.stringify(evidenceFields(best, decimals), undefined, 2)}\n`)
    }
    rows.push({
      account: toChecksum(account),
      stake: formatAmount(stake, decimals),
      strength,
      paths: evidence.map((path) => evidenceFields(path, decimals)),
    })
  }
  out.line(
    found.length === 0
      ? "Nobody is found."
      : `${found.length} candidates; nothing is granted. Their evidence is in suggestions/, for: grants ${name} add ADDRESS AMOUNT --reason TEXT --evidence FILE`,
  )
  for (const [address, because] of cut) out.line(`   not followed through ${toChecksum(address)}: ${because}`)
  out.json({
    suggestions: rows,
    cut: Array.from(cut, ([address, because]) => ({ address: toChecksum(address), because })),
  })
}

async function evidenceOf({ transfers }: SuggestedPath, { timeOf }: Followed): Promise<TransferPath> {
  const hops = transfers.map(async (transfer) => ({
    to: transfer.to,
    amount: transfer.amount,
    time: await timeOf(transfer),
    transaction: transfer.transaction,
  }))
  return { kind: "transfers", from: transfers[0]?.from ?? ZERO_ADDRESS, hops: await Promise.all(hops) }
}

function whole(text: string, option: string, most: number): number {
  const value = /^[0-9]{1,13}$/.test(text) ? Number(text) : Number.NaN
  if (value <= most) return value
  throw new AirdropError(`${option} "${text}" is not a whole number up to ${most}`)
}
