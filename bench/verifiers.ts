/**
 * `bench verifiers`: one long list through both verifiers, `./airdrop verify` and scripts/verify.py, each as a process
 * of its own, as a user would run them. Every shard is proven by both.
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
import type { Output } from "../scripts/io/terminal/output.ts"
import { keepFigures, machine } from "./support.ts"
import { rowOf } from "./tree/rows.ts"

interface Options {
  readonly recipients?: number
  readonly record?: true
}

/** What `--json` prints. */
export interface VerifierFigures {
  readonly recipients: number
  readonly seconds: number
  readonly pythonSeconds: number
  readonly rssMB: number
  readonly pythonRssMB: number
  readonly machine: string
}

/** verify.py may take at most this many times as long, and at most this much memory for a million. */
const LIMITS = { times: 6, pythonRssMB: 2048 } as const

/** Uniswap's airdrop of 2020, which is in the test data; without it a list is made up. */
const UNISWAP = join(PROJECT_ROOT, "..", "shared", "data", "lists", "uniswap-2020.csv.gz")

/** Runs a command and prints its seconds and the memory of its largest process in KB, as JSON. */
const MEASURE = `
import json, resource, subprocess, sys, time
begun = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(json.dumps({"seconds": time.monotonic() - begun, "kb": used, "status": done.returncode, "text": done.stdout[-2000:]}))
`

/** The command: measures, prints a table, with --record keeps it in bench/, and fails beyond the limits. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--recipients <number>", "a made-up list of so many, in place of Uniswap's of 2020", wholeNumber)
    .option("--record", "keep the figures in bench/verifiers.json and .txt")
    .action(async ({ recipients, record }: Options) => {
      const output = out()
      const scratch = await mkdtemp(join(tmpdir(), "airdrop-verifiers-"))
      try {
        const figures = await measure(join(scratch, "list"), recipients, output)
        const table = tableOf(figures)
        if (record === true) await keepFigures("verifiers", figures, table)
        output.line(table)
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
  const cli = join(PROJECT_ROOT, "scripts", "cli.ts")
  for (const [i, verb] of ["allocate", "build"].entries()) {
    out.progress("measured", i, 4)
    const { status, text } = await runNode([cli, verb, folder])
    if (status !== 0) throw new AirdropError(`${verb} failed: ${text.trim()}`, { code: "tool-failed" })
  }
  out.progress("measured", 2, 4)
  const ours = await timed([process.execPath, ...process.execArgv, cli, "verify", folder])
  out.progress("measured", 3, 4)
  const script = join(PROJECT_ROOT, "scripts", "verify.py")
  const python = await timed(["python3", "-B", script, folder, join(folder, "proofs")])
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

interface Measured {
  readonly seconds: number
  readonly kb: number
  readonly status: number
  readonly text: string
}

async function timed(command: readonly string[]): Promise<Measured> {
  const { stdout } = await promisify(execFile)("python3", ["-c", MEASURE, ...command], { cwd: PROJECT_ROOT })
  const measured = JSON.parse(stdout) as Measured // what the script has just printed
  if (measured.status === 0) return measured
  throw new AirdropError(`${command.join(" ")} failed: ${measured.text.trim()}`, { code: "tool-failed" })
}

/** Writes a program of Uniswap's list; addresses without a key are excluded by name. */
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
  const program = {
    format: "merkle-airdrop/program@1",
    name: "list",
    chainId: 1,
    token: { address: "0x1f9840a85d5aF5bf1D1762F925BDADdC4201F984", symbol: "UNI", decimals: 18 },
    tranches: { automatic: formatAmount(total, 18) },
    source: { kind: "amounts", file, unit: "base" },
    rules: { exclude: excluded.map((account) => ({ account, reason: "no key leads to it" })) },
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
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
