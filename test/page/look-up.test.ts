import { expect } from "chai"
import { namehash } from "ethers"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { humanAmount } from "../../scripts/core/primitives/amount.ts"
import type { Visit } from "../support/visitor.ts"
import { claimPages } from "../support/claim-pages.ts"
import { CONTACT, GRANTS } from "../support/claim-site.ts"

describe("looking an address up on the claim page", () => {
  const { site, open } = claimPages()
  const shows = async ({ page }: Visit, account: Address): Promise<void> => {
    await page.locator(`#result-title [title="${toChecksum(account)}"]`).waitFor()
  }
  const sesh = (amount: bigint): string => `${humanAmount(amount, 9)} SESH`

  it("shows each tranche's amount, reason and state on chain, without a wallet", async () => {
    const { alice } = site().people
    const visit = await open()
    await visit.look(toChecksum(alice.account))
    const text = async (selector: string): Promise<string> =>
      (await visit.page.innerText(selector)).replaceAll("\u00a0", " ")
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    expect(await text("#automatic dd")).to.equal(sesh(site().amountOf(alice.account)))
    expect(await text("#reserve dd")).to.equal(sesh(GRANTS.alice))
    expect(await text("#due-total")).to.equal(sesh(site().amountOf(alice.account) + GRANTS.alice))
    expect(await text("#state")).to.equal("Ready")
    expect(await text(".sub")).to.match(/^Claims close on /)
    expect(await text("#why > p")).to.match(
      /^2 nodes earned 1\.\d+% of .* SESH\. 100 SESH was granted from the reserve\.$/,
    )
    await visit.page.click("#why summary")
    const why = await text("#why")
    expect(why).to.include("A value of 45,312.5 is")
    expect(why).to.match(/1\s+solo node\s+25,000\s+× 1\.5\s+37,500/)
    expect(why).to.match(/2\s+operator\s+6,250\s+× 1\.25\s+7,812\.5/)
    await visit.leave()
  })

  it("says before any look-up until when claims are open", async () => {
    const visit = await open()
    await visit.page
      .locator("#program-state")
      .getByText(/^Claims close on .*\d:\d\d/)
      .waitFor()
    await visit.leave()
  })

  it("looks up the address in the page's own address, and puts there what is looked up", async () => {
    const { bob, carol } = site().people
    const visit = await open({ hash: `#${bob.account}` })
    await shows(visit, bob.account)
    expect((await visit.page.innerText("#due-total")).replaceAll("\u00a0", " ")).to.equal(
      sesh(site().amountOf(bob.account)),
    )
    await visit.look(carol.account)
    await shows(visit, carol.account)
    expect(visit.page.url()).to.equal(`${site().server.url}#${carol.account}`)
    await visit.page.evaluate(`location.hash = "#${bob.account}"`)
    await shows(visit, bob.account)
    await visit.page.goBack()
    await shows(visit, carol.account)
    await visit.page.goBack()
    await shows(visit, bob.account)
    await visit.leave()
  })

  it("accepts lower, upper and checksummed addresses, and distinguishes typing errors from other texts", async () => {
    const { alice } = site().people
    const visit = await open()
    for (const [text, words] of [
      ["hello", "This is not an address"],
      ["0x1", "Characters after 0x: 1. An address has 40"],
      [`eth:${alice.account}`, "The prefix eth: belongs to another network"],
      [`0x${"ab".repeat(32)}`, "Never enter a private key"],
      ["https://arbiscan.io/tx/", "does not hold exactly one address"],
      ["alice.eth", "Names are looked up on Ethereum"],
    ] as const) {
      await visit.look(text)
      await visit.page.locator("#look-problem", { hasText: words }).waitFor()
    }
    const secret = `0x${"ab".repeat(32)}`
    await visit.look(secret)
    await visit.page.locator("#look-problem", { hasText: "private key" }).waitFor()
    expect(await visit.page.inputValue("#look-address")).to.equal("")
    expect(await visit.page.evaluate("location.href + history.length")).to.not.include(secret.slice(2))
    const slip = toChecksum(alice.account).replace(/[A-F]/, (letter) => letter.toLowerCase())
    await visit.look(slip)
    await visit.page.locator("#look-problem", { hasText: "must be wrong" }).waitFor()
    const plain = alice.account.slice(2)
    for (const text of [
      ` ${alice.account}\u00a0`,
      `\u200b${alice.account.slice(0, 20)} ${alice.account.slice(20)}`,
      `arb1:${toChecksum(alice.account)}`,
      `0X${plain.toUpperCase()}`,
      `https://arbiscan.io/address/${toChecksum(alice.account)}#tokentxns`,
    ]) {
      await visit.look(text)
      await shows(visit, alice.account)
      await visit.page.click(".wordmark")
      await visit.page.locator("h1").waitFor()
    }
    await visit.leave()
    for (const link of [`#/${alice.account}`, `#0X${plain}`, `?address=${toChecksum(alice.account)}`]) {
      const linked = await open({ hash: link })
      await shows(linked, alice.account)
      await linked.leave()
    }
  })

  it("looks an ENS name up through the user's own RPC of Ethereum, and shows the address it gave", async () => {
    const { bob } = site().people
    const visit = await open({
      prepare: async (page) => {
        await page.addInitScript(`sessionStorage.setItem("airdrop-nameRpc", "${site().otherRpc.url}")`)
      },
    })
    const node = namehash("bob.eth").slice(2)
    const registry = "0x00000000000c2e074ec69a0dfb2997ba6c7d2e1e"
    const resolver = `0x${"5e".repeat(20)}`
    const word = (address: string): string => `0x${address.slice(2).padStart(64, "0")}`
    site().otherRpc.twist = (method, params) => {
      if (method !== "eth_call") return undefined
      const [{ to, data }] = params as [{ to: string; data: string }]
      if (!data.endsWith(node)) return word("0x")
      return to === registry ? word(resolver) : to === resolver ? word(bob.account) : undefined
    }
    await visit.look("nobody.eth")
    await visit.page.locator("#look-problem", { hasText: "has no address" }).waitFor()
    await visit.look("Bob.eth")
    await shows(visit, bob.account)
    expect((await visit.page.innerText("#result-title .name")).trim()).to.equal("bob.eth")
    site().otherRpc.twist = undefined
    await visit.leave({ otherRpc: true })
  })

  it("tells an address that it is not on the list, proves it, and explains the reserve", async () => {
    const visit = await open({ hash: `#0x5b${"07".repeat(19)}` })
    await visit.page.locator("#absent").waitFor()
    const text = await visit.page.innerText("#absent")
    expect(text).to.include("Nothing for this address")
    expect(text).to.include("the entries before and after it were checked")
    await visit.page.getByText("50,000\u00a0SESH is kept for people").waitFor()
    expect(await visit.page.getAttribute("#contact a", "href")).to.equal(CONTACT)
    expect(await visit.page.innerText("#contact")).to.equal("The team is reached at forum.example/rewards")
    await visit.leave()
  })

  it("tells a staker who is not among the recipients why it gets nothing", async () => {
    const visit = await open({ hash: `#${site().stranger}` })
    await visit.page.locator("#absent").waitFor()
    const text = await visit.page.innerText("#absent")
    expect(text).to.include("Nothing for this address")
    expect(text).to.include("not on the program’s list of recipients")
    await visit.page.locator("#why tbody").waitFor()
    await visit.page.getByRole("button", { name: "Show its contributions" }).click()
    expect(await visit.page.evaluate("document.activeElement.closest('section').id")).to.equal("why")
    const why = await visit.page.innerText("#why")
    expect(why).to.include("Contributions of this address")
    expect(why).to.not.include("how this amount comes about")
    expect(why).to.include("solo node")
    expect(why).to.not.include("is shared in that proportion")
    await visit.leave()
  })

  it("explains a missing registration in the page's language, and keeps reasons it does not know in the fold", async () => {
    for (const [reason, words] of [
      ["not-registered", "did not register before the close"],
      ["toString", "none of its addresses is in"],
    ] as const) {
      const visit = await open({
        hash: `#${site().stranger}`,
        prepare: async (page) => {
          await page.route("**/data/claims/*.json", async (route) => {
            const response = await route.fetch()
            const body = (await response.text()).replace('"not-listed"', `"${reason}"`)
            await route.fulfill({ response, body })
          })
        },
      })
      await visit.page.locator("#absent").waitFor()
      // What the list does not prove is folded, and never the page's own words.
      const detail = "none of its addresses is in"
      expect(await visit.page.innerText("#absent")).to.not.include(detail)
      await visit.page.click("#absent details summary")
      expect(await visit.page.innerText("#absent")).to.include(words)
      expect(await visit.page.innerText("#absent")).to.include(detail)
      await visit.leave()
    }
  })

  it("leads from a vesting contract to its beneficiary, by the files or by the chain", async () => {
    const { dave } = site().people
    for (const vesting of [site().vesting, site().laterVesting]) {
      const visit = await open({ hash: `#${vesting}` })
      await visit.page.locator("#absent").waitFor()
      expect(await visit.page.innerText("#absent")).to.include("This is a vesting contract")
      await visit.page.getByRole("button", { name: "Look up the beneficiary" }).click()
      await shows(visit, dave.account)
      await visit.page.click("#why summary")
      expect(await visit.page.innerText("#why")).to.include("solo node")
      await visit.leave()
    }
  })

  it("leads from a vesting contract to its beneficiary without the chain too, by the files alone", async () => {
    site().rpc.down = true
    const visit = await open({ hash: `#${site().vesting}` })
    await visit.page.locator("#absent").waitFor()
    await visit.page.getByRole("button", { name: /^Look up 0x/ }).click()
    await shows(visit, site().people.dave.account)
    await visit.leave({ networkFails: true })
  })

  it("shows the grant of an account that is only on the reserve's list", async () => {
    const { frank } = site().people
    const visit = await open({ hash: `#${frank.account}` })
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    expect(await visit.page.locator("#automatic").count()).to.equal(0)
    expect((await visit.page.innerText("#due-total")).replaceAll("\u00a0", " ")).to.equal(sesh(GRANTS.frank))
    expect((await visit.page.innerText("#why > p")).replaceAll("\u00a0", " ")).to.equal(
      `${sesh(GRANTS.frank)} was granted from the reserve.`,
    )
    await visit.leave()
  })

  it("shows the whole program: claimed share, reserve, deadline, chart and network", async () => {
    const { alice } = site().people
    const before = await open()
    await before.page.locator("#claimed-share").waitFor()
    expect(await before.page.innerText("#claimed-share")).to.equal("0%")
    await before.leave()
    await site().claimAutomatic(alice.account)
    const visit = await open()
    await visit.page.locator("#claimed-share").waitFor()
    await visit.page.click("#progress summary")
    const text = await visit.page.innerText("#progress")
    expect(text).to.match(/1\.5%\s+of the recipients have been paid/)
    expect(text).to.include("Paid: 1 of 65 recipients.")
    expect(text).to.match(/0\sSESH of at most 50,000\sSESH/)
    expect(text).to.include("1,503")
    expect(text).to.include("37,575,000")
    expect(text).to.include("38,000,000")
    expect(text).to.include("5,320,000")
    expect(await visit.page.locator("#progress svg polyline").count()).to.equal(1)
    await visit.leave()
  })

  it("works with an RPC that takes no batches", async () => {
    site().rpc.refusesBatches = true
    const visit = await open({ hash: `#${site().people.bob.account}` })
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.leave()
  })

  it("speaks the browser's language, and the one chosen", async () => {
    const visit = await open({ hash: `#${site().people.bob.account}`, locale: "de-DE" })
    await visit.page.locator("#state", { hasText: "Bereit" }).waitFor()
    expect(await visit.page.innerText("#due-total")).to.match(/^\d\.\d{3},\d+ SESH$/)
    for (const [code, word] of [
      ["fr", "Prêt"],
      ["es", "Listo"],
      ["ja", "受け取れます"],
      ["ar", "جاهز"],
      ["en", "Ready"],
    ] as const) {
      await visit.page.selectOption("#language", code)
      await visit.page.locator("#state", { hasText: word }).waitFor()
      expect(await visit.page.getAttribute("html", "lang")).to.equal(code)
      expect(await visit.page.getAttribute("html", "dir")).to.equal(code === "ar" ? "rtl" : "ltr")
    }
    await visit.leave()
  })
})
