/** Runs the command line as a process of its own. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

export interface CliRun {
  readonly status: number | null
  /** Everything printed, to either stream. */
  readonly text: string
  readonly stdout: string
}

const NODE = [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  join(PROJECT_ROOT, "scripts", "cli.ts"),
]
const ON_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"

/**
 * Runs it with an empty standard input.
 * @param environment variables to set; undefined removes one
 */
export async function runCli(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<CliRun> {
  return await collect([...NODE, ...args], { ...process.env, ...environment })
}

/** Runs it on a terminal and presses a key as soon as the prompt appears. */
export async function runCliOnTerminal(
  args: readonly string[],
  prompt: string,
  key: string,
): Promise<CliRun> {
  return await collect(["python3", "-c", ON_TERMINAL, ...NODE, ...args], process.env, { prompt, key })
}

async function collect(
  [command = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  press?: { readonly prompt: string; readonly key: string },
): Promise<CliRun> {
  const child = spawn(command, args, { env, cwd: PROJECT_ROOT })
  let text = ""
  let stdout = ""
  let pressed = false
  const take = (chunk: Buffer): void => {
    text += chunk.toString()
    if (press === undefined || pressed || !text.includes(press.prompt)) return
    pressed = true
    child.stdin.write(press.key)
  }
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString()
    take(chunk)
  })
  child.stderr.on("data", take)
  if (press === undefined) child.stdin.end()
  const [status] = (await once(child, "close")) as [number | null]
  return { status, text, stdout }
}
