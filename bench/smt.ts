/**
 * `bench proofs`: the properties of the contract that the solver z3 proves, for all inputs and any sequence of
 * calls. It uses the compiler's SMTChecker (constrained Horn clauses) on models of its functions, and z3 directly on
 * its bit arithmetic. docs/contract-proofs.md says what this leaves open.
 */
import { spawnSync } from "node:child_process"
import type { Command } from "commander"
import { AirdropError } from "../scripts/core/primitives/error.ts"
import type { Output } from "../scripts/io/terminal/output.ts"
import { LEMMAS } from "./smt/bits.ts"
import { modelsOf } from "./smt/models.ts"
import { compile, readImported } from "./solc.ts"

export interface Proof {
  /** "smtchecker" or "bits". */
  readonly by: string
  readonly proves: string
  readonly proved: boolean
  readonly seconds: number
}

const CONTRACT = "contracts/MerkleAirdrop.sol"
/** The time limit of one question. Alone on a machine the longest takes a few seconds. */
const SECONDS = 600

/** The options that the compiler's own interface to z3 sets for Horn clauses. */
const HORN_OPTIONS = [
  "rewriter.pull_cheap_ite=true",
  "fp.spacer.q3.use_qgen=true",
  "fp.spacer.mbqi=false",
  "fp.spacer.ground_pobs=false",
]

/** The SMTChecker's message "is safe", by either engine. */
const SAFE = ["9576", "2961"]

/**
 * Runs all proofs.
 * @throws AirdropError if z3 is not installed
 */
export function proveContract(
  progress: (label: string, done: number, total: number) => void,
): readonly Proof[] {
  const models = modelsOf(readImported(CONTRACT))
  const total = models.length + LEMMAS.length
  let done = 0
  const proofs: Proof[] = []
  for (const { name, engine, proves, source } of models) {
    const started = performance.now()
    const safe = provenBy(source, engine)
    const seconds = secondsSince(started)
    proofs.push(
      ...proves.map((text, i) => ({
        by: `smtchecker, ${name}`,
        proves: text,
        proved: safe[i] === true,
        seconds,
      })),
    )
    progress(name, ++done, total)
  }
  for (const { proves, query } of LEMMAS) {
    const started = performance.now()
    const proved = z3(query, []).trim() === "unsat"
    proofs.push({ by: "bits", proves, proved, seconds: secondsSince(started) })
    progress("bits", ++done, total)
  }
  return proofs
}

/** Defines the command: it prints the proved properties, and fails if one is not proved. */
export function define(command: Command, out: () => Output): void {
  command.action(() => {
    const output = out()
    const proofs = proveContract((label, done, total) => {
      output.progress(label, done, total)
    })
    for (const { by, proves, proved, seconds } of proofs) {
      output.line(`${proved ? "proved    " : "NOT PROVED"}  ${proves}  (${by}, ${seconds.toFixed(1)} s)`)
    }
    output.json({ proved: proofs.filter((p) => p.proved).length, of: proofs.length, proofs })
    const open = proofs.filter((p) => !p.proved).length
    if (open > 0)
      throw new AirdropError(`${open} of ${proofs.length} properties are not proved`, { code: "mismatch" })
  })
}

/** Returns, for each assertion of a model in order of its source, true if it is proved. */
function provenBy(source: string, engine: string): readonly boolean[] {
  const settings = {
    evmVersion: "cancun",
    modelChecker: {
      engine,
      targets: ["assert"],
      contracts: { "Model.sol": ["Model"] },
      solvers: ["smtlib2"],
      extCalls: "untrusted",
      showProvedSafe: true,
    },
  }
  const solver = (query: string): { contents: string } => ({ contents: z3(query, HORN_OPTIONS) })
  const { messages } = compile({ "Model.sol": source }, settings, solver)
  const safe = messages
    .filter((m) => SAFE.includes(m.errorCode ?? ""))
    .map((m) => Number(/Model\.sol:(\d+):/.exec(m.formattedMessage)?.[1]))
  return source
    .split("\n")
    .flatMap((line, i) => (/^\s*assert\(/.test(line) ? [i + 1] : []))
    .map((line) => safe.includes(line))
}

function z3(query: string, options: readonly string[]): string {
  const { stdout, error } = spawnSync("z3", ["-smt2", "-in", `-T:${SECONDS}`, ...options], {
    input: query,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  })
  if (error)
    throw new AirdropError("z3 is not installed", {
      code: "tool-failed",
      hint: "Install it. On Debian: apt install z3",
      cause: error,
    })
  return stdout
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10
}
