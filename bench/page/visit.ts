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
  readonly scriptBytes: number
  readonly proofBytes: number
}

export const VISITS = 5
/** 1.6 Mbit/s with 150 ms there and back, and a processor of a quarter of the speed. */
const SLOW = { latency: 150, throughput: (1.6 * 1024 * 1024) / 8, processor: 4 }

/** Runs in the page, before its own scripts. */
const NOTE_LARGEST_PAINT = `new PerformanceObserver((list) => {
  for (const { startTime } of list.getEntries()) globalThis.largestPaint = startTime
}).observe({ type: "largest-contentful-paint", buffered: true })`

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
    await page.addInitScript(NOTE_LARGEST_PAINT)
    const start = performance.now()
    await page.goto(url, { waitUntil: "commit" })
    await page.locator('#state[data-state="ready"]').waitFor()
    const milliseconds = Math.round(performance.now() - start)
    const bytesOf = (wanted: (url: string) => boolean): number =>
      [...sizes].reduce((sum, [id, size]) => sum + (wanted(urls.get(id) ?? "") ? size : 0), 0)
    return {
      milliseconds,
      largestPaintMs: Math.round(Number(await page.evaluate("globalThis.largestPaint"))),
      requests: sizes.size,
      bytes: bytesOf(() => true),
      scriptBytes: bytesOf((one) => one.endsWith(".js")),
      proofBytes: bytesOf((one) => one.includes("/data/shards/")),
    }
  } finally {
    await context.close()
  }
}
