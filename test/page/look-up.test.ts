import { expect } from "chai"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { humanAmount } from "../../scripts/core/primitives/amount.ts"
import { claimPages } from "../support/claim-pages.ts"
import { GRANTS } from "../support/claim-site.ts"

describe("looking an address up on the claim page", () => {
  const { site, open } = claimPages()
  const sesh = (amount: bigint): string => `${humanAmount(amount, 9)} SESH`

  it("shows what it is due from each tranche, why, and how that stands on chain, without a wallet", async () => {
    const { alice } = site().people
    const visit = await open()
    await visit.look(toChecksum(alice.account))
    const text = async (selector: string): Promise<string> => await visit.page.innerText(selector)
    await visit.page.locator("#automatic .badge.open").waitFor()
    expect(await text("#automatic .amount")).to.equal(sesh(site().amountOf(alice.account)))
    expect(await text("#reserve .amount")).to.equal(sesh(GRANTS.alice))
    expect(await text("#due-total")).to.include(humanAmount(site().amountOf(alice.account) + GRANTS.alice, 9))
    expect(await text("#reserve .badge")).to.equal("Ready to claim")
    const why = await text("#why")
    expect(why).to.include("Your value of 45,312.5 is")
    expect(why).to.match(/1\s+solo node\s+25,000\s+× 1\.5\s+37,500/)
    expect(why).to.match(/2\s+operator\s+6,250\s+× 1\.25\s+7,812\.5/)
    await visit.leave()
  })

  it("looks up the address in the page's own address, and puts there what is looked up", async () => {
    const { bob, carol } = site().people
    const visit = await open({ hash: `#${bob.account}` })
    await visit.page.locator("#automatic").waitFor()
    expect(await visit.page.innerText("#automatic .amount")).to.equal(sesh(site().amountOf(bob.account)))
    await visit.look(carol.account)
    await visit.page.getByText(toChecksum(carol.account)).first().waitFor()
    expect(visit.page.url()).to.equal(`${site().server.url}#${carol.account}`)
    await visit.page.evaluate(`location.hash = "#${bob.account}"`)
    await visit.page.getByText(toChecksum(bob.account)).first().waitFor()
    await visit.leave()
  })

  it("takes any casing that cannot be a slip, and tells a slip from what is no address", async () => {
    const { alice } = site().people
    const visit = await open()
    await visit.look("0x1234")
    expect(await visit.page.innerText("#look-problem")).to.include("This is not an address")
    const slip = toChecksum(alice.account).replace(/[A-F]/, (letter) => letter.toLowerCase())
    await visit.look(slip)
    expect(await visit.page.innerText("#look-problem")).to.include("must be wrong")
    await visit.look(` ${alice.account} `)
    await visit.page.locator("#automatic").waitFor()
    await visit.leave()
  })

  it("tells whoever is not on the list so, proves it, and says what to do about the reserve", async () => {
    const visit = await open({ hash: `#0x5b${"07".repeat(19)}` })
    await visit.page.locator("#absent").waitFor()
    const text = await visit.page.innerText("#absent")
    expect(text).to.include("This address is not on the list")
    expect(text).to.include("Its neighbours on the list were checked against the root")
    await visit.page.getByText("the reserve of 50,000").waitFor()
    await visit.leave()
  })

  it("tells a staker who is not among the recipients why it gets nothing", async () => {
    const visit = await open({ hash: `#${site().stranger}` })
    await visit.page.locator("#absent").waitFor()
    const text = await visit.page.innerText("#absent")
    expect(text).to.include("takes part and gets nothing")
    expect(text).to.include("not among the recipients")
    expect(text).to.include("What this address has")
    expect(text).to.include("solo node")
    expect(text).to.not.include("is shared in that proportion")
    await visit.leave()
  })

  it("tells who did not register so in the page's own words, and gives the files' words for a reason it does not know", async () => {
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
      expect(await visit.page.innerText("#absent")).to.include(words)
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
      await visit.page.locator("#automatic").waitFor()
      expect(await visit.page.innerText("#result-title")).to.include(toChecksum(dave.account))
      expect(await visit.page.innerText("#why")).to.include("solo node")
      await visit.leave()
    }
  })

  it("leads from a vesting contract to its beneficiary without the chain too, by the files alone", async () => {
    site().rpc.down = true
    const visit = await open({ hash: `#${site().vesting}` })
    await visit.page.locator("#absent").waitFor()
    await visit.page.getByRole("button", { name: /^Look up 0x/ }).click()
    await visit.page.locator("#automatic").waitFor()
    await visit.leave({ networkFails: true })
  })

  it("shows a grant of somebody who is on the reserve's list alone", async () => {
    const { frank } = site().people
    const visit = await open({ hash: `#${frank.account}` })
    await visit.page.locator("#reserve .badge.open").waitFor()
    expect(await visit.page.locator("#automatic").count()).to.equal(0)
    expect(await visit.page.innerText("#reserve .amount")).to.equal(sesh(GRANTS.frank))
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
    const text = await visit.page.innerText("#progress")
    expect(text).to.match(/1\.538%\s+of the recipients have been paid/)
    expect(text).to.include("Counted over all 65 recipients")
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
    await visit.page.locator("#automatic .badge.open").waitFor()
    await visit.leave()
  })

  it("speaks the browser's language, and the one chosen", async () => {
    const visit = await open({ hash: `#${site().people.bob.account}`, locale: "de-DE" })
    await visit.page.getByText("Kann angefordert werden").waitFor()
    expect(await visit.page.innerText("#automatic .amount")).to.match(/^\d\.\d{3},\d+ SESH$/)
    for (const [code, word] of [
      ["fr", "Part automatique"],
      ["es", "Parte automática"],
      ["ja", "自動配分"],
      ["ar", "الحصة التلقائية"],
      ["en", "Automatic share"],
    ] as const) {
      await visit.page.selectOption("#language", code)
      await visit.page.getByText(word).waitFor()
      expect(await visit.page.getAttribute("html", "lang")).to.equal(code)
      expect(await visit.page.getAttribute("html", "dir")).to.equal(code === "ar" ? "rtl" : "ltr")
    }
    await visit.leave()
  })
})
