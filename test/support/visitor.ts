/** Visits the claim page in a real browser, and notes everything that a well-behaved page never does. */
import { expect } from "chai"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import type { ClaimSite } from "./claim-site.ts"
import { injectWallets, type TestWallet } from "./test-wallet.ts"

export interface Visit {
  readonly page: Page
  /** Addresses of all requests. */
  readonly requests: readonly string[]
  /** Errors of the console, uncaught errors, and violations of the page's policy. */
  readonly complaints: readonly string[]
  /** Looks an address up by hand. */
  look(text: string): Promise<void>
  /** Connects a wallet by its name. */
  connect(name: string): Promise<void>
  /** Chooses a way to claim by its radio button's value. */
  way(name: "self" | "other" | "sign"): Promise<void>
  /** Ends the visit. @throws AssertionError if the page did what it never may */
  leave(options?: LeaveOptions): Promise<void>
}

export interface LeaveOptions {
  /** Requests were meant to fail, which the browser writes to the console by itself. */
  readonly networkFails?: boolean
  /** The page was told to use the other RPC. */
  readonly otherRpc?: boolean
}

export interface VisitOptions extends BrowserContextOptions {
  readonly wallets?: readonly TestWallet[]
  /** The first wallet announces nothing and sets window.ethereum. */
  readonly legacyWallet?: boolean
  /** The fragment of the page's address, such as "#0x…". */
  readonly hash?: string
  /** Run before the page is opened, to put oneself between it and its files. */
  readonly prepare?: (page: Page) => Promise<void>
  /** Another address than the site's own. */
  readonly url?: string
}

/** The browser's own words for a request that failed or was cut, which a page cannot keep it from writing. */
const NETWORK_WORDS = "Failed to load resource:"

export async function visit(
  browser: Browser,
  site: Pick<ClaimSite, "server" | "rpc" | "otherRpc">,
  options: VisitOptions = {},
): Promise<Visit> {
  const { wallets = [], legacyWallet = false, hash = "", url = site.server.url, prepare, ...rest } = options
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC", ...rest })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on("request", (request) => requests.push(request.url()))
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text())
  })
  page.on("pageerror", (error) => complaints.push(error.message))
  await injectWallets(page, wallets, site.otherRpc.url, legacyWallet)
  await prepare?.(page)
  await page.goto(url + hash)
  await page.locator("#look-address").waitFor({ state: "attached" })
  return {
    page,
    requests,
    complaints,
    look: async (text) => {
      // Below a result, the search is folded.
      const field = page.locator("#look-address")
      if (!(await field.isVisible())) await page.click("#another > summary")
      await field.fill(text)
      await page.press("#look-address", "Enter")
      await page.locator("#result-title, #warning, #look-problem").first().waitFor()
    },
    connect: async (name) => {
      if (!(await page.locator("#wallets").isVisible())) await page.click("#connect")
      await page.locator("#wallets").getByRole("button", { name, exact: true }).click()
      await page.locator(".wallet-in-use").waitFor()
    },
    way: async (name) => {
      if (!(await page.locator(`input[value="${name}"]`).isVisible())) await page.click(".ways > summary")
      await page.check(`input[value="${name}"]`)
    },
    leave: async ({ networkFails = false, otherRpc = false } = {}) => {
      // A file that is still being changed on its way would complain about the page that is gone.
      await page.unrouteAll({ behavior: "ignoreErrors" })
      await context.close()
      const angry = networkFails ? complaints.filter((words) => !words.startsWith(NETWORK_WORDS)) : complaints
      expect(angry, "complaints in the console").to.deep.equal([])
      const own = [
        site.server.url,
        new URL("/", otherRpc ? site.otherRpc.url : site.rpc.url).href,
        "data:",
        "blob:",
      ]
      if (otherRpc) own.push(site.rpc.url)
      const foreign = requests.filter((address) => !own.some((start) => address.startsWith(start)))
      expect(foreign, "requests to elsewhere").to.deep.equal([])
    },
  }
}
