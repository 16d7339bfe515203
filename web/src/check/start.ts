/** Starts a check of the whole program, in a worker where the browser allows one. */
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { DataSource } from "../data/source.ts"
import { loadScript, openWorker } from "../security.ts"
import type { CheckEvent, CheckRequest, RunCheck, Tell } from "./lines.ts"

declare global {
  var airdropCheck: RunCheck | undefined
}

/**
 * Starts the check.
 * @returns a function that ends it
 */
export function startCheck(source: DataSource, config: PageConfig, tell: Tell): () => void {
  return source.kind === "web" ? startWorker(config, tell) : startHere(source, config, tell)
}

function startWorker(config: PageConfig, tell: Tell): () => void {
  const worker = openWorker("check.js")
  const failed = (problem: string): void => {
    worker.terminate()
    tell({ type: "failed", problem })
  }
  worker.onmessage = ({ data }: MessageEvent<CheckEvent>) => {
    tell(data)
  }
  worker.onerror = (event) => {
    event.preventDefault()
    failed(event.message === "" ? "check.js could not be loaded" : event.message)
  }
  const request: CheckRequest = { base: new URL("data/", document.baseURI).href, config }
  worker.postMessage(request)
  return () => {
    worker.terminate()
  }
}

/**
 * Runs the check in the page itself. A page opened from a disk cannot start a worker, and its files are only here.
 */
function startHere(source: DataSource, config: PageConfig, tell: Tell): () => void {
  const abort = new AbortController()
  const run = async (): Promise<void> => {
    await loadScript("check.js")
    await globalThis.airdropCheck?.(source, config, tell, { signal: abort.signal })
  }
  run().catch((error: unknown) => {
    if (abort.signal.aborted) return
    tell({ type: "failed", problem: error instanceof Error ? error.message : String(error) })
  })
  return () => {
    abort.abort()
  }
}
