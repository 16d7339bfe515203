import { fork, type ChildProcess } from "node:child_process"
import { createInterface } from "node:readline"
import { join } from "node:path"
import { PROJECT_ROOT } from "../../io/project/processes.ts"
import type { FileRequest, FileResult } from "./file-result.ts"

export interface RunFilesOptions {
  /** The number of processes that run files at the same time. */
  readonly workers: number
  readonly environment: NodeJS.ProcessEnv
  readonly onStart: (file: string) => void
  readonly onDone: (result: FileResult) => void
  /** Receives each line that a test prints. */
  readonly onOutput: (line: string) => void
}

const WORKER = join(import.meta.dirname, "worker.ts")

/** Runs test files in several processes. Each process takes the next file of the list when it is done with one. */
export async function runFiles(files: readonly FileRequest[], options: RunFilesOptions): Promise<void> {
  const queue = [...files]
  const work = async (): Promise<void> => {
    let worker: ChildProcess | undefined
    for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
      worker ??= startWorker(options)
      options.onStart(request.file)
      const result = await runOn(worker, request)
      if (!worker.connected) worker = undefined
      options.onDone(result)
    }
    worker?.disconnect()
  }
  await Promise.all(Array.from({ length: Math.min(options.workers, files.length) }, work))
}

function startWorker({ environment, onOutput }: RunFilesOptions): ChildProcess {
  const worker = fork(WORKER, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, HARDHAT_CONFIG: undefined, ...environment },
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  for (const stream of [worker.stdout, worker.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", onOutput)
  }
  return worker
}

/** Runs one file on a worker. A worker that ends before it answers makes the file a failure. */
async function runOn(worker: ChildProcess, request: FileRequest): Promise<FileResult> {
  const started = performance.now()
  return await new Promise((resolve) => {
    const onMessage = (result: FileResult): void => {
      worker.off("exit", onExit)
      resolve(result)
    }
    const onExit = (status: number | null, signal: string | null): void => {
      worker.off("message", onMessage)
      const details = `  the process that ran this file ended with ${signal ?? `status ${status ?? 1}`}`
      const milliseconds = performance.now() - started
      resolve({ file: request.file, passed: [], failed: 1, details, milliseconds })
    }
    worker.once("message", onMessage)
    worker.once("exit", onExit)
    worker.send(request)
  })
}
