/**
 * The start of check.js. In a worker it waits for a request: the page's, to check everything, or that of another
 * worker, to prove the snapshot meanwhile. In the page itself, where one that was opened from a disk has to run it, it
 * sets one global, because classic scripts cannot export.
 */
import "./no-eval.ts"
import { webSource } from "../data/source.ts"
import { checkProgram } from "./check-program.ts"
import { compileKeccak } from "./keccak.ts"
import { proveSnapshot } from "./evidence.ts"
import type { CheckEvent, CheckRequest, ProveRequest, ProveSnapshot } from "./lines.ts"

/** The part of a worker's global scope that is used here; the page's types are those of a document. */
interface WorkerScope {
  onmessage: ((message: { readonly data: CheckRequest | ProveRequest }) => void) | null
  readonly postMessage: (event: CheckEvent) => void
  readonly location: { readonly href: string }
}

if (typeof document === "undefined") {
  const worker = globalThis as unknown as WorkerScope
  const tell = (event: CheckEvent): void => {
    worker.postMessage(event)
  }
  worker.onmessage = ({ data }) => {
    const work = async (): Promise<void> => {
      await compileKeccak()
      if ("base" in data) {
        const prove = proveAside(worker.location.href)
        await checkProgram(webSource(data.base), data.config, tell, { prove })
      } else await proveHere(data, tell)
    }
    work().catch((error: unknown) => {
      tell({ type: "failed", problem: error instanceof Error ? error.message : String(error) })
    })
  }
} else Object.assign(globalThis, { airdropCheck: checkProgram })

async function proveHere(
  { snapshot, bytes }: ProveRequest,
  tell: (event: CheckEvent) => void,
): Promise<void> {
  const line = await proveSnapshot(snapshot, bytes, (done, total) => {
    tell({ type: "progress", name: "evidence", done, total })
  })
  tell({ type: "line", line })
}

/**
 * Returns a function that proves in a worker of its own, so that the published files are compared meanwhile. Where a
 * host or a browser does not allow one, it proves here.
 */
function proveAside(script: string): ProveSnapshot {
  return async (snapshot, bytes, progress) => {
    let second: Worker
    try {
      second = new Worker(script)
    } catch {
      return await proveSnapshot(snapshot, bytes, progress)
    }
    return await new Promise((resolve, reject) => {
      second.onmessage = ({ data }: MessageEvent<CheckEvent>) => {
        if (data.type === "progress") progress(data.done, data.total)
        else if (data.type === "line") resolve(data.line)
        else reject(new Error(data.type === "failed" ? data.problem : "the proof ended without an outcome"))
        if (data.type !== "progress") second.terminate()
      }
      second.onerror = (event) => {
        event.preventDefault()
        second.terminate()
        proveSnapshot(snapshot, bytes, progress).then(resolve, reject)
      }
      const request: ProveRequest = { snapshot, bytes }
      second.postMessage(request)
    })
  }
}
