import { createMPT, type MerklePatriciaTrie } from "@ethereumjs/mpt"
import { RLP } from "@ethereumjs/rlp"
import { MapDB, ValueEncoding } from "@ethereumjs/util"
import { expect } from "chai"
import fc from "fast-check"
import { readFile } from "node:fs/promises"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { verifyHeader } from "../../../scripts/core/ethereum/block-header.ts"
import { fromHex, toHex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "../../../scripts/core/primitives/keccak.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import { EMPTY_CODE_HASH, openProvenState } from "../../../scripts/core/ethereum/proven-state.ts"
import { openTrie, pathOf } from "../../../scripts/core/ethereum/trie.ts"
import { expectThrown } from "../../support/errors.ts"
import { sharedData } from "../../support/shared.ts"

const ACCOUNT: Address = `0x${"ab".repeat(20)}`
const OTHER: Address = `0x${"cd".repeat(20)}`

async function secureTrie(
  entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
): Promise<MerklePatriciaTrie> {
  const trie = await createMPT({
    db: new MapDB<string, Uint8Array>(),
    useKeyHashing: true,
    useKeyHashingFunction: keccak256,
    valueEncoding: ValueEncoding.Bytes,
  })
  for (const [key, value] of entries) await trie.put(key, value)
  return trie
}

/** Returns the bytes of a number without leading zeros, as storage tries hold it inside RLP. */
function minimal(value: bigint): Uint8Array {
  const digits = value.toString(16)
  return value === 0n ? new Uint8Array() : fromHex(`0x${digits.length % 2 === 0 ? digits : `0${digits}`}`)
}

interface Built {
  readonly root: `0x${string}`
  /** Trie nodes that prove the account, another one's absence, and all asked slots. */
  readonly nodes: readonly Uint8Array[]
}

/** Builds a state of one account with storage, and proofs for some of its slots by the library's own prover. */
async function build(storage: ReadonlyMap<bigint, bigint>, asked: readonly bigint[]): Promise<Built> {
  const slots = [...storage].map(
    ([slot, value]) => [fromHex(wordHex(slot)), RLP.encode(minimal(value))] as const,
  )
  const storageTrie = await secureTrie(slots)
  const account = RLP.encode([minimal(1n), minimal(0n), storageTrie.root(), fromHex(EMPTY_CODE_HASH)])
  const filler = RLP.encode([
    minimal(7n),
    minimal(9n),
    keccak256(Uint8Array.of(0x80)),
    fromHex(EMPTY_CODE_HASH),
  ])
  const stateTrie = await secureTrie([
    [fromHex(ACCOUNT), account],
    [fromHex(`0x${"11".repeat(20)}`), filler],
    [fromHex(`0x${"22".repeat(20)}`), filler],
  ])
  const proofs = [
    await createProof(stateTrie, fromHex(ACCOUNT)),
    await createProof(stateTrie, fromHex(OTHER)),
    ...(await Promise.all(asked.map(async (slot) => await createProof(storageTrie, fromHex(wordHex(slot)))))),
  ]
  return { root: toHex(stateTrie.root()), nodes: proofs.flat() }
}

async function createProof(trie: MerklePatriciaTrie, key: Uint8Array): Promise<Uint8Array[]> {
  const { stack } = await trie.findPath(keccak256(key))
  return stack.map((node) => node.serialize()).filter((bytes, i) => i === 0 || bytes.length >= 32)
}

describe("state proven by trie nodes", () => {
  it("reads values, absent slots and absent accounts of any storage", async () => {
    const slot = fc.bigInt(0n, 40n)
    const value = fc.oneof(fc.bigInt(1n, 300n), fc.bigInt(1n, (1n << 256n) - 1n))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(slot, value), { maxLength: 30 }), async (entries) => {
        const storage = new Map(entries)
        const asked = Array.from({ length: 45 }, (_, i) => BigInt(i))
        const { root, nodes } = await build(storage, asked)
        const state = openProvenState(root, nodes)
        for (const one of asked) expect(state.storage(ACCOUNT, one)).to.equal(storage.get(one) ?? 0n)
        expect(state.account(OTHER)).to.equal(undefined)
        expect(state.account(ACCOUNT)?.nonce).to.equal(1n)
        expect(state.storage(OTHER, 1n)).to.equal(0n)
      }),
      { numRuns: 40 },
    )
  })

  it("is refused with any node missing or changed", async () => {
    const asked = [0n, 3n, 5n, 17n, 18n, 900n]
    const storage = new Map([...asked.slice(0, 5), 30n, 31n, 32n].map((one) => [one, one + 1n]))
    const { root, nodes } = await build(storage, asked)
    const unique = [...new Map(nodes.map((node) => [toHex(node), node])).values()]
    const readAll = (some: readonly Uint8Array[]): void => {
      const state = openProvenState(root, some)
      for (const one of asked) state.storage(ACCOUNT, one)
      state.account(OTHER)
    }
    readAll(unique)
    for (const [i, node] of unique.entries()) {
      expectThrown(
        () => {
          readAll(unique.filter((_, j) => j !== i))
        },
        "mismatch",
        /does not prove/,
      )
      const changed = Uint8Array.from(node, (byte, at) => (at === node.length - 1 ? byte ^ 1 : byte))
      expectThrown(() => {
        readAll(unique.map((one, j) => (j === i ? changed : one)))
      }, "mismatch")
    }
  })

  it("follows nodes that are embedded in their parents", async () => {
    // Unhashed keys that share all but their last half byte, and values of one byte: no child reaches 32 bytes.
    const trie = await createMPT({ db: new MapDB<string, Uint8Array>(), valueEncoding: ValueEncoding.Bytes })
    const keys = [0x10, 0x11, 0x12, 0x1f].map((last) => Uint8Array.of(0xaa, 0xbb, last))
    for (const [i, key] of keys.entries()) await trie.put(key, Uint8Array.of(i + 1))
    const { stack } = await trie.findPath(keys[2] ?? new Uint8Array())
    const [top, ...inner] = stack.map((node) => node.serialize())
    expect(inner.some((node) => node.length < 32)).to.equal(true)
    const own = toHex(keccak256(top ?? new Uint8Array())).slice(2)
    const reader = openTrie(new Map([[own, top ?? new Uint8Array()]]))
    const get = (key: Uint8Array): Uint8Array | undefined => reader.get(trie.root(), pathOf(key))
    for (const [i, key] of keys.entries()) expect(get(key)).to.deep.equal(Uint8Array.of(i + 1))
    for (const absent of [
      [0xaa, 0xbb, 0x13],
      [0xaa, 0xbc, 0x10],
      [0xaa, 0xbb],
      [0xaa, 0xbb, 0x10, 0],
    ])
      expect(get(Uint8Array.from(absent))).to.equal(undefined)
  })

  it("agrees with @ethereumjs/mpt about any keys, of any length, present or not", async () => {
    const key = fc.uint8Array({ minLength: 1, maxLength: 4, max: 20 })
    const entries = fc.array(fc.tuple(key, fc.uint8Array({ minLength: 1, maxLength: 40 })), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(entries, fc.array(key), async (pairs, others) => {
        const db = new MapDB<string, Uint8Array>()
        const trie = await createMPT({ db, valueEncoding: ValueEncoding.Bytes })
        for (const [one, value] of pairs) await trie.put(one, value)
        const reader = openTrie(db._database)
        for (const one of [...pairs.map(([present]) => present), ...others]) {
          const value = (await trie.get(one, true)) ?? undefined
          expect(reader.get(trie.root(), pathOf(one))).to.deep.equal(value)
        }
      }),
      { numRuns: 200 },
    )
  })

  it("refuses nodes that no trie has", () => {
    const hash = Uint8Array.from(keccak256(Uint8Array.of(1)))
    const name = toHex(hash).slice(2)
    const empty = new Uint8Array()
    const link = Uint8Array.of(1, 2, 3)
    for (const [node, words] of [
      [empty, /is no list/],
      [[], /neither branch, leaf nor extension/],
      [[empty, empty], /neither branch, leaf nor extension/],
      [[[empty], empty], /neither branch, leaf nor extension/],
      [[Uint8Array.of(0x41), empty], /path is malformed/],
      [[Uint8Array.of(0x01), hash], /path is malformed/],
      [[Uint8Array.of(0x00), link], /neither a hash nor a node/],
      [Array.from({ length: 17 }, () => link), /neither a hash nor a node/],
      [[Uint8Array.of(0x20), [empty]], /value in a node is a list/],
    ] as const) {
      const reader = openTrie(new Map([[name, RLP.encode(node as Parameters<typeof RLP.encode>[0])]]))
      const path = words.source.includes("value") ? new Uint8Array() : pathOf(Uint8Array.of(0x55))
      expectThrown(() => reader.get(hash, path), "mismatch", words)
    }
  })

  it("is empty for the storage root of an empty trie", async () => {
    const { root, nodes } = await build(new Map(), [])
    expect(openProvenState(root, nodes).storage(ACCOUNT, 5n)).to.equal(0n)
  })

  const vectors = sharedData("session/proof-vectors.json")
  if (vectors !== undefined) {
    it("holds for answers of eth_getProof about the real staking contract", async () => {
      const { block, proof } = JSON.parse(await readFile(vectors, "utf8")) as {
        block: Record<string, string>
        proof: {
          address: string
          accountProof: string[]
          codeHash: string
          storageProof: { key: string; value: string; proof: string[] }[]
        }
      }
      const header = verifyHeader(block, block["hash"] ?? "")
      expect(header.rule).to.equal("ethereum")
      const address = proof.address as Address
      const texts = [...proof.accountProof, ...proof.storageProof.flatMap((one) => one.proof)]
      const state = openProvenState(
        header.stateRoot,
        texts.map((text) => fromHex(text)),
      )
      expect(state.account(address)?.codeHash).to.equal(proof.codeHash)
      for (const { key, value } of proof.storageProof) {
        expect(state.storage(address, BigInt(key))).to.equal(BigInt(value))
      }
      expect(proof.storageProof.some(({ value }) => value === "0x0")).to.equal(true)
    })
  }
})
