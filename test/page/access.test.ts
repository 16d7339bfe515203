import axe from "axe-core"
import { expect } from "chai"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { claimPages } from "../support/claim-pages.ts"
import { asked, REFUSED, testWallet, type TestWallet } from "../support/test-wallet.ts"
import type { Visit, VisitOptions } from "../support/visitor.ts"

/** The folder for the pictures, which people look at. */
const PICTURES = join(PROJECT_ROOT, ".cache", "page-pictures")

const WIDTHS = { narrow: 320, medium: 768, wide: 1440 }

describe("who can use the claim page", () => {
  const { site, open } = claimPages()

  const expectNoFault = async ({ page }: Visit, state: string): Promise<void> => {
    await page.evaluate(axe.source)
    const faults = await page.evaluate<string[]>(
      `axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))`,
    )
    expect(faults, `axe: ${state}`).to.deep.equal([])
  }
  const expectNoSidewaysScroll = async ({ page }: Visit, state: string): Promise<void> => {
    const excess = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    )
    expect(excess, `${state}: wider than the window by`).to.equal(0)
  }

  /** Expects all that can be pressed to be at least 44 pixels wide and high, which a finger needs. */
  const expectTargets = async ({ page }: Visit, state: string): Promise<void> => {
    const small = await page.evaluate<string[]>(
      `[...document.querySelectorAll("button, summary, select, a.button")]
        .filter((one) => one.checkVisibility())
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 43.9 || box.height < 43.9)
        .map(({ one, box }) => (one.id || one.className || one.innerText) + " " + box.width + " x " + box.height)`,
    )
    expect(small, `${state}: too small for a finger`).to.deep.equal([])
  }

  /** Opens each state of the page on a fresh visit. */
  const states: Readonly<Record<string, (options: VisitOptions, wallet: TestWallet) => Promise<Visit>>> = {
    start: async (options) => {
      const visit = await open(options)
      await visit.page.locator("#checks").waitFor({ state: "attached" })
      return visit
    },
    result: async (options, wallet) => {
      const visit = await open({ ...options, wallets: [wallet], hash: `#${site().people.alice.account}` })
      await visit.page.locator('#state[data-state="ready"]').waitFor()
      await visit.connect("Anemone")
      await visit.way("other")
      await visit.page.fill("#claim-to", site().people.bob.account)
      await visit.page.check("#claim-to-confirm")
      await visit.page.locator("#claimed-share").waitFor()
      return visit
    },
    failure: async (options, wallet) => {
      wallet.refusals.set("eth_sendTransaction", REFUSED)
      const visit = await open({ ...options, wallets: [wallet], hash: `#${site().people.alice.account}` })
      await visit.connect("Anemone")
      await visit.page.click("#claim-start")
      await visit.page.locator('.trouble[data-failure="refused"]').waitFor()
      return visit
    },
    signed: async (options, wallet) => {
      const visit = await open({ ...options, wallets: [wallet], hash: `#${site().people.alice.account}` })
      await visit.connect("Anemone")
      await visit.way("sign")
      await visit.page.click("#claim-start")
      await visit.page.locator("#signed").waitFor()
      await visit.page.locator("#submit > summary").click()
      await visit.page.fill("#signed-link", await visit.page.inputValue("#signed-text"))
      await visit.page.locator("#submit form button").click()
      await visit.page.locator(".signed-claim").waitFor()
      return visit
    },
    absent: async (options) => {
      const visit = await open({ ...options, hash: `#${site().stranger}` })
      await visit.page.locator("#absent").waitFor()
      return visit
    },
    warning: async (options) => {
      const root = site().chain.ethers.id("AUTOMATIC_ROOT()").slice(0, 10)
      site().rpc.twist = (method, params) =>
        method === "eth_call" && JSON.stringify(params).includes(root) ? `0x${"7".repeat(64)}` : undefined
      const visit = await open({ ...options, hash: `#${site().people.alice.account}` })
      await visit.page.locator("#warning").waitFor()
      return visit
    },
  }

  for (const colorScheme of ["dark", "light"] as const) {
    for (const [state, reach] of Object.entries(states)) {
      it(`finds no fault with axe, nor anything cut off, at three widths: ${state}, ${colorScheme}`, async () => {
        await mkdir(PICTURES, { recursive: true })
        const wallet = testWallet("Anemone", site().people.alice.key)
        const visit = await reach({ colorScheme, viewport: { width: WIDTHS.medium, height: 900 } }, wallet)
        await expectNoFault(visit, state)
        for (const [name, width] of Object.entries(WIDTHS)) {
          await visit.page.setViewportSize({ width, height: 900 })
          await expectNoSidewaysScroll(visit, `${state} at ${width}`)
          if (width === WIDTHS.narrow) await expectTargets(visit, state)
          const path = join(PICTURES, `${state}-${colorScheme}-${name}.png`)
          await visit.page.screenshot({ path, fullPage: true })
        }
        await visit.leave()
      })
    }
  }

  it("reads from right to left in Arabic, with addresses and figures the right way round", async () => {
    const wallet = testWallet("Anemone", site().people.alice.key)
    const result = states["result"]
    if (result === undefined) throw new Error("the state is there")
    const visit = await result({ locale: "ar-EG", viewport: { width: WIDTHS.medium, height: 900 } }, wallet)
    expect(await visit.page.getAttribute("html", "dir")).to.equal("rtl")
    await expectNoFault(visit, "Arabic")
    const [label, field] = await Promise.all([
      visit.page.locator("#look-title").boundingBox(),
      visit.page.locator("#look-address").boundingBox(),
    ])
    const button = await visit.page.locator("form:has(#look-address) button").boundingBox()
    expect(button?.x, "the button stands left of the field").to.be.lessThan(field?.x ?? 0)
    expect(label).to.not.equal(null)
    expect(
      await visit.page.evaluate('getComputedStyle(document.getElementById("look-address")).direction'),
    ).to.equal("ltr")
    for (const [name, width] of Object.entries(WIDTHS)) {
      await visit.page.setViewportSize({ width, height: 900 })
      await expectNoSidewaysScroll(visit, `Arabic at ${width}`)
      await visit.page.screenshot({ path: join(PICTURES, `arabic-${name}.png`), fullPage: true })
    }
    await visit.page.click(".wordmark")
    await visit.page.locator(".home p[lang=en] > bdi", { hasText: "350,000 SESH for people" }).waitFor()
    await visit.leave()
  })

  it("can be used by keyboard alone, from the search to the paid claim", async () => {
    const { bob } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", bob.key)] })
    const { page } = visit
    const focused = async (): Promise<string> =>
      String(
        await page.evaluate(
          "document.activeElement.id || document.activeElement.className || document.activeElement.innerText",
        ),
      )
    const tabTo = async (name: string): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press("Tab")
        if ((await focused()) === name) return
      }
      throw new Error(`the tabulator never came to ${name}`)
    }
    await page.keyboard.press("Tab")
    expect(await focused()).to.equal("skip")
    await page.keyboard.press("Enter")
    expect(await focused()).to.equal("look-address")
    await page.keyboard.type(bob.account)
    await page.keyboard.press("Enter")
    await page.locator('#state[data-state="ready"]').waitFor()
    expect(await focused(), "the result takes the focus").to.equal("result-title")
    await tabTo("claim-start")
    const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    expect(outline, "a ring around what has the focus").to.equal("solid")
    await page.keyboard.press("Enter")
    await page.locator("#wallets").waitFor()
    await tabTo("wallet")
    await page.keyboard.press("Enter")
    await page.locator('#claim-steps[data-at="done"]').waitFor()
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("tells a screen reader each step, and what went wrong", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const visit = await open({ wallets: [wallet], hash: `#${bob.account}` })
    await visit.connect("Anemone")
    await site().chain.request("evm_setAutomine", [false])
    try {
      await visit.page.click("#claim-start")
      const status = visit.page
        .getByRole("status")
        .filter({ hasText: "Sent. Usually included within seconds." })
      await status.waitFor()
      expect(await visit.page.locator('[aria-current="step"]').innerText()).to.equal(
        "Waiting for the network",
      )
      await site().chain.mine()
      await visit.page.getByRole("status").filter({ hasText: "sent to 0x" }).waitFor()
    } finally {
      await site().chain.request("evm_setAutomine", [true])
    }
    await visit.leave()
  })

  it("has no motion if the visitor prefers reduced motion", async () => {
    const { bob } = site().people
    for (const [reducedMotion, moving] of [
      ["reduce", "none"],
      ["no-preference", "breathe"],
    ] as const) {
      const wallet = testWallet("Anemone", bob.key)
      let answer = (): void => undefined
      wallet.before = async (method) => {
        if (method === "eth_sendTransaction") await new Promise<void>((resolve) => (answer = resolve))
      }
      const visit = await open({ wallets: [wallet], hash: `#${bob.account}`, reducedMotion })
      await visit.connect("Anemone")
      await visit.page.click("#claim-start")
      const now = visit.page.locator(".steps li.now", { hasText: "Your confirmation" })
      await now.waitFor()
      const animation = `getComputedStyle(document.querySelector(".steps li.now")).animationName`
      expect(await visit.page.evaluate(animation)).to.equal(moving)
      expect(await visit.page.innerText("#state"), "agrees with the step").to.equal("Under way")
      expect(await visit.page.locator(".sub").count(), "what the step says is said once").to.equal(0)
      wallet.refusals.set("eth_sendTransaction", REFUSED)
      await asked(wallet, "eth_sendTransaction")
      answer()
      await visit.page.locator('.trouble[data-failure="refused"]').waitFor()
      await visit.leave()
    }
  })
})
