/** Collects the evidence of a snapshot: eth_getProof of all that it rests on, each trie node once, and codes. */
import type { Address } from "../../core/primitives/address.ts"
import { VIEW_NAMES, VIEWS } from "../../core/snapshot/account-kind.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { pruneEvidence, type Evidence, type EvidenceOptions } from "../../core/evidence/verify-evidence.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { callsOver, readAgain } from "../../core/evidence/proven-section.ts"
import type { CallContracts, Reader } from "../../core/readers/reader.ts"
import { IMPLEMENTATION_SLOT } from "../../core/ethereum/proxy.ts"
import { mappingSlot, VESTING_SLOTS } from "../../core/session/storage-layout.ts"
import type { Account } from "../../core/snapshot/account.ts"
import { sectionsOf, type Snapshot } from "../../core/snapshot/snapshot.ts"
import { openViews, type CallView, type World } from "../../core/ethereum/view-call.ts"
import { NotFollowed } from "../../core/ethereum/view-operations.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { openProofStore, type ProofStore } from "./proof-store.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import type { OnProgress } from "./read-section.ts"

/** Rounds of looking for what views read: one for each owner of a Safe, and some. */
const MAX_ROUNDS = 100

/** The storage slot of a Safe's fallback handler: keccak256("fallback_manager.handler.address"). */
const SAFE_HANDLER_SLOT = BigInt(
  toHex(keccak256(new TextEncoder().encode("fallback_manager.handler.address"))),
)

export interface Captured {
  /** The snapshot, in which contracts whose code cannot be followed count as unknown, whatever they answer. */
  readonly snapshot: Snapshot
  readonly evidence: Evidence
}

/**
 * Collects and checks: what is returned has been verified against the block's hash.
 * @throws AirdropError if the provider cannot prove this block, or what it proves is not what it answered before
 */
export async function captureEvidence(
  reader: PinnedReader,
  snapshot: Snapshot,
  listed: EvidenceOptions["listed"],
  onProgress: OnProgress = () => undefined,
): Promise<Captured> {
  const store = openProofStore(reader)
  let unknown: ReadonlySet<Address>
  try {
    await store.prove([{ address: snapshot.token.address, slots: [IMPLEMENTATION_SLOT] }])
    for (const [section, value] of sectionsOf(snapshot)) {
      await store.prove(section.byStorage?.slots(value) ?? [], (done, total) => {
        onProgress(`proofs of ${section.summary(value)}`, done, total)
      })
    }
    const wanted = [...snapshot.accounts].map(([address, account]) => ({ address, slots: slotsOf(account) }))
    await store.prove(wanted, (done, total) => {
      onProgress("proofs of accounts", done, total)
    })
    await store.fetchCodes([...snapshot.accounts.keys()])
    unknown = await followViews(store, snapshot)
    for (const [section, value] of sectionsOf(snapshot)) {
      if (section.byStorage === undefined) await followSection(store, snapshot, section, value)
    }
  } catch (error) {
    throw withReason(error)
  }
  const accounts = [...snapshot.accounts].map(
    ([address, account]) =>
      [address, unknown.has(address) ? ({ kind: "contract" } as const) : account] as const,
  )
  const proven = { ...snapshot, accounts: new Map<Address, Account>(accounts) }
  const evidence = { header: reader.block.fields, nodes: store.nodes(), codes: store.codes() }
  const options = { ...(listed ? { listed } : {}), onProgress }
  return { snapshot: proven, evidence: await pruneEvidence(proven, evidence, options) }
}

/** Returns the slots that the views of an account of this kind read, if its layout is known. */
function slotsOf(account: Account): readonly bigint[] {
  switch (account.kind) {
    case "vesting-staking":
    case "vesting-nostaking": {
      const { beneficiary, revoker, revoked } = VESTING_SLOTS[account.kind]
      return [...new Set([beneficiary, revoker, revoked])]
    }
    case "safe":
      return [
        0n,
        3n,
        4n,
        SAFE_HANDLER_SLOT,
        ...[1n, ...account.owners.map(BigInt)].map((owner) => mappingSlot(owner, 2n)),
      ]
    case "contract":
    case "eip7702":
    case "empty":
    case "plain":
      return []
  }
}

/** Thrown where a view reads something that was not asked for yet. */
class NotYet extends Error {}

/**
 * Runs the views of every contract and asks for what they read, until they need no more.
 * @returns the contracts whose answers do not follow from the state alone
 */
async function followViews(store: ProofStore, snapshot: Snapshot): Promise<ReadonlySet<Address>> {
  const refused = new Set<Address>()
  let open = [...snapshot.accounts]
    .filter(([, { kind }]) => kind === "contract" || kind === "safe" || kind.startsWith("vesting"))
    .map(([address]) => address)
  await inRounds(store, snapshot, async (call) => {
    const unfinished: Address[] = []
    for (const address of open) {
      const end = await runViews(call, address)
      if (end === "unfinished") unfinished.push(address)
      if (end === "refused") refused.add(address)
    }
    open = unfinished
    return open.length === 0
  })
  return refused
}

/**
 * Reads a section again by its reader's calls, and asks for what they read. Every call of a batch is tried in each round,
 * so that one round finds what all of them need next.
 */
async function followSection(
  store: ProofStore,
  snapshot: Snapshot,
  reader: Reader<unknown, unknown>,
  section: unknown,
): Promise<void> {
  await inRounds(store, snapshot, async (call) => {
    let finished = true
    const calls: CallContracts = async (all) => {
      const answers = await callsOver(async (to, data) => {
        try {
          return await call(to, data)
        } catch (error) {
          if (!(error instanceof NotYet)) throw error
          finished = false
          return { success: false, data: new Uint8Array() }
        }
      })(all)
      if (!finished) throw new NotYet()
      return answers
    }
    try {
      await readAgain(reader, section, { snapshot, call: calls })
    } catch (error) {
      if (!(error instanceof NotYet)) throw error
    }
    return finished
  })
}

/** Runs views over what was proven so far, and asks for what they lacked, until `round` needs no more. */
async function inRounds(
  store: ProofStore,
  snapshot: Snapshot,
  round: (call: CallView) => Promise<boolean>,
): Promise<void> {
  for (let i = 0; i < MAX_ROUNDS; i++) {
    const wanted = new Map<Address, Set<bigint>>()
    const want = (address: Address, slot?: bigint): never => {
      const slots = wanted.get(address) ?? new Set()
      if (slot !== undefined) slots.add(slot)
      wanted.set(address, slots)
      throw new NotYet()
    }
    const world: World = {
      timestamp: BigInt(snapshot.block.timestamp),
      chainId: BigInt(snapshot.chainId),
      storage: (address, slot) => Promise.resolve(store.word(address, slot) ?? want(address, slot)),
      code: (address) => Promise.resolve(store.code(address) ?? want(address)),
    }
    const isDone = await round(await openViews(world))
    await store.prove([...wanted].map(([address, slots]) => ({ address, slots: [...slots] })))
    await store.fetchCodes([...wanted.keys()])
    if (isDone) return
  }
}

/**
 * Runs the views of a contract, up to the first that cannot be followed: such a contract is of no known kind.
 * @returns "unfinished" if a view reads what was not asked for yet, "refused" if a view cannot be followed
 */
async function runViews(call: CallView, address: Address): Promise<"finished" | "unfinished" | "refused"> {
  let end: "finished" | "unfinished" = "finished"
  for (const view of VIEW_NAMES) {
    try {
      await call(address, VIEWS[view])
    } catch (error) {
      // Before all words are known, a view may fail in another place than it does with them.
      if (error instanceof NotFollowed) return end === "finished" ? "refused" : end
      if (!(error instanceof NotYet)) throw error
      end = "unfinished"
    }
  }
  return end
}

function withReason(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error
  if (error.kind !== "no-method" && error.kind !== "no-state") return error
  return new AirdropError(
    `${error.host} cannot prove this block: ${error.message.slice(error.host.length + 2)}`,
    {
      code: "rpc-cannot",
      cause: error,
      hint: "Use an archive provider that serves eth_getProof with --rpc: many answer eth_call at old blocks, fewer give proofs.",
    },
  )
}
