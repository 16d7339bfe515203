import { expect } from "chai"
import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"
import type { Address } from "../../scripts/core/primitives/address.ts"
import { parseAmount } from "../../scripts/core/primitives/amount.ts"
import { claimPages } from "../support/claim-pages.ts"
import { GRANTS } from "../support/claim-site.ts"
import { testWallet } from "../support/test-wallet.ts"
import { visit as visitSite, type Visit } from "../support/visitor.ts"

type Change = (text: string) => string

/** Another contract stands at the address, and has none of the functions. */
function revertCall(method: string): undefined {
  if (method === "eth_call") throw Object.assign(new Error("execution reverted"), { code: 3 })
}

describe("what the claim page trusts", () => {
  const { site, browser, open } = claimPages()

  /** Visits alice's result with a published file changed on the way. */
  const withChanged = async (glob: string, change: Change): Promise<Visit> => {
    const { alice } = site().people
    return await open({
      wallets: [testWallet("Anemone", alice.key)],
      hash: `#${alice.account}`,
      prepare: async (page: Page) => {
        await page.route(glob, async (route) => {
          const response = await route.fetch()
          await route.fulfill({ response, body: change(await response.text()) })
        })
      },
    })
  }
  const warned = async (visit: Visit, key: string): Promise<void> => {
    await visit.page.locator(`[data-warning="${key}"]`).waitFor()
    await visit.page.getByText("Warning: do not claim with this page").first().waitFor()
    expect(await visit.page.locator("#claim-start").count(), "an offer to claim").to.equal(0)
  }

  /** Visits an account's result with some published files out of reach, until they are mended. */
  const withBroken = async (
    glob: string,
    status: number,
    account: Address,
  ): Promise<{ visit: Visit; mend: () => void }> => {
    let isBroken = true
    const visit = await open({
      hash: `#${account}`,
      prepare: async (page) => {
        await page.route(glob, async (route) => {
          await (isBroken ? route.fulfill({ status }) : route.continue())
        })
      },
    })
    return {
      visit,
      mend: () => {
        isBroken = false
      },
    }
  }
  const totalShown = async (visit: Visit): Promise<bigint> => {
    const text = await visit.page.innerText("#due-total")
    return parseAmount(text.replace(/[^\d.]/g, ""), 9)
  }

  const proofChanges: Readonly<Record<string, readonly [glob: string, change: Change]>> = {
    "the amount in the proof file": [
      "**/data/claims/*.json",
      (text) =>
        text
          .replace(/"baseUnits": "\d+"/, '"baseUnits": "9000000000000"')
          .replace(/"amount": "[\d.]+"/, '"amount": "9000.000000000"'),
    ],
    "a hash in the proof file": [
      "**/data/claims/*.json",
      (text) => text.replace(/"0x[0-9a-f]{64}"\n/, `"0x${"1".repeat(64)}"\n`),
    ],
    "what the derivation pays": [
      "**/data/claims/*.json",
      (text) => text.replace(/("payee": "0x.{40}",\s*"amount": ")/, "$11"),
    ],
    "how the derivation was rounded": [
      "**/data/claims/*.json",
      (text) =>
        text.replace(/"roundedUp": (true|false)/, (_, up: string) => `"roundedUp": ${up === "false"}`),
    ],
    "an amount in the shard": [
      "**/data/shards/*.json",
      (text) => text.replace(/","\d+"\]/, '","9000000000000"]'),
    ],
    "a row missing from the shard": ["**/data/shards/*.json", (text) => text.replace(/\["0x[^\]]*\],\n/, "")],
    "the root in the shard": [
      "**/data/shards/*.json",
      (text) => text.replace(/"root":"0x.{64}"/, `"root":"0x${"1".repeat(64)}"`),
    ],
  }
  for (const [what, [glob, change]] of Object.entries(proofChanges)) {
    it(`offers nothing when somebody changed ${what}`, async () => {
      const visit = await withChanged(glob, change)
      await warned(visit, "check.bad.proof")
      await visit.leave()
    })
  }

  it("offers nothing when the proof file is another address's", async () => {
    const { bob } = site().people
    const file = await readFile(join(site().folder, `data/claims/${bob.account}.json`), "utf8")
    // Without its derivation, which would not fit either.
    const foreign = JSON.stringify({ ...(JSON.parse(file) as object), derivation: undefined })
    const visit = await withChanged("**/data/claims/*.json", () => foreign)
    await warned(visit, "check.bad.proof")
    await visit.leave()
  })

  it("reads the reserve's manifest again where the page was opened before an update", async () => {
    const { alice } = site().people
    let isOld = true
    const visit = await open({
      hash: `#${alice.account}`,
      prepare: async (page) => {
        await page.route("**/data/reserve/manifest.json", async (route) => {
          const response = await route.fetch()
          const text = await response.text()
          const old = text.replace(/"root": "0x.{64}"/, `"root": "0x${"1".repeat(64)}"`)
          await route.fulfill({ response, body: isOld ? old : text })
          isOld = false
        })
      },
    })
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    expect(await totalShown(visit)).to.equal(site().amountOf(alice.account) + GRANTS.alice)
    expect(await visit.page.locator("#warning").count()).to.equal(0)
    await visit.leave()
  })

  it("offers nothing when a grant in the reserve's files was changed", async () => {
    const visit = await withChanged("**/data/reserve/shards/*.json", (text) =>
      text.replace(/","\d+"\]/g, '","9000000000000"]'),
    )
    await warned(visit, "check.bad.reserve")
    await visit.leave()
  })

  const manifestChanges: Readonly<Record<string, readonly [key: string, change: Change]>> = {
    "another contract": [
      "check.bad.manifest",
      (text) => text.replace(/"contract": "0x.{40}"/, `"contract": "0x${"11".repeat(20)}"`),
    ],
    "another root": [
      "check.bad.manifest",
      (text) => text.replace(/"root": "0x.{64}"/, `"root": "0x${"1".repeat(64)}"`),
    ],
    "another chain": ["check.bad.manifest", (text) => text.replace('"chainId": 42161', '"chainId": 1')],
    "fewer leaves": ["check.bad.manifest", (text) => text.replace(/"leafCount": \d+/, '"leafCount": 3')],
    "no sense": ["check.bad.format", (text) => text.slice(0, 100)],
  }
  for (const [what, [key, change]] of Object.entries(manifestChanges)) {
    it(`offers nothing when the manifest has ${what}`, async () => {
      const visit = await withChanged("**/data/manifest.json", change)
      await warned(visit, key)
      expect(await visit.page.textContent("#check-files")).to.include("do not claim")
      await visit.leave()
    })
  }

  const selectors = { "AUTOMATIC_ROOT()": "root", "TOKEN()": "token", "LEAF_COUNT()": "leaves" } as const
  for (const [getter, key] of Object.entries(selectors)) {
    it(`offers nothing when the contract's ${getter} is another`, async () => {
      const { alice } = site().people
      const selector = site().chain.ethers.id(getter).slice(0, 10)
      site().rpc.twist = (method, params) =>
        method === "eth_call" && JSON.stringify(params).includes(`"${selector}"`)
          ? `0x${"7".padStart(64, "0")}`
          : undefined
      const visit = await open({ wallets: [testWallet("Anemone", alice.key)], hash: `#${alice.account}` })
      await warned(visit, `check.bad.${key}`)
      expect(await visit.page.getAttribute("#state", "data-state")).to.equal("mismatch")
      expect(await visit.page.textContent("#check-chain")).to.include("do not claim")
      await visit.leave()
    })
  }

  it("offers nothing before the contract is deployed, and says that it opens then", async () => {
    const { alice } = site().people
    for (const twist of [(method: string) => (method === "eth_call" ? "0x" : undefined), revertCall]) {
      site().rpc.twist = twist
      const visit = await open({ hash: `#${alice.account}` })
      await visit.page.locator('#state[data-state="soon"]').waitFor()
      await visit.page.getByText("Claiming opens when the contract is deployed").waitFor()
      expect(await visit.page.locator("#claim-start, #warning").count()).to.equal(0)
      await visit.leave()
    }
  })

  it("offers nothing while the RPC serves another chain, and does not blame the page", async () => {
    const { alice } = site().people
    site().rpc.twist = (method) => (method === "eth_chainId" ? "0x1" : undefined)
    const visit = await open({ hash: `#${alice.account}` })
    await visit.page.locator('#connection [data-trouble="otherChain"]').waitFor()
    expect(await visit.page.innerText("#state")).to.equal("Not known")
    expect(await visit.page.innerText(".sub")).to.include("serves another network")
    expect(await visit.page.locator("#claim-start, #warning").count()).to.equal(0)
    await visit.leave()
  })

  for (const status of [404, 500]) {
    it(`does not tell a recipient that they are not on the list when a shard answers ${status}`, async () => {
      const { bob } = site().people
      let broken = true
      const visit = await open({
        hash: `#${bob.account}`,
        prepare: async (page) => {
          await page.route("**/data/shards/*.json", async (route) => {
            await (broken ? route.fulfill({ status }) : route.continue())
          })
        },
      })
      await visit.page.locator('[data-warning="check.bad.data"]').waitFor()
      expect(await visit.page.locator("#absent").count()).to.equal(0)
      broken = false
      await visit.page.getByRole("button", { name: "Check again" }).click()
      await visit.page.locator('#state[data-state="ready"]').waitFor()
      await visit.leave({ networkFails: true })
    })
  }

  const partly: Readonly<Record<string, readonly [glob: string, shown: (whole: bigint) => bigint]>> = {
    "the automatic shard": ["**/data/shards/*.json", () => GRANTS.alice],
    "the reserve's shard": ["**/data/reserve/shards/*.json", (whole) => whole - GRANTS.alice],
    "the reserve's manifest": ["**/data/reserve/manifest.json", (whole) => whole - GRANTS.alice],
  }
  for (const [what, [glob, shown]] of Object.entries(partly)) {
    for (const status of [404, 503]) {
      it(`shows what is known when ${what} answers ${status}, and says that there may be more`, async () => {
        const { alice } = site().people
        const whole = site().amountOf(alice.account) + GRANTS.alice
        const { visit, mend } = await withBroken(glob, status, alice.account)
        await visit.page.locator('#state[data-state="ready"]').waitFor()
        expect(await visit.page.innerText("#unread")).to.include("there may be more for this address")
        expect(await totalShown(visit)).to.equal(shown(whole))
        mend()
        await visit.page.locator("#unread button").click()
        await visit.page.locator("#unread").waitFor({ state: "detached" })
        await visit.page.locator('#state[data-state="ready"]').waitFor()
        expect(await totalShown(visit)).to.equal(whole)
        await visit.leave({ networkFails: true })
      })
    }
  }

  for (const status of [404, 500]) {
    it(`keeps amount and claim when the file with the explanation answers ${status}`, async () => {
      const { bob } = site().people
      const { visit, mend } = await withBroken("**/data/claims/*.json", status, bob.account)
      await visit.page.locator("#claim-start").waitFor()
      expect(await totalShown(visit)).to.equal(site().amountOf(bob.account))
      expect(await visit.page.innerText("#why")).to.include("The explanation could not be loaded")
      mend()
      await visit.page.locator("#why button").click()
      await visit.page.locator("#why > p", { hasText: "2 nodes earned" }).waitFor()
      await visit.leave({ networkFails: true })
    })
  }

  it("proves that an address is absent though the reason cannot be loaded", async () => {
    const { visit, mend } = await withBroken("**/data/claims/*.json", 500, site().stranger)
    await visit.page.locator("#absent").waitFor()
    expect(await visit.page.innerText("#unread")).to.include("The explanation could not be loaded")
    mend()
    await visit.page.locator("#unread button").click()
    await visit.page.locator("#absent", { hasText: "but is not on the program’s list" }).waitFor()
    await visit.leave({ networkFails: true })
  })

  it("does not take files that cannot be loaded for false ones, and tries again", async () => {
    const { alice } = site().people
    let broken = true
    const visit = await open({
      hash: `#${alice.account}`,
      prepare: async (page) => {
        await page.route("**/data/manifest.json", async (route) => {
          await (broken ? route.fulfill({ status: 503 }) : route.continue())
        })
      },
    })
    await visit.page.locator('[data-warning="check.bad.data"]').waitFor()
    expect(await visit.page.getByText("do not claim with this page").count()).to.equal(0)
    broken = false
    await visit.page.getByRole("button", { name: "Check again" }).click()
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.leave({ networkFails: true })
  })

  it("shows contract, root, and the fingerprint of the very files that were served", async () => {
    const visit = await open()
    await visit.page.click("#checks summary")
    await visit.page.locator("#fingerprint").waitFor()
    const { config, fingerprint, files } = site().page
    expect(await visit.page.textContent("#fingerprint")).to.equal(fingerprint)
    const checks = ((await visit.page.textContent("#checks")) ?? "").toLowerCase()
    expect(checks).to.include(config.contract)
    expect(checks).to.include(config.automaticRoot)
    const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex")
    const lines = await Promise.all(
      files
        .map(({ name }) => name)
        .sort()
        .map(async (name) => `${sha256(await readFile(join(site().folder, name)))}  ${name}\n`),
    )
    expect(sha256(lines.join(""))).to.equal(fingerprint)
    await visit.leave()
  })

  it("is kept by the browser from talking to anything but its folder and its RPC, and from foreign code", async () => {
    const visit = await open()
    await visit.page.locator("#claimed-share").waitFor()
    const tries = {
      "another RPC than the one in use": `fetch("${site().otherRpc.url}").then(() => "went", () => "refused")`,
      "any other site": `fetch("https://example.org/").then(() => "went", () => "refused")`,
      "a socket": `new Promise((done) => { try { const s = new WebSocket("wss://example.org"); s.onerror = () => done("refused"); s.onopen = () => done("went") } catch { done("refused") } })`,
      "a picture from elsewhere": `new Promise((done) => { const i = new Image(); i.onload = () => done("went"); i.onerror = () => done("refused"); i.src = "https://example.org/x.png" })`,
      "an inline handler": `(() => { try { const b = document.createElement("button"); b.setAttribute("onclick", "window.ran = true"); b.click(); return window.ran ? "went" : "refused" } catch { return "refused" } })()`,
      "markup as text": `(() => { try { document.body.insertAdjacentHTML("beforeend", "<b>x</b>"); return "went" } catch { return "refused" } })()`,
      "a foreign script": `(() => { try { const s = document.createElement("script"); s.src = "https://example.org/x.js"; return "went" } catch { return "refused" } })()`,
      "a beacon": `Promise.resolve(navigator.sendBeacon("https://example.org/", "x")).then(() => performance.getEntriesByName("https://example.org/").length === 0 ? "refused" : "went")`,
    }
    for (const [what, script] of Object.entries(tries)) {
      expect(await visit.page.evaluate(script), what).to.equal("refused")
    }
    const others = visit.complaints.filter(
      (words) => !/Content Security Policy|Trusted(?:HTML|Script)/.test(words),
    )
    expect(others).to.deep.equal([])
    expect(visit.complaints.length).to.be.greaterThan(4)
    await visit.page.context().close()
  })

  it("leaves nothing on the computer but the choices of the open tab", async () => {
    const visit = await open({ hash: `#${site().people.bob.account}` })
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.page.selectOption("#theme", "dark")
    expect(await visit.page.evaluate("localStorage.length")).to.equal(0)
    expect(await visit.page.evaluate("document.cookie")).to.equal("")
    expect(await visit.page.context().cookies()).to.deep.equal([])
    expect(await visit.page.evaluate("Object.keys(sessionStorage).join()")).to.equal("airdrop-theme")
    await visit.leave()
  })

  it("does not let a link choose the RPC", async () => {
    const { alice } = site().people
    const visit = await visitSite(browser(), site(), {
      url: `${site().server.url}?rpc=${encodeURIComponent(site().otherRpc.url)}`,
      hash: `#${alice.account}`,
    })
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    expect(await visit.page.inputValue("#rpc-url")).to.equal(site().rpc.url)
    await visit.leave()
  })
})
