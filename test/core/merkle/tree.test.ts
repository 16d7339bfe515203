import { gunzipSync } from "node:zlib"
import { readFileSync } from "node:fs"
import { StandardMerkleTree } from "@openzeppelin/merkle-tree"
import { getProof, makeMerkleTree } from "@openzeppelin/merkle-tree/dist/core.js"
import { standardNodeHash } from "@openzeppelin/merkle-tree/dist/hashes.js"
import { expect } from "chai"
import { AbiCoder, keccak256 as ethersKeccak } from "ethers"
import fc from "fast-check"
import { InvariantError } from "../../../scripts/core/primitives/error.ts"
import { fromHex, toHex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "../../../scripts/core/primitives/keccak.ts"
import { automaticLeaf, LEAF_ENCODING, reserveLeaf } from "../../../scripts/core/merkle/leaf.ts"
import { createList, listOf, setRow } from "../../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../../scripts/core/merkle/tree.ts"
import { foldProof, verifyProof } from "../../../scripts/core/merkle/proof.ts"
import { checkTree, proofTexts } from "../../../scripts/core/merkle/all-proofs.ts"
import { buildTree, treeOf } from "../../../scripts/core/merkle/tree.ts"
import { rowOf } from "../../../bench/tree/rows.ts"
import { sharedData } from "../../support/shared.ts"
import { expectThrown } from "../../support/errors.ts"

function rows(count: number): { account: `0x${string}`; amount: bigint }[] {
  return Array.from({ length: count }, (_, i) => {
    const { account, amount } = rowOf(i, count)
    return { account: account as `0x${string}`, amount }
  })
}

function libraryTree(count: number): StandardMerkleTree<string[]> {
  const values = rows(count).map(({ account, amount }, i) => [i.toString(), account, amount.toString()])
  return StandardMerkleTree.of(values, [...LEAF_ENCODING.automatic], { sortLeaves: false })
}

/**
 * Returns the library's hash of two nodes, with each pair hashed once. Trees of neighbouring sizes share most pairs.
 */
function rememberedHash(): typeof standardNodeHash {
  const known = new Map<string, ReturnType<typeof standardNodeHash>>()
  return (a, b) => {
    const pair = `${a.toString()}${b.toString()}`
    let hash = known.get(pair)
    if (hash === undefined) {
      hash = standardNodeHash(a, b)
      known.set(pair, hash)
    }
    return hash
  }
}

describe("Keccak-256", () => {
  it("equals ethers' for every length around the block size", () => {
    for (let length = 0; length < 300; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256)
      expect(toHex(keccak256(bytes))).to.equal(ethersKeccak(bytes))
    }
  })
})

describe("A leaf", () => {
  const account = fc.bigInt(0n, (1n << 160n) - 1n).map((value) => `0x${value.toString(16).padStart(40, "0")}`)
  const amount = fc.bigInt(0n, (1n << 256n) - 1n)
  const coder = AbiCoder.defaultAbiCoder()

  it("equals the contract's leaf for any values", () => {
    fc.assert(
      fc.property(fc.nat(), account, amount, (index, who, value) => {
        const automatic = coder.encode([...LEAF_ENCODING.automatic], [index, who, value])
        expect(toHex(automaticLeaf(index, who, value))).to.equal(ethersKeccak(ethersKeccak(automatic)))
        const reserve = coder.encode([...LEAF_ENCODING.reserve], [who, value])
        expect(toHex(reserveLeaf(who, value))).to.equal(ethersKeccak(ethersKeccak(reserve)))
      }),
    )
  })

  it("refuses amounts and accounts that do not fit their Solidity types", () => {
    expectThrown(() => automaticLeaf(0, `0x${"11".repeat(20)}`, 1n << 256n), "invalid-value")
    expectThrown(() => automaticLeaf(0, `0x${"11".repeat(20)}`, -1n), "invalid-value")
    expectThrown(() => reserveLeaf(`0x${"11".repeat(21)}`, 1n), "invalid-value")
  })
})

describe("A tree", () => {
  it("has OpenZeppelin's root and proofs for every number of leaves from 1 to 2,000", () => {
    const leaves = rows(2000).map(({ account, amount }, i) => automaticLeaf(i, account, amount))
    const texts = leaves.map(toHex)
    const nodeHash = rememberedHash()
    for (let count = 1; count <= 2000; count++) {
      const tree = buildTree(leaves.slice(0, count))
      const library = makeMerkleTree(texts.slice(0, count), nodeHash)
      expect(toHex(tree.root)).to.equal(library[0])
      for (const index of new Set([0, count >> 1, count - 1])) {
        expect(tree.proof(index).map(toHex)).to.deep.equal(getProof(library, 2 * count - 2 - index))
      }
    }
  }).timeout(600_000)

  it("has every proof of OpenZeppelin's standard tree, leaves and all", () => {
    for (const count of [1, 2, 3, 7, 8, 9, 100, 255, 256, 257]) {
      const library = libraryTree(count)
      const tree = treeOfList(listOf("automatic", rows(count)))
      expect(toHex(tree.root)).to.equal(library.root)
      const proofOf = proofTexts(tree)
      for (let index = 0; index < count; index++) {
        expect(proofOf(index)).to.deep.equal(library.getProof(index))
        expect(tree.proof(index).map(toHex)).to.deep.equal(library.getProof(index))
      }
    }
  })

  it("has OpenZeppelin's root for a list of the size of Uniswap's, and for Uniswap's own 252,803", () => {
    // The root that the library computed, which takes it half a minute.
    const UNISWAP = "0xe748295ecf798a9d338b05dd74f64afe3d36fe7243d46e56f2001ad05ac63359"
    const path = sharedData("lists/uniswap-2020.csv.gz")
    if (path !== undefined) {
      const [, ...lines] = gunzipSync(readFileSync(path)).toString().trimEnd().split("\n")
      const entries = lines
        .map((line) => line.split(","))
        .map(([account = "", amount = ""]) => ({ account: account.toLowerCase(), amount }))
      entries.sort((a, b) => (a.account < b.account ? -1 : 1))
      const list = createList("automatic", entries.length)
      for (const [row, { account, amount }] of entries.entries()) setRow(list, row, account, BigInt(amount))
      expect(entries.length).to.equal(252_803)
      expect(toHex(treeOfList(list).root)).to.equal(UNISWAP)
    }
    const count = 3000
    expect(toHex(treeOfList(listOf("automatic", rows(count))).root)).to.equal(libraryTree(count).root)
  })

  it("cannot be built from an empty list", () => {
    expectThrown(() => buildTree([]), "invalid-value")
    expectThrown(() => treeOfList(listOf("automatic", [])), "invalid-value")
  })

  it("refuses to give a proof when one of its nodes is damaged", () => {
    const nodes = Uint8Array.from(treeOfList(listOf("automatic", rows(50))).nodes)
    checkTree(treeOf(nodes))
    nodes[32 * 7] = (nodes[32 * 7] ?? 0) ^ 1
    expect(() => proofTexts(treeOf(nodes))).to.throw(InvariantError)
    expect(() => treeOf(nodes).proof(26)).to.throw(InvariantError)
  })
})

describe("A proof", () => {
  const tree = treeOfList(listOf("automatic", rows(77)))

  it("verifies for its own leaf alone", () => {
    for (let index = 0; index < 77; index++) {
      expect(verifyProof(tree.root, tree.leaf(index), tree.proof(index))).to.equal(true)
      expect(verifyProof(tree.root, tree.leaf((index + 1) % 77), tree.proof(index))).to.equal(false)
    }
  })

  it("fails with a sibling more, less or changed", () => {
    const proof = tree.proof(5)
    const leaf = tree.leaf(5)
    expect(verifyProof(tree.root, leaf, proof.slice(1))).to.equal(false)
    expect(verifyProof(tree.root, leaf, [...proof, tree.root])).to.equal(false)
    const changed = proof.map((node, i) => (i === 2 ? node.map((byte) => byte ^ 1) : node))
    expect(verifyProof(tree.root, leaf, changed)).to.equal(false)
  })

  it("of an inner node is not a leaf's: leaves are hashed twice", () => {
    const inner = tree.node(3)
    const path = [tree.node(4), tree.node(2)]
    expect(toHex(foldProof(inner, path))).to.equal(toHex(tree.root))
    expect(toHex(keccak256(fromHex(toHex(inner))))).to.not.equal(toHex(inner))
  })
})

describe("A list", () => {
  const account = (digit: string): `0x${string}` => `0x${digit.repeat(40)}`

  it("takes accounts in strictly ascending order only", () => {
    const two = (first: string, second: string): (() => unknown) => {
      return () =>
        listOf("automatic", [
          { account: account(first), amount: 1n },
          { account: account(second), amount: 1n },
        ])
    }
    expect(two("1", "2")).to.not.throw()
    expectThrown(two("2", "1"), "inconsistent")
    expectThrown(two("2", "2"), "inconsistent")
  })
})
