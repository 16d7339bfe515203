import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { invariant } from "../../core/primitives/error.ts"

export const PROJECT_ROOT = join(import.meta.dirname, "..", "..", "..")

/** The result of a process. */
export interface RunResult {
  readonly status: number
  /** Its output on stdout and stderr, in order. */
  readonly text: string
}

export interface RunOptions {
  /** Receives each line of its output as soon as it is complete. */
  readonly onLine?: (line: string) => void
  readonly environment?: NodeJS.ProcessEnv
}

/** Runs the executable of an installed package with this Node, at the project's root. */
export async function runTool(
  name: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return await runNode([executableOf(name), ...args], options)
}

/** Runs Node itself. */
export async function runNode(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: PROJECT_ROOT,
      // The command line passes the project's settings to Hardhat. A child starts at the project's root and finds
      // them by itself. Its own children may belong to other projects.
      env: { ...process.env, HARDHAT_CONFIG: undefined, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let text = ""
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        text += `${line}\n`
        options.onLine?.(line)
      })
    }
    child.on("error", reject)
    child.on("close", (status) => {
      resolve({ status: status ?? 1, text })
    })
  })
}

/**
 * Returns the file behind a package's `bin`, such as "eslint" or "typescript:tsc", so that no shell and no PATH is
 * needed.
 */
function executableOf(tool: string): string {
  const [name = tool, command = name] = tool.split(":")
  const manifest = locate(name)
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | Record<string, string> }
  const file = typeof bin === "string" ? bin : bin[command]
  invariant(file !== undefined, `${name} has the command ${command}`)
  return join(dirname(manifest), file)
}

function locate(name: string): string {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(name) ?? []) {
    const manifest = join(folder, name, "package.json")
    try {
      readFileSync(manifest)
      return manifest
    } catch {
      continue
    }
  }
  throw new Error(`${name} is not installed`)
}
