import { runTool, type RunResult } from "../../io/project/processes.ts"
import type { FileResult } from "./file-result.ts"

export interface RunSolidityOptions {
  /** Prints the coverage of the contract, and fails where it is not complete. */
  readonly coverage: boolean
  readonly environment: NodeJS.ProcessEnv
  readonly onOutput: (line: string) => void
}

/** Runs Solidity tests by Hardhat's runner, which uses every processor by itself. @param files all if empty */
export async function runSolidity(
  files: readonly string[],
  { coverage, environment, onOutput }: RunSolidityOptions,
): Promise<FileResult> {
  const started = performance.now()
  const args = ["test", "solidity", ...(coverage ? ["--coverage"] : []), ...files]
  const run = await runTool("hardhat", args, {
    environment: { NO_COLOR: "1", ...environment },
    onLine: onOutput,
  })
  const passed = [...run.text.matchAll(/^ *✔ (.*)$/gm)].map(([, title = ""]) => title)
  const failed = failuresOf(run, passed.length, coverage && files.length === 0)
  return {
    file: "test/contracts/*.t.sol",
    passed,
    failed,
    details: failed === 0 ? "" : run.text.slice(run.text.indexOf("Running Solidity tests")).trimEnd(),
    milliseconds: performance.now() - started,
  }
}

/** Reads "N failing" as Hardhat prints it. A run that broke off, found no test or lacks coverage is a failure too. */
function failuresOf({ status, text }: RunResult, passed: number, needsCoverage: boolean): number {
  const failing = Number(/^\s*(\d+) failing/m.exec(text)?.[1] ?? 0)
  if (failing > 0) return failing
  const incomplete = needsCoverage && !/MerkleAirdrop\.sol\s*│ 100\.00\s*│ 100\.00\s*│/.test(text)
  return status !== 0 || passed === 0 || incomplete ? 1 : 0
}
