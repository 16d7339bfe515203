/**
 * `bench scale`: what a list of a hundred million would take. Sizes follow from the formats. Times and memory are those
 * of the records of ten million (`bench tree`, `bench publication`), in proportion to the number of leaves. docs/scale.md
 * explains the table.
 */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import { z } from "zod"
import { levelOf, MOST_LEAVES } from "../scripts/core/merkle/position.ts"
import { nodeBytes } from "../scripts/core/merkle/tree.ts"
import { prefixLengthOf } from "../scripts/core/publication/shard-layout.ts"
import { between } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { keepFigures } from "./support.ts"

/** The list of the records. */
const RECORDED = 10_000_000
/** Bytes of a row of a list in memory: account and amount as words of 20 and 32 bytes. */
const ROW_BYTES = 52
/** Bytes of a row in one file of all rows: an account, and an amount of 96 bits as in a packed entry. */
const PACKED_BYTES = 32
/** Rows of a block of that file, as many as a shard usually has. */
const BLOCK_ROWS = 256
const NODE_BYTES = 32
/** Bytes of a block's entry in the index: as many digits of its first address as tell it from its neighbours. */
const INDEX_BYTES = 8
/** The most entries that a JavaScript Map or Set holds in V8. */
const MOST_IN_SET = 2 ** 24

const treeRecord = z.object({ seconds: z.number(), rssMB: z.number(), proofsSeconds: z.number() })
const publicationRecord = z.object({
  shards: z.object({
    publishSeconds: z.number(),
    verifySeconds: z.number(),
    carMB: z.number(),
    rssMB: z.number(),
  }),
})
const allocationRecord = z.object({ participants: z.number(), seconds: z.number(), megabytes: z.number() })
const gasRecord = z.object({ typicalClaim: z.number(), byProofLength: z.array(z.number()) })

/** The object that `--json` prints. Bytes, seconds and gas. */
export interface ScaleFigures {
  readonly leaves: number
  readonly proofLevels: number
  readonly typicalClaimGas: number
  readonly listBytes: number
  readonly nodeBytes: number
  readonly treeSeconds: number
  readonly allProofsSeconds: number
  readonly allocateSeconds: number
  readonly allocateBytes: number
  readonly shardFiles: number
  readonly archiveBytes: number
  readonly publishSeconds: number
  readonly verifySeconds: number
  readonly oneFileBytes: number
  readonly oneFileBlockBytes: number
  readonly oneFileIndexBytes: number
  readonly mostLeaves: number
  readonly mostListed: number
}

/** Defines the command: it computes, prints a table, and writes the record with --record. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--leaves <number>", "how many leaves", between(2, MOST_LEAVES), 100_000_000)
    .option("--record", "keep the figures in bench/scale.json and .txt")
    .action(async ({ leaves, record }: { readonly leaves: number; readonly record?: true }) => {
      const figures = [await figuresOf(RECORDED), await figuresOf(leaves)] as const
      const table = tableOf(figures)
      if (record === true) await keepFigures("scale", figures[1], table)
      printText(out(), table)
      out().json(figures[1])
    })
}

async function figuresOf(leaves: number): Promise<ScaleFigures> {
  const tree = await read(`tree-${RECORDED}`, treeRecord)
  const { shards } = await read(`publication-${RECORDED}`, publicationRecord)
  const allocation = await read("allocate", allocationRecord)
  const gas = await read("gas", gasRecord)
  const times = leaves / RECORDED
  const people = leaves / allocation.participants
  const proofLevels = levelOf(2 * leaves - 2)
  const blocks = Math.ceil(leaves / BLOCK_ROWS)
  return {
    leaves,
    proofLevels,
    typicalClaimGas: Math.round(gas.typicalClaim + (proofLevels - 10) * gasOfLevel(gas.byProofLength)),
    listBytes: ROW_BYTES * leaves,
    nodeBytes: nodeBytes(leaves),
    treeSeconds: tree.seconds * times,
    allProofsSeconds: tree.proofsSeconds * times,
    allocateSeconds: allocation.seconds * people,
    allocateBytes: allocation.megabytes * 1e6 * people,
    shardFiles: 16 ** prefixLengthOf(leaves),
    archiveBytes: shards.carMB * 2 ** 20 * times,
    publishSeconds: shards.publishSeconds * times,
    verifySeconds: shards.verifySeconds * times,
    oneFileBytes: blocks * blockBytes(proofLevels),
    oneFileBlockBytes: blockBytes(proofLevels),
    oneFileIndexBytes: blocks * INDEX_BYTES,
    mostLeaves: MOST_LEAVES,
    mostListed: MOST_IN_SET,
  }
}

/** Returns the bytes of a block: its rows, and the siblings above it on both of its edges at most. */
function blockBytes(proofLevels: number): number {
  return PACKED_BYTES * BLOCK_ROWS + 2 * NODE_BYTES * proofLevels
}

function gasOfLevel(byLength: readonly number[]): number {
  return ((byLength.at(-1) ?? 0) - (byLength[0] ?? 0)) / (byLength.length - 1)
}

async function read<Shape>(name: string, shape: z.ZodType<Shape>): Promise<Shape> {
  return shape.parse(JSON.parse(await readFile(join(import.meta.dirname, `${name}.json`), "utf8")))
}

function tableOf(both: readonly [ScaleFigures, ScaleFigures]): string {
  const count = (value: number): string => Math.round(value).toLocaleString("en")
  const bytes = (value: number): string =>
    value >= 1e9
      ? `${(value / 1e9).toFixed(1)} GB`
      : value >= 1e6
        ? `${(value / 1e6).toFixed(1)} MB`
        : `${(value / 1e3).toFixed(1)} kB`
  const minutes = (seconds: number): string => `${(seconds / 60).toFixed(1)} min`
  const rows: readonly (readonly [string, (figures: ScaleFigures) => string])[] = [
    ["leaves", ({ leaves }) => count(leaves)],
    ["proof, levels", ({ proofLevels }) => count(proofLevels)],
    ["typical claim, gas", ({ typicalClaimGas }) => count(typicalClaimGas)],
    ["list in memory", ({ listBytes }) => bytes(listBytes)],
    ["nodes of the tree in memory", (figures) => bytes(figures.nodeBytes)],
    ["rows to root", ({ treeSeconds }) => minutes(treeSeconds)],
    ["all proofs", ({ allProofsSeconds }) => minutes(allProofsSeconds)],
    ["allocate", ({ allocateSeconds }) => minutes(allocateSeconds)],
    ["allocate, memory", ({ allocateBytes }) => bytes(allocateBytes)],
    ["shards, files", ({ shardFiles }) => count(shardFiles)],
    ["shards, archive", ({ archiveBytes }) => bytes(archiveBytes)],
    ["tree and shards written", ({ publishSeconds }) => minutes(publishSeconds)],
    ["shards verified", ({ verifySeconds }) => minutes(verifySeconds)],
    ["one file of all rows", ({ oneFileBytes }) => bytes(oneFileBytes)],
    ["one block of it", ({ oneFileBlockBytes }) => bytes(oneFileBlockBytes)],
    ["index of its blocks", ({ oneFileIndexBytes }) => bytes(oneFileIndexBytes)],
  ]
  const lines = rows.map(
    ([name, text]) => `${name.padEnd(29)}${text(both[0]).padStart(14)}${text(both[1]).padStart(16)}`,
  )
  const limits = [
    `a Map or a Set holds ${count(both[1].mostListed)} entries, a tree ${count(both[1].mostLeaves)} leaves`,
  ]
  return [...lines, "", ...limits].join("\n")
}
