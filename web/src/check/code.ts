/**
 * The start of check.js. In a worker it waits for the page's request. In the page itself, where one that was opened
 * from a disk has to run it, it sets one global, because classic scripts cannot export.
 */
import "./no-eval.ts"
import { webSource } from "../data/source.ts"
import { checkProgram } from "./check-program.ts"
import type { CheckEvent, CheckRequest } from "./lines.ts"

/** The part of a worker's global scope that is used here; the page's types are those of a document. */
interface WorkerScope {
  onmessage: ((message: { readonly data: CheckRequest }) => void) | null
  readonly postMessage: (event: CheckEvent) => void
}

if (typeof document === "undefined") {
  const worker = globalThis as unknown as WorkerScope
  worker.onmessage = ({ data: { base, config } }) => {
    const tell = (event: CheckEvent): void => {
      worker.postMessage(event)
    }
    checkProgram(webSource(base), config, tell).catch((error: unknown) => {
      tell({ type: "failed", problem: error instanceof Error ? error.message : String(error) })
    })
  }
} else Object.assign(globalThis, { airdropCheck: checkProgram })
