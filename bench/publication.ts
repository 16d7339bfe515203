/**
 * `bench publication`: a list of a million published as shards, archived and verified, and a smaller one with a
 * claim file for each address. Measured from the list in memory to the last byte on the disk of this machine.
 */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Command } from "commander"
import { AirdropError } from "../scripts/core/primitives/error.ts"
import { wholeNumber } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import type { PublicationFigures } from "./publication/measure.ts"
import { keepFigures, machine, measureApart, recordOf } from "./support.ts"
import { filesPerSecond, keccaksPerSecond } from "./yardstick.ts"

interface PublicationOptions {
  readonly leaves: number
  readonly claims: number
  readonly record?: boolean
}

/** The object that `--json` prints. */
export interface BenchFigures {
  /** A list with all proofs in shards. */
  readonly shards: PublicationFigures
  /** A list with a file for every address. */
  readonly claims: PublicationFigures
  readonly claimFilesPerSecond: number
  /** Keccaks a second on one thread, and plain writes of small files a second: what the limits are held against. */
  readonly keccaksPerSecond: number
  readonly plainFilesPerSecond: number
  readonly machine: string
}

/**
 * The most time for a million leaves, in that of a million Keccaks on the same machine in the same run, and the least
 * number of claim files written for each plain write.
 */
const LIMITS = { publishSeconds: 30, carSeconds: 80, verifySeconds: 45, filesRatio: 0.5 } as const

/** Defines the command: it measures, prints a table, writes the record with --record, and fails beyond the limits. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--leaves <number>", "how many leaves in shards", wholeNumber, 1_000_000)
    .option("--claims <number>", "how many claims as files of their own", wholeNumber, 100_000)
    .option(
      "--record",
      "keep the figures in bench/publication.json and .txt, with another number of leaves in publication-NUMBER",
    )
    .action(async ({ leaves, claims, record }: PublicationOptions) => {
      const output = out()
      output.progress("measured", 0, 2)
      const where = machine()
      const shards = await measure(leaves, "shards")
      output.progress("measured", 1, 2)
      const files = await measure(claims, "claims")
      output.progress("measured", 2, 2)
      const figures: BenchFigures = {
        shards,
        claims: files,
        claimFilesPerSecond: files.files / files.publishSeconds,
        keccaksPerSecond: keccaksPerSecond(),
        plainFilesPerSecond: await filesPerSecond(),
        machine: where,
      }
      const table = tableOf(figures)
      if (record === true) await keepFigures(recordOf("publication", leaves), figures, table)
      printText(output, table)
      output.json(figures)
      refuseSlow(figures)
    })
}

async function measure(leaves: number, layout: "claims" | "shards"): Promise<PublicationFigures> {
  const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
  try {
    return await measureApart("publication/measure.ts", [leaves, folder, layout])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function tableOf({ shards, claims, machine, ...rates }: BenchFigures): string {
  const seconds = (value: number): string => `${value.toFixed(2)} s`
  const count = (value: number): string => Math.round(value).toLocaleString("en")
  const rows = [
    ["", "shards", "a file each"],
    ["leaves", count(shards.leaves), count(claims.leaves)],
    ["files", count(shards.files), count(claims.files)],
    ["tree and folder", seconds(shards.publishSeconds), seconds(claims.publishSeconds)],
    ["archive (CAR)", seconds(shards.carSeconds), seconds(claims.carSeconds)],
    ["its size", `${count(shards.carMB)} MB`, `${count(claims.carMB)} MB`],
    ["all proofs verified", seconds(shards.verifySeconds), seconds(claims.verifySeconds)],
    ["memory at most", `${count(shards.rssMB)} MB`, `${count(claims.rssMB)} MB`],
    ["files a second", "", count(rates.claimFilesPerSecond)],
    ["plain writes a second", "", count(rates.plainFilesPerSecond)],
    ["Keccaks a second", count(rates.keccaksPerSecond), ""],
  ]
  const lines = rows.map(([name = "", a = "", b = ""]) =>
    `${name.padEnd(22)}${a.padStart(12)}${b.padStart(14)}`.trimEnd(),
  )
  return [...lines, `\n${machine}`].join("\n")
}

function refuseSlow(figures: BenchFigures): void {
  const { shards } = figures
  const millions = (seconds: number): number => (seconds * figures.keccaksPerSecond) / 1e6
  const filesRatio = figures.claimFilesPerSecond / figures.plainFilesPerSecond
  const faults = [
    ...(["publishSeconds", "carSeconds", "verifySeconds"] as const)
      .filter((name) => shards.leaves === 1_000_000 && millions(shards[name]) > LIMITS[name])
      .map(
        (name) =>
          `${name} is the time of ${millions(shards[name]).toFixed(1)} million Keccaks, the limit ${LIMITS[name]}`,
      ),
    ...(filesRatio < LIMITS.filesRatio
      ? [
          `${filesRatio.toFixed(2)} claim files for each plain write, at least ${LIMITS.filesRatio} are promised`,
        ]
      : []),
  ]
  if (faults.length > 0)
    throw new AirdropError(`below what is promised: ${faults.join("; ")}`, { code: "mismatch" })
}
