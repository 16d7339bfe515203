import { expect } from "chai"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import type { Address } from "../../scripts/core/primitives/address.ts"
import { parseAddress } from "../../scripts/core/primitives/address.ts"
import { ZERO_ADDRESS } from "../../scripts/core/primitives/address.ts"
import { safeTransaction } from "../../scripts/core/safe/safe-transaction.ts"
import { executeSafeTransaction, signSafeTransaction } from "../../scripts/io/safe/execute.ts"
import { createSafe, readSafe } from "../../scripts/io/safe/safe.ts"
import { buildPage } from "../../scripts/stages/page/build-page.ts"
import { servePage, type PageServer } from "../../scripts/stages/page/serve.ts"
import { claimPages } from "../support/claim-pages.ts"

interface SafeCall {
  readonly to: string
  readonly data: string
}

/** Plays the Safe's web app around the page, with a real Safe on the embedded chain. */
describe("the claim page inside the Safe's web app", () => {
  const { site, browser } = claimPages()
  let folder = ""
  let host: Server
  let origin = ""
  let server: PageServer

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-safe-app-"))
    host = createServer((request, response) => {
      const answers = request.url?.startsWith("/safe") === true
      response.writeHead(200, { "content-type": "text/html" }).end(hostPage(server.url, answers))
    })
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve))
    origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`
    await buildPage(join(folder, "page"), {
      title: "Community Rewards",
      rpcUrls: [site().rpc.url],
      deployment: undefined,
      network: undefined,
      publication: join(site().folder, "data"),
      safeOrigins: [origin],
    })
    server = await servePage(join(folder, "page"))
  })
  after(async () => {
    await server.close()
    host.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Opens the web app; `wait` holds the execution back, as while owners are still to confirm. */
  const openSafe = async (account: Address): Promise<{ page: Page; execute: () => void; safe: Address }> => {
    const [payer, first, second] = site().chain.signers
    if (!payer || !first || !second) throw new Error("the chain has signers")
    const safe = await createSafe(payer, { owners: [first.address, second.address], threshold: 2 })
    const page = await (await browser().newContext({ locale: "en-GB" })).newPage()
    page.setDefaultTimeout(30_000)
    let execute = (): void => undefined
    const confirmed = new Promise<void>((resolve) => (execute = resolve))
    const executed = new Map<string, string>()
    await page.exposeFunction("playSafe", (method: string, params: string) => {
      const value = JSON.parse(params) as { txs: SafeCall[]; safeTxHash: string }
      switch (method) {
        case "getSafeInfo":
          return { safeAddress: safe, chainId: 42161, threshold: 2, owners: [], isReadOnly: false }
        case "sendTransactions": {
          const safeTxHash = `0x${"5a".repeat(32)}`
          const calls = value.txs.map(({ to, data }) => ({
            to: parseAddress(to.toLowerCase()),
            value: 0n,
            data: data as `0x${string}`,
          }))
          void confirmed.then(async () => {
            const state = await readSafe(site().chain.ethers.provider, safe)
            const transaction = safeTransaction(calls, state.nonce, ZERO_ADDRESS)
            const signatures = await Promise.all(
              [first, second].map((owner) => signSafeTransaction(state, transaction, owner)),
            )
            const { hash } = await executeSafeTransaction(state, transaction, signatures, payer)
            executed.set(safeTxHash, hash)
          })
          return { safeTxHash }
        }
        case "getTxBySafeTxHash": {
          const hash = executed.get(value.safeTxHash)
          return hash === undefined
            ? { txStatus: "AWAITING_CONFIRMATIONS" }
            : { txStatus: "SUCCESS", txHash: hash }
        }
        default:
          throw new Error(`the Safe does not know ${method}`)
      }
    })
    await page.goto(`${origin}/safe#${account}`)
    return { page, execute, safe }
  }

  it("uses the Safe as the wallet, makes a claim a Safe transaction, and follows it until it is executed", async () => {
    const { bob } = site().people
    const { page, execute } = await openSafe(bob.account)
    const frame = page.frameLocator("iframe")
    await frame.locator(".wallet-in-use").waitFor()
    await frame.locator("#claim-start").click()
    await frame.locator('#state[data-state="sent"]').waitFor()
    await frame.getByText("Its other owners have to confirm it there").waitFor()
    expect(await site().balanceOf(bob.account), "owners have not confirmed yet").to.equal(0n)
    execute()
    await frame.locator('#claim-steps[data-at="done"]').waitFor()
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await page.context().close()
  })

  it("looks the Safe itself up where no address is asked for", async () => {
    const { page, safe } = await openSafe("" as Address)
    await page.frameLocator("iframe").locator("#absent").waitFor()
    const title = page.frameLocator("iframe").locator(".who [title]").first()
    expect((await title.getAttribute("title"))?.toLowerCase()).to.equal(safe)
    await page.context().close()
  })

  it("offers nothing inside a page that offers no Safe, and leads out of it", async () => {
    const { bob } = site().people
    const page = await (await browser().newContext({ locale: "en-GB" })).newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(`${origin}/foreign#${bob.account}`)
    const frame = page.frameLocator("iframe")
    await frame.locator('#state[data-state="ready"]').waitFor()
    await frame.locator("#framed a").waitFor()
    expect(await frame.locator("#claim-start").count()).to.equal(0)
    await page.context().close()
  })

  it("is not shown by the browser in a page of another origin", async () => {
    const page = await (await browser().newContext()).newPage()
    await page.goto(`${origin.replace("127.0.0.1", "localhost")}/safe`)
    await page.waitForFunction("document.querySelector('iframe').contentWindow.length !== undefined")
    expect(await page.frameLocator("iframe").locator("#page").count()).to.equal(0)
    await page.context().close()
  })

  it("tells the Safe's web app what it is", async () => {
    const response = await fetch(`${server.url}manifest.json`)
    expect(response.headers.get("access-control-allow-origin")).to.equal("*")
    expect(await response.json()).to.include({ name: "Community Rewards", iconPath: "icon.svg" })
    expect((await fetch(server.url)).headers.get("content-security-policy")).to.equal(
      `frame-ancestors 'self' ${origin}`,
    )
  })
})

/** Returns the page around the claim page. It answers as the Safe's web app does, or never. */
function hostPage(claimPage: string, answers: boolean): string {
  const script = `addEventListener("message", async ({ source, origin, data: { id, method, params } }) => {
    try {
      const data = await window.playSafe(method, JSON.stringify(params))
      source.postMessage({ id, success: true, version: "9.1.0", data }, origin)
    } catch (error) {
      source.postMessage({ id, success: false, version: "9.1.0", error: error.message }, origin)
    }
  })`
  return `<!doctype html><title>Safe</title>${answers ? `<script>${script}</script>` : ""}
    <iframe width="1000" height="800"></iframe>
    <script>document.querySelector("iframe").src = ${JSON.stringify(claimPage)} + location.hash</script>`
}
