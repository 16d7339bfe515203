/**
 * Runs the Solidity tests against a mutant, in a temporary project that is built once. Only the artifact of the
 * contract is replaced. The tests deploy that artifact, so nothing else has to be compiled.
 */
import { execFile } from "node:child_process"
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { AirdropError, InvariantError } from "../../scripts/core/primitives/error.ts"
import { ROOT, type Compiled } from "../solc.ts"

const run = promisify(execFile)

/** Fewer fuzz runs than in the project's own settings: a mutant should be killed by a test, not by luck. */
const CONFIG = `import { defineConfig } from "hardhat/config"
import { createRequire } from "node:module"
const require = createRequire(import.meta.url)
export default defineConfig({
  solidity: {
    compilers: [{
      version: "0.8.37",
      path: require.resolve("solc/soljson.js"),
      settings: { evmVersion: "cancun", optimizer: { enabled: true, runs: 1 } },
    }],
  },
  paths: { tests: { solidity: "test/contracts" } },
  test: {
    solidity: {
      gasLimit: 400_000_000n,
      fuzz: { runs: 10, seed: "0x5e5b" },
      invariant: { runs: 1, depth: 20, failOnRevert: true },
    },
  },
})
`

const ARTIFACT = join("artifacts", "contracts", "MerkleAirdrop.sol", "MerkleAirdrop.json")

/** The minimum time limit, in milliseconds, for the tests of a mutant. */
const LEAST_TIMEOUT = 120_000
/** The time limit of a mutant's tests, as a multiple of the time for the original. */
const PATIENCE = 20
const BUILD_TIMEOUT = 900_000

export interface Runner {
  readonly judge: (code: Compiled) => Promise<"killed" | "survived" | "timed out">
  readonly close: () => Promise<void>
}

/** The temporary project, and the time limit of a mutant's tests in it. */
export interface Project {
  readonly folder: string
  /** Milliseconds. */
  readonly timeout: number
}

/** Builds the temporary project once. @throws AirdropError `tool-failed` if its tests fail without a mutation */
export async function openProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "airdrop-mutation-"))
  await mkdir(join(folder, "contracts"))
  await cp(join(ROOT, "contracts", "MerkleAirdrop.sol"), join(folder, "contracts", "MerkleAirdrop.sol"))
  await cp(join(ROOT, "contracts", "interfaces"), join(folder, "contracts", "interfaces"), {
    recursive: true,
  })
  await cp(join(ROOT, "test", "contracts"), join(folder, "test", "contracts"), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts"),
  })
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"))
  await writeFile(join(folder, "hardhat.config.ts"), CONFIG)
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n')
  const { failing } = await test(folder, [], BUILD_TIMEOUT)
  if (failing) throw new AirdropError("the tests fail before any mutation", { code: "tool-failed" })
  const begun = performance.now()
  await test(folder, ["--no-compile"], BUILD_TIMEOUT)
  return { folder, timeout: Math.ceil(Math.max(LEAST_TIMEOUT, PATIENCE * (performance.now() - begun))) }
}

/** Opens a runner in a copy of the built project, so that several can work at once. */
export async function openRunner(project: Project): Promise<Runner> {
  const folder = await mkdtemp(join(tmpdir(), "airdrop-mutant-"))
  await cp(project.folder, folder, { recursive: true, verbatimSymlinks: true })
  const artifact: unknown = JSON.parse(await readFile(join(project.folder, ARTIFACT), "utf8"))
  if (typeof artifact !== "object") throw new InvariantError("an artifact is an object")
  return {
    judge: async ({ creation, runtime }) => {
      const mutated = { ...artifact, bytecode: creation, deployedBytecode: runtime }
      await writeFile(join(folder, ARTIFACT), JSON.stringify(mutated))
      const { failing, timedOut } = await test(folder, ["--no-compile"], project.timeout)
      if (timedOut) return "timed out"
      return failing ? "killed" : "survived"
    },
    close: async () => {
      await rm(folder, { recursive: true })
    },
  }
}

async function test(
  folder: string,
  options: readonly string[],
  timeout: number,
): Promise<{ failing: boolean; timedOut: boolean }> {
  const cli = join(ROOT, "node_modules", "hardhat", "dist", "src", "cli.js")
  const ran = run(process.execPath, [cli, "test", "solidity", ...options], {
    cwd: folder,
    timeout,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 28,
    // The command line sets the project's own settings; here those of the folder are needed.
    env: { ...process.env, HARDHAT_CONFIG: join(folder, "hardhat.config.ts"), NO_COLOR: "1" },
  })
  try {
    await ran
    return { failing: false, timedOut: false }
  } catch (error) {
    const { stdout = "", killed = false } = error as { stdout?: string; killed?: boolean }
    if (killed) return { failing: true, timedOut: true }
    if (/^\s*\d+ failing/m.test(stdout)) return { failing: true, timedOut: false }
    throw new AirdropError("the test runner ended without a result", { code: "tool-failed", cause: error })
  }
}
