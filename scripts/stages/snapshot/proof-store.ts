/** Keeps what eth_getProof and eth_getCode have answered: each trie node and each code once. */
import type { Address } from "../../core/primitives/address.ts"
import { fromHex, toHex } from "../../core/primitives/bytes.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { wordHex } from "../../core/primitives/words.ts"
import { EMPTY_CODE_HASH } from "../../core/ethereum/proven-state.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { readProof } from "./proof-answer.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

/** Slots of one account, and accounts, in one request to begin with. Common nodes take 1,024 slots at most. */
const SLOTS_PER_REQUEST = 1000
const ACCOUNTS_PER_REQUEST = 60
/** An account with more slots than these is asked about alone, so that its slots can be split. */
const FEW_SLOTS = 40
const CODES_PER_REQUEST = 40

/** An account to prove, with some of its slots. */
export interface Wanted {
  readonly address: Address
  readonly slots: readonly bigint[]
}

export interface ProofStore {
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

export function openProofStore(reader: PinnedReader): ProofStore {
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
          { size: SLOTS_PER_REQUEST, what: "slots in a request", host: reader.host, ...options },
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
        { size: ACCOUNTS_PER_REQUEST, what: "accounts in a request", host: reader.host, ...options },
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
              const code = codeOf(reader, answer)
              if (toHex(keccak256(code)) !== piece[i]?.[0]) {
                throw new RpcError(
                  "bad-answer",
                  reader.host,
                  `a code of another block at ${piece[i]?.[1] ?? ""}`,
                )
              }
              codes.set(toHex(keccak256(code)), code)
            },
          ),
        { size: CODES_PER_REQUEST, what: "codes in a request", host: reader.host },
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

function codeOf({ host }: PinnedReader, answer: unknown): Uint8Array {
  if (typeof answer === "string" && /^0x([0-9a-f]{2})*$/i.test(answer)) return fromHex(answer)
  throw new RpcError("bad-answer", host, "an answer that is no code")
}
