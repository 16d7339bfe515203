import { readdir, stat } from "node:fs/promises"
import { join, relative, resolve } from "node:path"
import type { Command } from "commander"
import { ensureCompiled } from "../io/project/artifacts.ts"
import { AirdropError } from "../core/primitives/error.ts"
import type { Output } from "../io/terminal/output.ts"
import { PROJECT_ROOT, runTool, type RunResult } from "../io/project/processes.ts"

interface TestOptions {
  readonly solidity?: true
  readonly typescript?: true
  readonly fork?: true
  readonly deep?: true
  readonly coverage?: true
  readonly seed?: string
}

interface Suite {
  readonly name: string
  readonly run: () => Promise<RunResult>
}

/** `test`: every suite, or the ones asked for; ends with the line "N passed, N failed". */
export function define(command: Command, out: () => Output): void {
  command
    .argument("[files...]", "only these test files (.t.sol or .test.ts), or those in these folders")
    .option("--solidity", "only the contract's tests, written in Solidity")
    .option("--typescript", "only the tests written in TypeScript")
    .option(
      "--fork",
      "only the fork tests: on Arbitrum One if ARBITRUM_RPC_URL is set, else on a local upstream",
    )
    .option("--deep", "fuzz longer, and fuzz what comes from outside; minutes, not seconds")
    .option("--seed <number>", "the seed of a --deep run to repeat")
    .option("--coverage", "run the Solidity tests with coverage and print it")
    .action(async (files: string[], options: TestOptions) => {
      const output = out()
      const suites = suitesFor(await testFilesAt(files), options)
      await ensureCompiled()
      let passed = 0
      let failed = 0
      for (const suite of suites) {
        output.line(`\n== ${suite.name}`)
        const result = await suite.run()
        const counts = countTests(result)
        passed += counts.passed
        failed += counts.failed
      }
      output.json({ passed, failed })
      output.line(`\n${passed} passed, ${failed} failed`)
      if (failed > 0) process.exitCode = 1
      if (passed + failed === 0) throw new AirdropError("no test was found", { exit: 1 })
    })
}

/** The test files at these paths and in these folders, as seen from the project's root. */
async function testFilesAt(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths) {
    const kind = await stat(path).catch(() => undefined)
    if (kind === undefined) throw new AirdropError(`${path} is not there`)
    const inside = kind.isDirectory() ? await readdir(path, { recursive: true }) : [""]
    const tests = inside.map((name) => join(path, name)).filter((file) => /\.(test\.ts|t\.sol)$/.test(file))
    if (tests.length === 0) throw new AirdropError(`${path} holds no test (.test.ts or .t.sol)`)
    found.push(...tests.map((file) => relative(PROJECT_ROOT, resolve(file))))
  }
  return found
}

function suitesFor(files: readonly string[], options: TestOptions): Suite[] {
  const show = { show: true, environment: environmentFor(options) }
  const solidityFiles = files.filter((file) => file.endsWith(".sol"))
  const typescriptFiles = files.filter((file) => file.endsWith(".ts"))
  const every =
    options.solidity === undefined && options.typescript === undefined && options.fork === undefined
  const coverage = options.coverage === true ? ["--coverage"] : []
  const solidity: Suite = {
    name: "contracts (Solidity)",
    run: async () => {
      const result = await runTool("hardhat", ["test", "solidity", ...coverage, ...solidityFiles], show)
      return options.coverage === true && files.length === 0 ? requireCoverage(result) : result
    },
  }
  const mocha = (name: string, args: readonly string[]): Suite => ({
    name,
    run: async () => await runTool("mocha", args, show),
  })
  if (files.length > 0) {
    return [
      ...(solidityFiles.length > 0 ? [solidity] : []),
      ...(typescriptFiles.length > 0 ? [mocha("TypeScript", typescriptFiles)] : []),
    ]
  }
  return [
    ...(every || options.solidity === true || options.coverage === true ? [solidity] : []),
    ...((every && options.coverage === undefined) || options.typescript === true
      ? [mocha("pipeline, chain and page (TypeScript)", ["--ignore", "test/fork/**", "test/**/*.test.ts"])]
      : []),
    ...((every && options.coverage === undefined) || options.fork === true
      ? [mocha("fork", ["--config", "test/fork/.mocharc.json"])]
      : []),
  ]
}

function environmentFor(options: TestOptions): NodeJS.ProcessEnv {
  return {
    ...(options.deep === true ? { AIRDROP_DEEP: "1" } : {}),
    ...(options.seed === undefined ? {} : { AIRDROP_SEED: options.seed }),
  }
}

/** Reads "N passing" and "N failing", which Hardhat and mocha both print; a run that broke off counts as failed. */
function countTests({ status, text }: RunResult): { passed: number; failed: number } {
  const sum = (word: string): number =>
    [...text.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, "gm"))].reduce(
      (total, [, n]) => total + Number(n),
      0,
    )
  const passed = sum("passing")
  const failed = sum("failing")
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed }
}

/** Coverage of the contract below 100% of lines and statements is a failure, like that of a test. */
function requireCoverage(result: RunResult): RunResult {
  const covered = /MerkleAirdrop\.sol\s*│ 100\.00\s*│ 100\.00\s*│/.test(result.text)
  return covered ? result : { ...result, status: 1 }
}
