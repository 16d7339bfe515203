/**
 * `bench lists`: lists that were really paid (Uniswap 2020, Safe 2022) through allocate, build, verify and the
 * independent verifier, each as a process of its own, as a user would run them.
 */
import { execFile } from "node:child_process"
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import type { Command } from "commander"
import { allocate } from "../scripts/core/allocation/allocate.ts"
import { formatAmount } from "../scripts/core/primitives/amount.ts"
import { AirdropError, invariant } from "../scripts/core/primitives/error.ts"
import { loadInputs } from "../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../scripts/stages/program/load-program.ts"
import { writeFileAtomic } from "../scripts/io/disk/atomic-write.ts"
import type { Output } from "../scripts/io/terminal/output.ts"
import { PROJECT_ROOT, runNode, type RunResult } from "../scripts/io/project/processes.ts"
import { machine } from "./support.ts"

interface Options {
  readonly lists: string
  readonly record?: true
}

/** A list as published, with the names of its columns. */
export interface RealList {
  readonly name: string
  readonly file: string
  readonly symbol: string
  readonly token: string
  readonly account: string
  readonly ignore: readonly string[]
}

/** The seconds of one list. */
interface Figures {
  readonly list: string
  readonly leaves: number
  readonly total: string
  /** Addresses that cannot have a key. The program excludes them by name. */
  readonly excluded: readonly string[]
  readonly root: string
  readonly allocate: number
  readonly build: number
  readonly verify: number
  /** The Python verifier; null if there is no Python. */
  readonly python: number | null
}

const DECIMALS = 18
export const LISTS: readonly RealList[] = [
  {
    name: "safe-2022",
    file: "safe-2022.csv.gz",
    symbol: "SAFE",
    token: "0x5aFE3855358E112B5647B952709E6165e1c1eEEe",
    account: "owner",
    ignore: ["startDate"],
  },
  {
    name: "uniswap-2020",
    file: "uniswap-2020.csv.gz",
    symbol: "UNI",
    token: "0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984",
    account: "account",
    ignore: [],
  },
]

export function define(command: Command, out: () => Output): void {
  command
    .option("--lists <folder>", "where the lists are", join(PROJECT_ROOT, "..", "shared", "data", "lists"))
    .option("--record", "keep the figures in bench/lists.json")
    .action(async (options: Options) => {
      const output = out()
      const scratch = await mkdtemp(join(tmpdir(), "airdrop-lists-"))
      try {
        const figures: Figures[] = []
        for (const list of LISTS) figures.push(await measure(list, options, scratch, output))
        if (options.record === true) {
          const text = `${JSON.stringify({ machine: machine(), lists: figures }, undefined, 2)}\n`
          await writeFileAtomic(join(PROJECT_ROOT, "bench", "lists.json"), text)
        }
        output.json({ machine: machine(), lists: figures })
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
    })
}

async function measure(list: RealList, options: Options, scratch: string, out: Output): Promise<Figures> {
  const folder = join(scratch, list.name)
  await mkdir(folder)
  const source = join(resolve(options.lists), list.file)
  await copyFile(source, join(folder, "list.csv.gz")).catch((cause: unknown) => {
    throw new AirdropError(`${source} cannot be read`, {
      code: "file-missing",
      cause,
      hint: "Name the folder of the lists with --lists FOLDER.",
    })
  })
  const found = await prepare(folder, list)
  out.line(`${list.name}: ${found.excluded.length} addresses without a possible key are excluded by name`)
  const verb = async (...args: string[]): Promise<number> =>
    await timed(out, args[0] ?? "", async () => await runNode([join("scripts", "cli.ts"), ...args]))
  const allocated = await verb("allocate", folder)
  const built = await verb("build", folder)
  const verified = await verb("verify", folder)
  const python = await timePython(folder, out)
  const manifest = JSON.parse(await readFile(join(folder, "proofs", "manifest.json"), "utf8")) as {
    root: string
    leafCount: number
  }
  invariant(manifest.leafCount === found.leaves, "every account of the list has its leaf")
  out.line(`  leaves     ${found.leaves}, ${found.total} ${list.symbol}, root ${manifest.root}`)
  const times = { allocate: allocated, build: built, verify: verified, python }
  return { list: list.name, ...found, root: manifest.root, ...times }
}

/**
 * Writes the program. Excludes and counts addresses that cannot have a key.
 * @param contract the settings of the contract; without them its address is unknown
 */
export async function prepare(
  folder: string,
  list: RealList,
  contract: object = {},
): Promise<Pick<Figures, "leaves" | "total" | "excluded">> {
  const write = async (pool: string, exclude: readonly string[]): Promise<void> => {
    const program = {
      format: "merkle-airdrop/program@1",
      name: list.name,
      chainId: 1,
      token: { address: list.token, symbol: list.symbol, decimals: DECIMALS },
      tranches: { automatic: pool },
      source: {
        kind: "amounts",
        file: "list.csv.gz",
        unit: "base",
        columns: { account: list.account },
        ignore: list.ignore,
      },
      rules: { exclude: exclude.map((account) => ({ account, reason: "its key cannot exist" })) },
      contract,
    }
    await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
  }
  await write("1000000000000", [])
  const first = allocate(await loadInputs(await loadProgram(folder)))
  const excluded = first.risks.filter(({ resolved }) => !resolved).map(({ account }) => account)
  const kept = first.entries.filter(({ account }) => !excluded.includes(account))
  const total = kept.reduce((sum, { amount }) => sum + amount, 0n)
  // The pool is the sum of the published list, so the excluded amounts stay undistributed.
  await write(formatAmount(first.allocated, DECIMALS), excluded)
  return { leaves: kept.length, total: formatAmount(total, DECIMALS), excluded }
}

async function timed(out: Output, name: string, run: () => Promise<RunResult>): Promise<number> {
  const started = performance.now()
  const { status, text } = await run()
  const seconds = (performance.now() - started) / 1000
  if (status !== 0) throw new AirdropError(`${name} failed: ${text.trim()}`, { code: "tool-failed" })
  out.line(`  ${name.padEnd(11)}${seconds.toFixed(2)} s`)
  return seconds
}

async function timePython(folder: string, out: Output): Promise<number | null> {
  const hasPython = await stat("/usr/bin/python3").then(
    () => true,
    () => false,
  )
  if (!hasPython) return null
  const script = join(PROJECT_ROOT, "scripts", "verify.py")
  return await timed(out, "python", async () => {
    const run = promisify(execFile)("python3", [script, folder, join(folder, "proofs")])
    return await run.then(
      ({ stdout }) => ({ status: 0, text: stdout }),
      (error: unknown) => ({ status: 1, text: error instanceof Error ? error.message : "" }),
    )
  })
}
