/** Visits of the claim page, as by a link to an address, in a browser with an empty cache. */
import type { Browser } from "playwright-core"
import { invariant } from "../../scripts/core/primitives/error.ts"

/** What one visit took: from the first request to the answer on the screen. */
export interface VisitFigures {
  readonly milliseconds: number
  readonly requests: number
  /** The time of the largest contentful paint. */
  readonly largestPaintMs: number
  /** Bytes over the line up to the answer, compressed, headers included. */
  readonly bytes: number
  /** Compressed bytes of the scripts that were requested before the answer. */
  readonly scriptBytes: number
  readonly proofBytes: number
}

export const VISITS = 5
/** 1.6 Mbit/s with 150 ms there and back, and a processor of a quarter of the speed. */
const SLOW = { latency: 150, throughput: (1.6 * 1024 * 1024) / 8, processor: 4 }

const READY = '#state[data-state="ready"]'

/** Runs in the page, before its own scripts: notes the time of the largest paint, and of the answer. */
const NOTE_TIMES = `new PerformanceObserver((list) => {
  for (const { startTime } of list.getEntries()) globalThis.largestPaint = startTime
}).observe({ type: "largest-contentful-paint", buffered: true })
new MutationObserver((_, observer) => {
  if (document.querySelector('${READY}') === null) return
  globalThis.answeredAt = performance.now()
  observer.disconnect()
}).observe(document, { subtree: true, childList: true, attributes: true })`

/** Returns the compressed bytes of the scripts that were requested before the answer. */
const SCRIPT_BYTES = `performance.getEntriesByType("resource")
  .filter(({ name, startTime }) => name.endsWith(".js") && startTime < globalThis.answeredAt)
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`

/** Returns the median of several visits. */
export async function medianVisit(browser: Browser, url: string, isSlow: boolean): Promise<VisitFigures> {
  const visits: VisitFigures[] = []
  for (let i = 0; i < VISITS; i++) visits.push(await measureVisit(browser, url, isSlow))
  visits.sort((a, b) => a.milliseconds - b.milliseconds)
  const median = visits[Math.floor(VISITS / 2)]
  invariant(median, "there was a visit")
  return median
}

/** Opens the page with an empty cache, as a link to an address, and waits until the answer is complete. */
async function measureVisit(browser: Browser, url: string, isSlow: boolean): Promise<VisitFigures> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send("Network.enable")
    if (isSlow) {
      await session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: SLOW.latency,
        downloadThroughput: SLOW.throughput,
        uploadThroughput: SLOW.throughput,
      })
      await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.processor })
    }
    const urls = new Map<string, string>()
    const sizes = new Map<string, number>()
    session.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url))
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      sizes.set(requestId, encodedDataLength)
    })
    await page.addInitScript(NOTE_TIMES)
    const start = performance.now()
    await page.goto(url, { waitUntil: "commit" })
    await page.locator(READY).waitFor()
    const milliseconds = Math.round(performance.now() - start)
    const bytesOf = (wanted: (url: string) => boolean): number =>
      [...sizes].reduce((sum, [id, size]) => sum + (wanted(urls.get(id) ?? "") ? size : 0), 0)
    return {
      milliseconds,
      largestPaintMs: Math.round(Number(await page.evaluate("globalThis.largestPaint"))),
      requests: sizes.size,
      bytes: bytesOf(() => true),
      scriptBytes: Number(await page.evaluate(SCRIPT_BYTES)),
      proofBytes: bytesOf((one) => one.includes("/data/shards/")),
    }
  } finally {
    await context.close()
  }
}
