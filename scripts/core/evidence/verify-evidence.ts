/**
 * Checks a snapshot against evidence. The block's hash proves its header. The header's state root proves every word
 * of storage, every account and every code that the snapshot depends on. Only the block hash has to be trusted.
 */
import { toChecksum, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { verifyHeader, type HeaderFields, type VerifiedHeader } from "../ethereum/block-header.ts"
import { toHex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { provenKind, worldOf } from "./proven-accounts.ts"
import { provenSection } from "./proven-section.ts"
import { firstDifference } from "../readers/reader.ts"
import { IMPLEMENTATION_SLOT, implementationOf } from "../ethereum/proxy.ts"
import { requireAccounts, sectionsOf, type Snapshot } from "../snapshot/snapshot.ts"
import { openProvenState, type ProvenState } from "../ethereum/proven-state.ts"
import { openViews, type CallView } from "../ethereum/view-call.ts"
import { NotFollowed } from "../ethereum/view-operations.ts"

/** The header's fields, trie nodes and codes of contracts: each once, in the order of their bytes. */
export interface Evidence {
  readonly header: HeaderFields
  readonly nodes: readonly Uint8Array[]
  readonly codes: readonly Uint8Array[]
}

export interface EvidenceReport {
  /** The sections that were proven, such as "3 nodes". */
  readonly sections: readonly string[]
  /** The number of values that were proven: each fact of each section, and the kind of each account. */
  readonly values: number
  readonly accounts: number
  /** Contracts with proven code whose answers cannot be proven. They count as unknown contracts. */
  readonly notFollowed: readonly { readonly account: Address; readonly why: string }[]
}

/** Thrown if the evidence is valid and disproves a value of the snapshot. */
export class SnapshotMismatch extends AirdropError {
  constructor(what: string, found: string, proven: string) {
    super(`${what} is ${found} in the snapshot, but ${proven} on the chain`, { code: "mismatch" })
  }
}

/** Requirements besides the content of the snapshot. */
export interface EvidenceOptions {
  /** Accounts that the snapshot must classify, such as the program's recipients. */
  readonly listed?: Iterable<Address>
  readonly onProgress?: (label: string, done: number, total: number) => void
}

/**
 * Verifies a whole snapshot, offline: header, the token's code, each fact of each section, the kind of each account, and
 * that no account is missing.
 * @throws SnapshotMismatch for the first value that the evidence disproves, AirdropError if the evidence is at fault
 */
export async function verifySnapshotEvidence(
  snapshot: Snapshot,
  evidence: Evidence,
  options: EvidenceOptions = {},
): Promise<EvidenceReport> {
  const { report, unused, header } = await prove(snapshot, evidence, options)
  if (JSON.stringify(header.fields) !== JSON.stringify(evidence.header)) {
    throw new AirdropError("the evidence holds a header in another form than the one that snapshot writes", {
      code: "mismatch",
    })
  }
  if (unused > 0) {
    throw new AirdropError(
      `the evidence holds ${unused} nodes or codes that prove nothing of this snapshot`,
      { code: "mismatch" },
    )
  }
  requireOrder(evidence)
  return report
}

/** Requires that each node and code appears once, in the order of their bytes. */
function requireOrder(evidence: Evidence): void {
  for (const key of ["nodes", "codes"] as const) {
    const texts = evidence[key].map(toHex)
    const i = texts.findIndex((text, at) => at > 0 && text <= (texts[at - 1] ?? ""))
    if (i < 0) continue
    throw new AirdropError(
      `the evidence is not in order: ${key} ${i} and ${i + 1} are swapped, or the same`,
      {
        code: "mismatch",
      },
    )
  }
}

/**
 * Verifies like {@link verifySnapshotEvidence}, and returns the evidence in canonical form: each necessary node and
 * code once, in the order of their bytes.
 */
export async function pruneEvidence(
  snapshot: Snapshot,
  evidence: Evidence,
  options: EvidenceOptions = {},
): Promise<Evidence> {
  const { used, header } = await prove(snapshot, evidence, options)
  const kept = (all: readonly Uint8Array[]): readonly Uint8Array[] => {
    const byText = new Map(
      all.filter((bytes) => used.has(nameOf(bytes))).map((bytes) => [toHex(bytes), bytes]),
    )
    return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => bytes)
  }
  return { header: header.fields, nodes: kept(evidence.nodes), codes: kept(evidence.codes) }
}

interface Proven {
  readonly header: VerifiedHeader
  readonly report: EvidenceReport
  /** The hashes of the nodes and codes that the proof used. */
  readonly used: ReadonlySet<string>
  /** The number of those that it did not use. */
  readonly unused: number
}

async function prove(
  snapshot: Snapshot,
  evidence: Evidence,
  { listed = [], onProgress = () => undefined }: EvidenceOptions,
): Promise<Proven> {
  const header = verifyHeader(evidence.header, snapshot.block.hash)
  agree("the block's number", snapshot.block.number, header.number)
  agree("the block's timestamp", snapshot.block.timestamp, header.timestamp)
  const state = openProvenState(header.stateRoot, evidence.nodes, evidence.codes)
  verifyToken(snapshot, state)
  const call = await openViews(worldOf(state, snapshot))
  const sections: string[] = []
  let values = snapshot.accounts.size
  for (const [reader, section] of sectionsOf(snapshot)) {
    const onSection = (done: number, total: number): void => {
      onProgress(`proving ${reader.summary(section)}`, done, total)
    }
    const proven = await provenSection(reader, section, { snapshot, state, call, onProgress: onSection })
    const facts = [...reader.facts(section)]
    requireSame(firstDifference(facts, reader.facts(proven)))
    values += facts.length
    sections.push(reader.summary(section))
  }
  const notFollowed = await verifyAccounts(snapshot, state, call, onProgress)
  requireAccounts(snapshot, listed)
  const report = { sections, values, accounts: snapshot.accounts.size, notFollowed }
  return { header, report, used: state.used(), unused: state.unused() }
}

function nameOf(bytes: Uint8Array): string {
  return toHex(keccak256(bytes)).slice(2)
}

function verifyToken({ token }: Snapshot, state: ProvenState): void {
  const proven = implementationOf(token.address, state.storage(token.address, IMPLEMENTATION_SLOT))
  agree(`the implementation of ${toChecksum(token.address)}`, token.implementation, proven)
}

async function verifyAccounts(
  snapshot: Snapshot,
  state: ProvenState,
  call: CallView,
  onProgress: NonNullable<EvidenceOptions["onProgress"]>,
): Promise<EvidenceReport["notFollowed"]> {
  const notFollowed: { account: Address; why: string }[] = []
  let done = 0
  for (const [address, account] of snapshot.accounts) {
    const proven = await provenKind(state, call, address, snapshot.token.address).catch((error: unknown) => {
      if (!(error instanceof NotFollowed)) throw error
      notFollowed.push({ account: address, why: error.message })
      return { kind: "contract" } as const
    })
    const why = notFollowed.at(-1)?.account === address ? `, as far as its code can be followed` : ""
    for (const key of new Set([...Object.keys(account), ...Object.keys(proven)])) {
      const [found, right] = [account, proven].map((one) =>
        String(Object.entries(one).find(([name]) => name === key)?.[1]),
      )
      agree(`account ${toChecksum(address)}: ${key}${why}`, found, right)
    }
    onProgress("proving accounts", ++done, snapshot.accounts.size)
  }
  return notFollowed
}

function requireSame(found: ReturnType<typeof firstDifference>): void {
  if (found !== undefined)
    throw new SnapshotMismatch(found.what, found.one ?? "nothing", found.other ?? "nothing")
}

function agree<T>(what: string, found: T, proven: T | undefined): void {
  if (found !== proven) throw new SnapshotMismatch(what, String(found), String(proven))
}
