/** Collects the evidence of a snapshot: eth_getProof of all that it rests on, each trie node once, and codes. */
import type { Address } from "../core/address.ts"
import { VIEW_NAMES, VIEWS } from "../core/account-kind.ts"
import { AirdropError } from "../core/error.ts"
import { pruneEvidence, type Evidence, type EvidenceOptions } from "../core/evidence.ts"
import { fromHex, toHex } from "../core/hex.ts"
import { keccak256 } from "../core/keccak.ts"
import { slotsOfNodes } from "../core/proven-nodes.ts"
import { mappingSlot, VESTING_SLOTS, wordHex } from "../core/session-layout.ts"
import type { Account, Snapshot } from "../core/snapshot.ts"
import { EMPTY_CODE_HASH } from "../core/state-proof.ts"
import { callView, NotFollowed, type World } from "../core/view-call.ts"
import { askInPieces } from "./adaptive.ts"
import type { PinnedReader } from "./pinned.ts"
import { readProof } from "./proof-answer.ts"
import { RpcError } from "./rpc-error.ts"
import type { OnProgress } from "./take-snapshot.ts"

/** Slots of one account, and accounts, in one request to begin with. Common nodes take 1,024 slots at most. */
const SLOTS_PER_REQUEST = 1000
const ACCOUNTS_PER_REQUEST = 60
/** An account with more slots than these is asked about alone, so that its slots can be split. */
const FEW_SLOTS = 40
const CODES_PER_REQUEST = 40
/** Rounds of looking for what views read: one for each owner of a Safe, and some. */
const MAX_ROUNDS = 100

/** Where a Safe keeps its fallback handler: keccak256("fallback_manager.handler.address"). */
const SAFE_HANDLER_SLOT = BigInt(
  toHex(keccak256(new TextEncoder().encode("fallback_manager.handler.address"))),
)

/**
 * Collects and checks: what is returned has been verified against the block's hash.
 * @throws AirdropError if the provider cannot prove this block, or what it proves is not what it answered before
 */
export async function captureEvidence(
  reader: PinnedReader,
  snapshot: Snapshot,
  listed: EvidenceOptions["listed"],
  onProgress: OnProgress = () => undefined,
): Promise<Evidence> {
  const store = openStore(reader)
  try {
    await store.prove(
      [{ address: snapshot.contracts.rewards, slots: slotsOfNodes(snapshot.nodes) }],
      (done, total) => {
        onProgress("proofs of nodes", done, total)
      },
    )
    const wanted = [...snapshot.accounts].map(([address, account]) => ({ address, slots: slotsOf(account) }))
    await store.prove(wanted, (done, total) => {
      onProgress("proofs of accounts", done, total)
    })
    await store.fetchCodes([...snapshot.accounts.keys()])
    await followViews(store, snapshot)
  } catch (error) {
    throw withReason(error)
  }
  const evidence = { header: reader.block.fields, nodes: store.nodes(), codes: store.codes() }
  return await pruneEvidence(snapshot, evidence, { ...(listed ? { listed } : {}), onProgress })
}

interface Wanted {
  readonly address: Address
  readonly slots: readonly bigint[]
}

interface Store {
  readonly prove: (
    wanted: readonly Wanted[],
    onProgress?: (done: number, total: number) => void,
  ) => Promise<void>
  readonly fetchCodes: (addresses: readonly Address[]) => Promise<void>
  /** The word, or undefined if it was not asked for yet. */
  readonly word: (address: Address, slot: bigint) => bigint | undefined
  /** The code; undefined if the account was not asked for yet. */
  readonly code: (address: Address) => Uint8Array | undefined
  readonly nodes: () => readonly Uint8Array[]
  readonly codes: () => readonly Uint8Array[]
}

function openStore(reader: PinnedReader): Store {
  const nodes = new Set<string>()
  const codes = new Map<string, Uint8Array>()
  const codeHashes = new Map<Address, string>()
  const words = new Map<string, bigint>()
  const keyOf = (address: Address, slot: bigint): string => `${address}:${slot}`

  const keep = ({ address, slots }: Wanted, answer: unknown): void => {
    const proof = readProof(reader, address, slots, answer)
    for (const node of proof.nodes) nodes.add(node)
    codeHashes.set(address, proof.codeHash)
    slots.forEach((slot, i) => words.set(keyOf(address, slot), proof.values[i] ?? 0n))
  }
  const paramsOf = ({ address, slots }: Wanted): readonly unknown[] => [address, slots.map(wordHex)]
  return {
    prove: async (wanted, onProgress) => {
      const options = onProgress ? { onProgress } : {}
      for (const { address, slots } of wanted.filter(({ slots }) => slots.length > FEW_SLOTS)) {
        await askInPieces(
          slots,
          async (piece) => {
            const part = { address, slots: piece }
            await reader.ask("eth_getProof", paramsOf(part), (answer) => {
              keep(part, answer)
            })
            return []
          },
          { size: SLOTS_PER_REQUEST, ...options },
        )
      }
      const small = wanted.filter(({ slots }) => slots.length <= FEW_SLOTS)
      await askInPieces(
        small,
        async (piece) =>
          await reader.askAll("eth_getProof", piece.map(paramsOf), (answer, i) => {
            const part = piece[i]
            if (part) keep(part, answer)
          }),
        { size: ACCOUNTS_PER_REQUEST, ...options },
      )
    },
    fetchCodes: async (addresses) => {
      const byHash = new Map<string, Address>()
      for (const address of addresses) {
        const hash = codeHashes.get(address) ?? EMPTY_CODE_HASH
        if (hash !== EMPTY_CODE_HASH && !codes.has(hash)) byHash.set(hash, address)
      }
      await askInPieces(
        [...byHash],
        async (piece) =>
          await reader.askAll(
            "eth_getCode",
            piece.map(([, address]) => [address]),
            (answer, i) => {
              const code = fromHex(String(answer))
              if (toHex(keccak256(code)) !== piece[i]?.[0]) {
                throw new RpcError(
                  "unreachable",
                  reader.host,
                  `a code of another block at ${piece[i]?.[1] ?? ""}`,
                )
              }
              codes.set(toHex(keccak256(code)), code)
            },
          ),
        { size: CODES_PER_REQUEST },
      )
    },
    word: (address, slot) => words.get(keyOf(address, slot)),
    code: (address) => {
      const hash = codeHashes.get(address)
      return hash === undefined ? undefined : (codes.get(hash) ?? new Uint8Array())
    },
    nodes: () => [...nodes].map((node) => fromHex(node)),
    codes: () => [...codes.values()],
  }
}

/** The slots that the views of an account of this kind read, as far as its layout tells. */
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

/** Something that a view reads and that was not asked for yet. */
class NotYet extends Error {}

/** Runs the views of every contract and asks for what they read, until they need no more. */
async function followViews(store: Store, snapshot: Snapshot): Promise<void> {
  const contracts = [...snapshot.accounts]
    .filter(([, { kind }]) => kind === "contract" || kind === "safe" || kind.startsWith("vesting"))
    .map(([address]) => address)
  for (let round = 0; round < MAX_ROUNDS; round++) {
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
    for (const address of contracts) await runViews(world, address)
    if (wanted.size === 0) return
    await store.prove([...wanted].map(([address, slots]) => ({ address, slots: [...slots] })))
    await store.fetchCodes([...wanted.keys()])
  }
}

async function runViews(world: World, address: Address): Promise<void> {
  for (const view of VIEW_NAMES) {
    try {
      await callView(world, address, VIEWS[view])
    } catch (error) {
      if (!(error instanceof NotYet) && !(error instanceof NotFollowed)) throw error
    }
  }
}

function withReason(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error
  if (error.kind !== "missing-method" && error.kind !== "missing-state") return error
  return new AirdropError(
    `${error.host} cannot prove this block: ${error.message.slice(error.host.length + 2)}`,
    {
      exit: 1,
      cause: error,
      hint: "Archive providers differ: many answer eth_call at old blocks, fewer eth_getProof. Try another, or leave --prove away.",
    },
  )
}
