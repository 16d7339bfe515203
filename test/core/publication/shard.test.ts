import { expect } from "chai"
import fc from "fast-check"
import type { Address } from "../../../scripts/core/primitives/address.ts"

import { fromHex, toHex } from "../../../scripts/core/primitives/bytes.ts"
import { automaticLeaf } from "../../../scripts/core/merkle/leaf.ts"
import { type LeafList, listOf, type ListRow } from "../../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../../scripts/core/merkle/tree.ts"
import { verifyProof } from "../../../scripts/core/merkle/proof.ts"
import { parseLayout, planShards, shardPrefix } from "../../../scripts/core/publication/shard-layout.ts"
import {
  formatShard,
  lookUp,
  makeShard,
  parseShard,
  type Shard,
} from "../../../scripts/core/publication/shard.ts"
import type { MerkleTree } from "../../../scripts/core/merkle/tree.ts"
import { expectThrown } from "../../support/errors.ts"

interface Published {
  readonly list: LeafList
  readonly tree: MerkleTree
  readonly shardOf: (account: Address) => Shard
  readonly shards: readonly Shard[]
}

function publish(rows: readonly ListRow[]): Published {
  const list = listOf("automatic", rows)
  const tree = treeOfList(list)
  const { layout, shards: plan } = planShards(list)
  const shards = plan.map((shard) =>
    parseShard(JSON.parse(formatShard(makeShard(list, tree, shard))), "shard"),
  )
  const byPrefix = new Map(shards.map((shard) => [shard.prefix, shard]))
  const shardOf = (account: Address): Shard => {
    const shard = byPrefix.get(shardPrefix(layout, account))
    if (shard === undefined) throw new Error(`no shard for ${account}`)
    return shard
  }
  return { list, tree, shards, shardOf }
}

function address(value: bigint): Address {
  return `0x${value.toString(16).padStart(40, "0")}`
}

function rowsOf(values: readonly bigint[]): ListRow[] {
  return values.map((value, i) => ({ account: address(value), amount: BigInt(i) + 1n }))
}

/** Addresses spread evenly over the whole space. */
function spread(count: number): ListRow[] {
  const step = (1n << 160n) / BigInt(count)
  return rowsOf(Array.from({ length: count }, (_, i) => BigInt(i) * step + 5n))
}

/** Addresses next to each other, which share all but their last digits. */
function clustered(count: number): ListRow[] {
  return rowsOf(Array.from({ length: count }, (_, i) => (1n << 100n) + BigInt(2 * i)))
}

describe("A shard", () => {
  for (const [name, rows] of [
    ["one address", spread(1)],
    ["3 addresses", spread(3)],
    ["1,000 addresses", spread(1000)],
    ["5,000 addresses far apart", spread(5000)],
    ["5,000 addresses close together", clustered(5000)],
  ] as const) {
    it(`proves every row of a list of ${name}`, () => {
      const { list, tree, shardOf } = publish(rows)
      const trusted = { tranche: "automatic", root: toHex(tree.root), leafCount: list.count } as const
      const step = Math.max(1, Math.floor(rows.length / 200))
      for (let i = 0; i < rows.length; i += step) {
        const row = rows[i]
        if (row === undefined) continue
        const answer = lookUp(shardOf(row.account), trusted, row.account)
        if (!answer.found) throw new Error(`${row.account} is not found`)
        expect(answer.index).to.equal(i)
        expect(answer.amount).to.equal(row.amount)
        expect(answer.proof).to.deep.equal(tree.proof(i).map(toHex))
        const leaf = automaticLeaf(i, row.account, answer.amount)
        expect(
          verifyProof(
            tree.root,
            leaf,
            answer.proof.map((hash) => fromHex(hash)),
          ),
        ).to.equal(true)
      }
    })
  }

  it("proves by two neighbours that an address is not on the list, at every position", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.bigInt(0n, (1n << 160n) - 1n), { minLength: 1, maxLength: 60 }),
        fc.bigInt(0n, (1n << 160n) - 1n),
        (values, wanted) => {
          const sorted = values.filter((value) => value !== wanted).sort((a, b) => (a < b ? -1 : 1))
          if (sorted.length === 0) return
          const rows = rowsOf(sorted)
          const { list, tree, shardOf } = publish(rows)
          const trusted = { tranche: "automatic", root: toHex(tree.root), leafCount: list.count } as const
          const answer = lookUp(shardOf(address(wanted)), trusted, address(wanted))
          if (answer.found) throw new Error("found what is not there")
          const at = sorted.filter((value) => value < wanted).length
          expect(answer.below).to.deep.equal(rows[at - 1])
          expect(answer.above).to.deep.equal(rows[at])
        },
      ),
      { numRuns: 60 },
    )
  })

  it("stays below 32 KB, with many rows, large amounts and addresses that share their first digits", () => {
    for (const rows of [spread(20_000), clustered(20_000)]) {
      const { shards } = publish(rows.map((row) => ({ ...row, amount: 10n ** 27n + row.amount })))
      expect(Math.max(...shards.map((shard) => formatShard(shard).length))).to.be.below(32 * 1024)
    }
  })

  describe("is refused", () => {
    const { list, tree, shards } = publish(spread(40))
    const trusted = { tranche: "automatic", root: toHex(tree.root), leafCount: list.count } as const
    const good = shards[7]
    if (good === undefined) throw new Error("no shard")
    const wanted: Address = `0x7${"0".repeat(39)}`
    const [run] = good.ranges
    if (run === undefined) throw new Error("no run")

    const damages: Readonly<Record<string, Shard>> = {
      "of another root": { ...good, root: `0x${"11".repeat(32)}` },
      "of another number of leaves": { ...good, leafCount: 41 },
      "of the other tranche": { ...good, tranche: "reserve" },
      "with another amount": {
        ...good,
        ranges: [{ ...run, entries: run.entries.map((row, i) => (i === 1 ? { ...row, amount: 9n } : row)) }],
      },
      "that leaves its first row out": {
        ...good,
        ranges: [{ ...run, start: run.start + 1, entries: run.entries.slice(1) }],
      },
      "that leaves a row out in the middle": {
        ...good,
        ranges: [{ ...run, entries: run.entries.filter((_, i) => i !== 1) }],
      },
      "with two rows swapped": { ...good, ranges: [{ ...run, entries: [...run.entries].reverse() }] },
      "with a sibling too few": { ...good, ranges: [{ ...run, proof: run.proof.slice(1) }] },
      "with a sibling too many": { ...good, ranges: [{ ...run, proof: [...run.proof, good.root] }] },
      "that answers for another prefix": { ...good, prefix: "8" },
      "without rows": { ...good, ranges: [] },
    }
    for (const [name, shard] of Object.entries(damages)) {
      it(name, () => {
        expectThrown(() => lookUp(shard, trusted, wanted), "mismatch")
      })
    }

    it("but not when it is in order", () => {
      expect(lookUp(good, trusted, wanted).found).to.equal(false)
    })
  })

  describe("is refused even with true rows and true proofs", () => {
    const { list, tree } = publish(spread(400))
    const trusted = { tranche: "automatic", root: toHex(tree.root), leafCount: list.count } as const
    const plan = planShards(list).shards[7]
    if (plan === undefined) throw new Error("no shard")
    const wanted: Address = `0x7${"0".repeat(39)}`

    it("when its last rows are left out", () => {
      const part = makeShard(list, tree, { ...plan, to: plan.to - 2 })
      expectThrown(() => lookUp(part, trusted, wanted), "mismatch")
    })

    it("when its first rows are left out", () => {
      const part = makeShard(list, tree, { ...plan, from: plan.from + 2 })
      expectThrown(() => lookUp(part, trusted, wanted), "mismatch")
    })

    it("when rows in the middle are left out, in two runs that are each in order", () => {
      const middle = plan.from + 9
      const [first] = makeShard(list, tree, { ...plan, to: middle - 3 }).ranges
      const [second] = makeShard(list, tree, { ...plan, from: middle + 3 }).ranges
      if (first === undefined || second === undefined) throw new Error("no runs")
      const whole = makeShard(list, tree, plan)
      expectThrown(() => lookUp({ ...whole, ranges: [first, second] }, trusted, wanted), "mismatch")
    })
  })
})

describe("The layout of shards", () => {
  it("reads back as it was planned, of lists far apart and close together", () => {
    for (const rows of [spread(1), spread(5000), clustered(5000)]) {
      const { layout } = planShards(listOf("automatic", rows))
      expect(parseLayout(layout, "shards")).to.deep.equal(layout)
    }
  })

  it("from anywhere names one shard for each address, or is refused", () => {
    const all = Array.from({ length: 40 }, (_, i) => "a".repeat(i + 1))
    const wrong: readonly (readonly [prefixLength: unknown, splitPrefixes: unknown, named: string])[] = [
      [0, [], "shards.prefixLength is 0, not from 1 to 8"],
      [9, [], "shards.prefixLength is 9"],
      [1, all, `"${"a".repeat(40)}" is not 1 to 39 digits`],
      [3, ["aa"], '"aa" is not 3 to 39 digits'],
      [1, ["g"], '"g" is not'],
      [1, [""], '"" is not'],
      [1, ["A"], '"A" is not'],
      [1, ["b", "a"], '"a" does not come after "b"'],
      [1, ["a", "a"], '"a" does not come after "a"'],
      [1, ["aa"], '"aa" is there, but not "a"'],
      [1, "a", "shards.splitPrefixes is not an array"],
      [1, [1], "shards.splitPrefixes is not a text"],
    ]
    for (const [prefixLength, splitPrefixes, named] of wrong)
      expectThrown(
        () => parseLayout({ prefixLength, splitPrefixes }, "shards"),
        named.startsWith("shards.splitPrefixes") ? "file-format" : "invalid-value",
        named,
      )
    const deepest = parseLayout({ prefixLength: 1, splitPrefixes: all.slice(0, 39) }, "shards")
    expect(shardPrefix(deepest, `0x${"a".repeat(40)}`)).to.equal("a".repeat(40))
    expect(shardPrefix(deepest, `0x${"a".repeat(39)}b`)).to.equal(`${"a".repeat(39)}b`)
    expect(shardPrefix(deepest, `0xab${"a".repeat(38)}`)).to.equal("ab")
  })
})
