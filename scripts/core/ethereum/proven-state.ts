/**
 * Reads the state of a chain at one block from trie nodes and the block's state root alone. Every node is found by
 * its hash, so a read returns the chain's value or throws. Absence is proven in the same way.
 */
import { RLP } from "@ethereumjs/rlp"
import type { Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { wordHex } from "../primitives/words.ts"
import { openTrie, pathOf } from "./trie.ts"

/** The hash of empty code. */
export const EMPTY_CODE_HASH: Hex = toHex(keccak256(new Uint8Array()))
/** The root of an empty trie: the hash of the RLP of the empty string. */
const EMPTY_ROOT: Hex = toHex(keccak256(Uint8Array.of(0x80)))

export interface ProvenAccount {
  readonly nonce: bigint
  readonly balance: bigint
  readonly storageRoot: Hex
  readonly codeHash: Hex
}

export interface ProvenState {
  /** Reads an account; undefined if it provably does not exist. @throws AirdropError if nodes are missing */
  readonly account: (address: Address) => ProvenAccount | undefined
  /** Reads the word in a slot; zero if the slot is provably empty. @throws as account */
  readonly storage: (address: Address, slot: bigint) => bigint
  /** Returns the code of a proven hash. @throws AirdropError if the code was not given */
  readonly code: (hash: Hex) => Uint8Array
  /** Returns the hashes, without 0x, of all nodes and codes used so far. */
  readonly used: () => ReadonlySet<string>
  /** The number of nodes and codes that nothing has been read from. */
  readonly unused: () => number
}

/**
 * Opens the state under a root.
 * @param nodes trie nodes as RLP, of account and storage tries alike, in any order
 * @param codes contract codes in any order
 */
export function openProvenState(
  stateRoot: Hex,
  nodes: Iterable<Uint8Array>,
  codes: Iterable<Uint8Array> = [],
): ProvenState {
  const nodesByHash = new Map<string, Uint8Array>()
  const codesByHash = new Map<Hex, Uint8Array>()
  for (const node of nodes) nodesByHash.set(toHex(keccak256(node)).slice(2), node)
  for (const code of codes) codesByHash.set(toHex(keccak256(code)), code)
  const trie = openTrie(nodesByHash)
  const usedCodes = new Set<string>()
  const accounts = new Map<Address, ProvenAccount | undefined>()

  const get = (root: Hex, key: Uint8Array, what: string): Uint8Array | undefined => {
    if (root === EMPTY_ROOT) return undefined
    try {
      return trie.get(fromHex(root, 32), pathOf(keccak256(key)))
    } catch (cause) {
      throw new AirdropError(`the evidence does not prove ${what}: a trie node is missing or changed`, {
        code: "mismatch",
        cause,
      })
    }
  }
  const account = (address: Address): ProvenAccount | undefined => {
    if (accounts.has(address)) return accounts.get(address)
    const value = get(stateRoot, fromHex(address, 20), `the account ${address}`)
    const found = value === undefined ? undefined : decodeAccount(value, address)
    accounts.set(address, found)
    return found
  }
  return {
    account,
    storage: (address, slot) => {
      const found = account(address)
      if (found === undefined) return 0n
      const what = `slot ${slot < 1000n ? slot : wordHex(slot)} of ${address}`
      const value = get(found.storageRoot, fromHex(wordHex(slot), 32), what)
      return value === undefined ? 0n : toNumber(RLP.decode(value))
    },
    code: (hash) => {
      if (hash === EMPTY_CODE_HASH) return new Uint8Array()
      const code = codesByHash.get(hash)
      if (code === undefined)
        throw new AirdropError(`the evidence has no code of hash ${hash}`, { code: "mismatch" })
      usedCodes.add(hash.slice(2))
      return code
    },
    used: () => new Set([...trie.used, ...usedCodes]),
    unused: () => nodesByHash.size - trie.used.size + codesByHash.size - usedCodes.size,
  }
}

function decodeAccount(value: Uint8Array, address: Address): ProvenAccount {
  const fields = RLP.decode(value)
  const [nonce, balance, storageRoot, codeHash] = Array.isArray(fields) ? fields : []
  if (!(storageRoot instanceof Uint8Array) || !(codeHash instanceof Uint8Array)) {
    throw new AirdropError(`the evidence holds no account at ${address}`, { code: "mismatch" })
  }
  return {
    nonce: toNumber(nonce),
    balance: toNumber(balance),
    storageRoot: toHex(storageRoot),
    codeHash: toHex(codeHash),
  }
}

/** Reads the number in an RLP string. The empty string is zero. */
function toNumber(value: unknown): bigint {
  if (!(value instanceof Uint8Array))
    throw new AirdropError("a value of the state trie is not a string of bytes", { code: "mismatch" })
  return value.length === 0 ? 0n : BigInt(toHex(value))
}
