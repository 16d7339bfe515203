import { plural } from "../core/primitives/plural.ts"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { InvalidArgumentError, type Command } from "commander"
import { AirdropError } from "../core/primitives/error.ts"
import { installChromium } from "../dev/rigs/chromium.ts"
import type { FileRequest } from "../dev/testing/file-result.ts"
import { runFiles } from "../dev/testing/run-files.ts"
import { runSolidity } from "../dev/testing/run-solidity.ts"
import { selectTests, type TestFiles } from "../dev/testing/select-tests.ts"
import { startProgress, type TestProgress } from "../dev/testing/test-progress.ts"
import { ensureCompiled } from "../io/project/artifacts.ts"
import { PROJECT_ROOT } from "../io/project/processes.ts"
import { between } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"

interface TestOptions {
  readonly solidity?: true
  readonly typescript?: true
  readonly fork?: true
  readonly deep?: true
  readonly coverage?: true
  readonly seed?: number
}

/** The longest time that a test may take unless it sets its own, in milliseconds. */
const TIMEOUT = 120_000
/** On a fork, every read of the state may be a request to a provider. */
const FORK_TIMEOUT = 600_000
const SOLIDITY = "test/contracts/*.t.sol"
/** Reads a seed within the range that fast-check and Hardhat both take. */
const seed = between(0, 2 ** 32 - 1)

/** `test`: runs every test, or those asked for. The last line is "N passed, N failed". */
export function define(command: Command, out: () => Output): void {
  command
    .argument("[files...]", "only these test files (.t.sol or .test.ts), or those in these folders")
    .option("--solidity", "only the contract's tests, written in Solidity")
    .option("--typescript", "only the tests written in TypeScript")
    .option(
      "--fork",
      "only the tests on a fork: of Arbitrum One if ARBITRUM_RPC_URL is set, otherwise of a local chain",
    )
    .option("--deep", "try many more random cases, and run every command of the documents; takes an hour")
    .option("--seed <number>", "use this seed for random cases, to repeat a run", seed)
    .option("--coverage", "run the Solidity tests and print their coverage of the contract")
    .action(async (paths: string[], options: TestOptions) => {
      const { passed, failed } = await runTests(paths, options, out())
      out().json({ passed, failed })
      if (passed + failed === 0) throw new AirdropError("no test was found", { code: "mismatch" })
      if (failed > 0) process.exitCode = 1
    })
}

async function runTests(
  paths: readonly string[],
  options: TestOptions,
  out: Output,
): Promise<{ readonly passed: number; readonly failed: number }> {
  const environment = environmentOf(options)
  const all = paths.length === 0
  const selected = choose(await selectTests(all ? [join(PROJECT_ROOT, "test")] : paths), options)
  const files = selected.solidity.length > 0 ? selected.typescript.length + 1 : selected.typescript.length
  const workers = availableParallelism()
  out.line(planOf(selected, workers))
  await ensureCompiled()
  const progress = startProgress(out, files, !all && files <= 3)
  const typescript = await withComponents(selected.typescript, progress)
  await Promise.all([
    runSolidityTests(all ? [] : selected.solidity, selected, options, environment, progress),
    runFiles(typescript.map(requestOf), {
      workers,
      environment,
      onStart: progress.started,
      onDone: progress.done,
      onOutput: progress.printed,
    }),
  ])
  return progress.end()
}

/** @throws AirdropError if AIRDROP_SEED is not a seed */
function environmentOf(options: TestOptions): NodeJS.ProcessEnv {
  const given = process.env["AIRDROP_SEED"]
  const chosen = options.seed ?? (given === undefined ? undefined : seedFrom(given))
  return {
    // Verbs that tests start take two thirds of the processor time if their code is compiled already.
    NODE_COMPILE_CACHE: join(PROJECT_ROOT, ".cache", "node"),
    ...(options.deep === true ? { AIRDROP_DEEP: "1" } : {}),
    ...(chosen === undefined ? {} : { AIRDROP_SEED: String(chosen) }),
  }
}

function seedFrom(text: string): number {
  try {
    return seed(text)
  } catch (cause) {
    if (!(cause instanceof InvalidArgumentError)) throw cause
    throw new AirdropError(`AIRDROP_SEED is "${text}"; it ${cause.message}`, { code: "usage", cause })
  }
}

/** Keeps the tests of the kinds that are asked for; all of them if none is. */
function choose({ solidity, typescript }: TestFiles, options: TestOptions): TestFiles {
  const wantsSolidity = options.solidity === true || options.coverage === true
  const wantsAll = !wantsSolidity && options.typescript === undefined && options.fork === undefined
  return {
    solidity: wantsAll || wantsSolidity ? solidity : [],
    typescript: typescript.filter(
      (file) => wantsAll || (isFork(file) ? options.fork === true : options.typescript === true),
    ),
  }
}

function isFork(file: string): boolean {
  return file.startsWith("test/fork/")
}

function requestOf(file: string): FileRequest {
  return { file, timeout: isFork(file) ? FORK_TIMEOUT : TIMEOUT }
}

function planOf({ solidity, typescript }: TestFiles, workers: number): string {
  const processes = Math.min(workers, typescript.length)
  const parts = [
    ...(solidity.length > 0 ? [plural(solidity.length, "Solidity test file")] : []),
    ...(typescript.length > 0
      ? [
          `${plural(typescript.length, "TypeScript test file")} in ${plural(processes, "process", "processes")}`,
        ]
      : []),
  ]
  return `Running ${parts.join(" and ")}`
}

/** Leaves out the tests of the page if there is no browser for them, which counts as a failure. */
async function withComponents(files: readonly string[], progress: TestProgress): Promise<readonly string[]> {
  const needBrowser = files.filter((file) => file.startsWith("test/page/"))
  if (needBrowser.length === 0) return files
  try {
    await installChromium()
    return files
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    progress.broken(`${needBrowser.length} files in test/page: ${error.message}. ${error.hint ?? ""}`)
    return files.filter((file) => !needBrowser.includes(file))
  }
}

async function runSolidityTests(
  files: readonly string[],
  { solidity }: TestFiles,
  options: TestOptions,
  environment: NodeJS.ProcessEnv,
  progress: TestProgress,
): Promise<void> {
  if (solidity.length === 0) return
  progress.started(SOLIDITY)
  const coverage = options.coverage === true
  const isShown = (line: string): boolean => coverage || line.startsWith("airdrop: ") || /:\w+$/.test(line)
  const onOutput = (line: string): void => {
    if (isShown(line)) progress.printed(line)
  }
  progress.done(await runSolidity(files, { coverage, environment, onOutput }))
}
