/** One site and one browser for the tests of a file; the chain is put back after each test. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { launchChromium } from "../../scripts/dev/rigs/chromium.ts"
import { startClaimSite, type ClaimSite } from "./claim-site.ts"
import { visit, type Visit, type VisitOptions } from "./visitor.ts"

export interface ClaimPages {
  readonly site: () => ClaimSite
  readonly browser: () => Browser
  readonly open: (options?: VisitOptions) => Promise<Visit>
}

/** Registers the hooks; call it inside a `describe`. */
export function claimPages(): ClaimPages {
  let folder = ""
  let site: ClaimSite | undefined
  let browser: Browser | undefined
  let snapshot: unknown

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-page-"))
    ;[site, browser] = await Promise.all([startClaimSite(folder), launchChromium()])
    snapshot = await site.chain.request("evm_snapshot")
  })
  afterEach(async () => {
    if (site === undefined) return
    Object.assign(site.rpc, { down: false, refusesBatches: false, twist: undefined })
    await site.chain.request("evm_revert", [snapshot])
    snapshot = await site.chain.request("evm_snapshot")
  })
  after(async () => {
    await browser?.close()
    await site?.close()
    await rm(folder, { recursive: true, force: true })
  })
  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("the site is there inside tests only")
    return value
  }
  return {
    site: () => started(site),
    browser: () => started(browser),
    open: async (options) => await visit(started(browser), started(site), options),
  }
}
