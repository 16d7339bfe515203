/**
 * `bench verifiers`: one long list through both verifiers, `./airdrop verify` and scripts/verify.py, each as a
 * process of its own, as a user would run them. Both prove every shard.
 */
import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { gunzipSync } from "node:zlib"
import type { Command } from "commander"
import { formatAmount } from "../scripts/core/primitives/amount.ts"
import { AirdropError } from "../scripts/core/primitives/error.ts"
import { PROJECT_ROOT, runNode } from "../scripts/io/project/processes.ts"
import { wholeNumber } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { keepFigures, machine } from "./support.ts"
import { rowOf } from "./tree/rows.ts"

interface Options {
  readonly recipients?: number
  readonly record?: true
  readonly minimum?: true
}

/** The object that `--json` prints. */
export interface VerifierFigures {
  readonly recipients: number
  readonly seconds: number
  readonly pythonSeconds: number
  readonly rssMB: number
  readonly pythonRssMB: number
  readonly machine: string
}

/**
 * The object that `--minimum --json` prints: the seconds of verify.py on a pool shared by points, with and without a
 * minimum.
 */
interface MinimumFigures {
  readonly recipients: number
  readonly pythonSeconds: number
  readonly pythonMinimumSeconds: number
  readonly machine: string
}

/**
 * The most that verify.py may take: times as long as verify, times as long with a minimum as without, and memory for a
 * million recipients.
 */
const LIMITS = { times: 6, minimumTimes: 1.3, pythonRssMB: 2048 } as const

/** Uniswap's airdrop of 2020, which is in the test data. Without it a list is made up. */
const UNISWAP = join(PROJECT_ROOT, "..", "shared", "data", "lists", "uniswap-2020.csv.gz")

/**
 * A Python program that runs a command and prints its seconds and the memory of its largest process in KB, as JSON.
 */
const MEASURE = `
import json, resource, subprocess, sys, time
begun = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(json.dumps({"seconds": time.monotonic() - begun, "kb": used, "status": done.returncode, "text": done.stdout[-2000:]}))
`

/** Defines the command: it measures, prints a table, writes the record with --record, and fails beyond the limits. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--recipients <number>", "a made-up list of so many, in place of Uniswap's of 2020", wholeNumber)
    .option("--minimum", "compare verify.py on shares of a pool without and with a minimum in force")
    .option(
      "--record",
      "keep the figures in bench/verifiers.json and .txt, those of --minimum and of other lists beside",
    )
    .action(async ({ recipients, record, minimum }: Options) => {
      const output = out()
      const scratch = await mkdtemp(join(tmpdir(), "airdrop-verifiers-"))
      try {
        if (minimum === true) {
          const figures = await measureMinimum(scratch, recipients ?? 20_000, output)
          if (record === true) await keepFigures("verifiers-minimum", figures, minimumTable(figures))
          printText(output, minimumTable(figures))
          output.json(figures)
          refuseSlowMinimum(figures)
          return
        }
        const figures = await measure(join(scratch, "list"), recipients, output)
        const table = tableOf(figures)
        const name = recipients === undefined ? "verifiers" : `verifiers-${recipients}`
        if (record === true) await keepFigures(name, figures, table)
        printText(output, table)
        output.json(figures)
        refuseSlow(figures)
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
    })
}

async function measure(
  folder: string,
  recipients: number | undefined,
  out: Output,
): Promise<VerifierFigures> {
  await mkdir(folder)
  if (recipients === undefined && existsSync(UNISWAP)) await writeUniswap(folder)
  else await writeMadeUp(folder, recipients ?? 250_000)
  await build(folder, out)
  out.progress("measured", 2, 4)
  const ours = await timed([process.execPath, ...process.execArgv, CLI, "verify", folder])
  out.progress("measured", 3, 4)
  const python = await timedPython(folder)
  out.progress("measured", 4, 4)
  const { leafCount } = JSON.parse(await readFile(join(folder, "proofs", "manifest.json"), "utf8")) as {
    leafCount: number
  }
  return {
    recipients: leafCount,
    seconds: ours.seconds,
    pythonSeconds: python.seconds,
    rssMB: ours.kb / 1024,
    pythonRssMB: python.kb / 1024,
    machine: machine(),
  }
}

/** Measures verify.py on the same list of points, once without a minimum and once with one that leaves half unpaid. */
async function measureMinimum(scratch: string, recipients: number, out: Output): Promise<MinimumFigures> {
  const seconds: number[] = []
  for (const rules of [{}, { minimum: "100" }]) {
    const folder = join(scratch, Object.keys(rules)[0] ?? "none")
    await mkdir(folder)
    // Points of 1 to the number of recipients share a pool of 100 for each: those of the lower half get less.
    const rows = Array.from({ length: recipients }, (_, i) => `${rowOf(i, recipients).account},${i + 1}\n`)
    await writeFile(join(folder, "points.csv"), `account,points\n${rows.join("")}`)
    const source = { kind: "points", file: "points.csv" }
    await writeProgramFile(folder, { automatic: String(100 * recipients), source, rules })
    await build(folder, out)
    seconds.push((await timedPython(folder)).seconds)
  }
  const [pythonSeconds = 0, pythonMinimumSeconds = 0] = seconds
  return { recipients, pythonSeconds, pythonMinimumSeconds, machine: machine() }
}

const CLI = join(PROJECT_ROOT, "scripts", "cli.ts")

async function build(folder: string, out: Output): Promise<void> {
  for (const [i, verb] of ["allocate", "build"].entries()) {
    out.progress("measured", i, 4)
    const { status, text } = await runNode([CLI, verb, folder])
    if (status !== 0) throw new AirdropError(`${verb} failed: ${text.trim()}`, { code: "tool-failed" })
  }
}

async function timedPython(folder: string): Promise<Measured> {
  const script = join(PROJECT_ROOT, "scripts", "verify.py")
  return await timed(["python3", "-B", script, folder, join(folder, "proofs")])
}

interface Measured {
  readonly seconds: number
  readonly kb: number
  readonly status: number
  readonly text: string
}

async function timed(command: readonly string[]): Promise<Measured> {
  const { stdout } = await promisify(execFile)("python3", ["-c", MEASURE, ...command], { cwd: PROJECT_ROOT })
  const measured = JSON.parse(stdout) as Measured // printed by the script
  if (measured.status === 0) return measured
  throw new AirdropError(`${command.join(" ")} failed: ${measured.text.trim()}`, { code: "tool-failed" })
}

/** Writes a program of Uniswap's list. Addresses without a key are excluded by name. */
async function writeUniswap(folder: string): Promise<void> {
  await copyFile(UNISWAP, join(folder, "list.csv.gz"))
  const rows = gunzipSync(await readFile(UNISWAP))
    .toString()
    .trim()
    .split("\n")
    .slice(1)
  const lines = rows.map((row) => row.trim().split(",") as [string, string])
  const low = lines.map(([account]) => account).filter((account) => BigInt(account) < 2n ** 64n)
  const total = lines.reduce((sum, [, amount]) => sum + BigInt(amount), 0n)
  await writeProgram(folder, "list.csv.gz", total, low)
}

async function writeMadeUp(folder: string, recipients: number): Promise<void> {
  const rows = Array.from({ length: recipients }, (_, i) => rowOf(i, recipients))
  const text = rows.map(({ account, amount }) => `${account},${amount}\n`).join("")
  await writeFile(join(folder, "list.csv"), `account,amount\n${text}`)
  const total = rows.reduce((sum, { amount }) => sum + amount, 0n)
  await writeProgram(folder, "list.csv", total, [])
}

async function writeProgram(
  folder: string,
  file: string,
  total: bigint,
  excluded: readonly string[],
): Promise<void> {
  await writeProgramFile(folder, {
    automatic: formatAmount(total, 18),
    source: { kind: "amounts", file, unit: "base" },
    rules: { exclude: excluded.map((account) => ({ account, reason: "no key leads to it" })) },
  })
}

async function writeProgramFile(
  folder: string,
  {
    automatic,
    source,
    rules,
  }: { readonly automatic: string; readonly source: object; readonly rules: object },
): Promise<void> {
  const program = {
    format: "merkle-airdrop/program@1",
    name: "list",
    chainId: 1,
    token: { address: "0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984", symbol: "UNI", decimals: 18 },
    tranches: { automatic },
    source,
    rules,
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
}

function minimumTable({ recipients, pythonSeconds, pythonMinimumSeconds, machine }: MinimumFigures): string {
  const times = (pythonMinimumSeconds / pythonSeconds).toFixed(2)
  return [
    `${recipients.toLocaleString("en")} recipients, shares of a pool, verify.py`,
    `no minimum       ${pythonSeconds.toFixed(1)} s`,
    `half below it    ${pythonMinimumSeconds.toFixed(1)} s, ${times} times as long`,
    `\n${machine}`,
  ].join("\n")
}

function refuseSlowMinimum({ pythonSeconds, pythonMinimumSeconds }: MinimumFigures): void {
  const times = pythonMinimumSeconds / pythonSeconds
  if (times <= LIMITS.minimumTimes) return
  throw new AirdropError(
    `a minimum costs verify.py ${times.toFixed(2)} times as much, at most ${LIMITS.minimumTimes} are promised`,
    { code: "mismatch" },
  )
}

function tableOf({ recipients, machine, ...figures }: VerifierFigures): string {
  const rows = [
    ["", "verify", "verify.py"],
    ["seconds", figures.seconds.toFixed(1), figures.pythonSeconds.toFixed(1)],
    ["memory at most, MB", figures.rssMB.toFixed(0), figures.pythonRssMB.toFixed(0)],
  ]
  const lines = rows.map(
    ([name = "", a = "", b = ""]) => `${name.padEnd(20)}${a.padStart(10)}${b.padStart(12)}`,
  )
  return [`${recipients.toLocaleString("en")} recipients, every shard proven`, ...lines, `\n${machine}`].join(
    "\n",
  )
}

function refuseSlow({ recipients, seconds, pythonSeconds, pythonRssMB }: VerifierFigures): void {
  const times = pythonSeconds / seconds
  const faults = [
    ...(times > LIMITS.times
      ? [`verify.py takes ${times.toFixed(1)} times as long as verify, at most ${LIMITS.times} are promised`]
      : []),
    ...(recipients <= 1_000_000 && pythonRssMB > LIMITS.pythonRssMB
      ? [`verify.py takes ${pythonRssMB.toFixed(0)} MB, at most ${LIMITS.pythonRssMB} are promised`]
      : []),
  ]
  if (faults.length > 0)
    throw new AirdropError(`below what is promised: ${faults.join("; ")}`, { code: "mismatch" })
}
