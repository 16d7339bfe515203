import { expect } from "chai"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { humanAmount } from "../../scripts/core/primitives/amount.ts"
import { claimPages } from "../support/claim-pages.ts"
import { GRANTS } from "../support/claim-site.ts"
import { changeAccount, testWallet } from "../support/test-wallet.ts"
import type { Visit } from "../support/visitor.ts"

const ELSEWHERE = "0x00000000000000000000000000000000000A11cE"

describe("claiming on the claim page", () => {
  const { site, open } = claimPages()
  const done = async ({ page }: Visit): Promise<void> => {
    await page.locator('#claim-steps[data-at="done"]').waitFor()
  }

  it("pays both tranches to the address itself in one transaction, and then says that all is paid", async () => {
    const { alice } = site().people
    const wallet = testWallet("Anemone", alice.key)
    const visit = await open({ wallets: [wallet], hash: `#${alice.account}` })
    await visit.connect("Anemone")
    const due = site().amountOf(alice.account) + GRANTS.alice
    const button = visit.page.locator("#claim-start")
    expect(await visit.page.innerText("#due-total")).to.match(new RegExp(`^${humanAmount(due, 9)}\\sSESH$`))
    expect(await button.innerText()).to.match(/^Claim to 0x/)
    const before = await site().balanceOf(alice.account)
    await button.click()
    await done(visit)
    expect(await site().balanceOf(alice.account)).to.equal(before + due)
    expect(wallet.asked.filter((method) => method === "eth_sendTransaction")).to.have.length(1)
    await visit.page.locator('#state[data-state="paid"]').waitFor()
    expect(await visit.page.locator("#claim-start").count()).to.equal(0)
    await visit.leave()
  })

  it("lets any wallet pay the gas for another account, and says so", async () => {
    const { bob, carol } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", carol.key)], hash: `#${bob.account}` })
    await visit.connect("Anemone")
    await visit.page.getByText("Your wallet pays the gas").waitFor()
    await visit.page.click("#claim-start")
    await done(visit)
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    expect(await site().balanceOf(carol.account)).to.equal(0n)
    await visit.leave()
  })

  it("pays to another address only after a second look", async () => {
    const { alice } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", alice.key)], hash: `#${alice.account}` })
    const { page } = visit
    await visit.connect("Anemone")
    await visit.way("other")
    const start = page.locator("#claim-start")
    expect(await start.isDisabled()).to.equal(true)
    for (const [text, words] of [
      ["0x12", "Characters after 0x: 2."],
      ["hello", "This is not an address"],
      ["alice.eth", "This is not an address"],
      [`eth:${ELSEWHERE}`, "belongs to another network"],
      [ELSEWHERE.replace("A11cE", "a11cE"), "must be wrong"],
      [alice.account, "That is the address itself"],
      [site().contract, "Tokens cannot be sent to this address"],
      [`0x${"0".repeat(40)}`, "Tokens cannot be sent to this address"],
    ] as const) {
      await page.fill("#claim-to", text)
      await page.locator("#claim-to-problem").getByText(words).waitFor()
      expect(await start.isDisabled()).to.equal(true)
    }
    await page.fill("#claim-to", site().vesting)
    await page.getByText("There is a contract at this address").waitFor()
    await page.fill("#claim-to", `arb1:${ELSEWHERE}`)
    expect((await page.innerText(".groups")).replace(/\s/g, "")).to.equal(ELSEWHERE)
    expect(await start.isDisabled()).to.equal(true)
    await page.check("#claim-to-confirm")
    await start.click()
    await done(visit)
    expect(await site().balanceOf(ELSEWHERE)).to.equal(site().amountOf(alice.account) + GRANTS.alice)
    await visit.leave()
  })

  it("finds the transaction of a payment that somebody else has made", async () => {
    const { alice, carol } = site().people
    const paying = await open({ wallets: [testWallet("Anemone", carol.key)], hash: `#${alice.account}` })
    await paying.connect("Anemone")
    await paying.page.click("#claim-start")
    await done(paying)
    await paying.leave()
    const visit = await open({ hash: `#${alice.account}` })
    site().rpc.twist = (method) => {
      if (method === "eth_getLogs") throw new Error("query returned more than 10000 results")
      return undefined
    }
    await visit.page.click("#show-payment")
    await visit.page.locator("#no-payment").getByText("its transaction was not found").waitFor()
    site().rpc.twist = undefined
    await visit.page.locator("#no-payment").getByRole("button", { name: "Check again" }).click()
    const text = (await visit.page.innerText("#payments")).replaceAll("\u00a0", " ")
    const due = site().amountOf(alice.account) + GRANTS.alice
    expect(text, "both tranches in one transaction").to.include(`${humanAmount(due, 9)} SESH`)
    expect(await visit.page.locator("#payments li").count()).to.equal(1)
    expect(await visit.page.getAttribute("#payments a", "href")).to.match(/\/tx\/0x[0-9a-f]{64}$/)
    await visit.leave()
  })

  it("forgets the second look when the address is changed afterwards", async () => {
    const { alice } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", alice.key)], hash: `#${alice.account}` })
    await visit.connect("Anemone")
    await visit.way("other")
    await visit.page.fill("#claim-to", ELSEWHERE)
    await visit.page.check("#claim-to-confirm")
    await visit.page.fill("#claim-to", site().people.bob.account)
    expect(await visit.page.isChecked("#claim-to-confirm")).to.equal(false)
    expect(await visit.page.locator("#claim-start").isDisabled()).to.equal(true)
    await visit.leave()
  })

  it("pays the other tranche when one was paid before", async () => {
    const { alice } = site().people
    await site().claimAutomatic(alice.account)
    const visit = await open({ wallets: [testWallet("Anemone", alice.key)], hash: `#${alice.account}` })
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.connect("Anemone")
    expect(await visit.page.innerText("#due-total")).to.match(/^100\sSESH$/)
    expect(await visit.page.innerText(".sub")).to.include("was paid earlier")
    await visit.page.click("#claim-start")
    await done(visit)
    expect(await site().balanceOf(alice.account)).to.equal(site().amountOf(alice.account) + GRANTS.alice)
    await visit.leave()
  })

  it("shows several wallets, uses the one chosen, and changes to the other", async () => {
    const { alice, bob } = site().people
    const wallets = [testWallet("Anemone", alice.key), testWallet("Bryony", bob.key)]
    const visit = await open({ wallets, hash: `#${bob.account}` })
    await visit.page.click("#connect")
    await visit.page.locator(".wallet").first().waitFor()
    expect(await visit.page.locator(".wallet").allInnerTexts()).to.include.members(["Anemone", "Bryony"])
    await visit.connect("Anemone")
    expect(await visit.page.getAttribute(".wallet-in-use", "title")).to.equal(toChecksum(alice.account))
    await visit.page.click("#connect")
    await visit.page.getByRole("button", { name: "Disconnect" }).click()
    await visit.connect("Bryony")
    expect(await visit.page.getAttribute(".wallet-in-use", "title")).to.equal(toChecksum(bob.account))
    await visit.page.click("#claim-start")
    await done(visit)
    expect(wallets.map(({ asked }) => asked.includes("eth_sendTransaction"))).to.deep.equal([false, true])
    await visit.leave()
  })

  it("follows a change of the account in the wallet", async () => {
    const { alice, bob } = site().people
    const wallet = testWallet("Anemone", alice.key)
    const visit = await open({ wallets: [wallet], hash: `#${bob.account}` })
    await visit.connect("Anemone")
    await visit.way("other")
    await visit.page.locator(".problem", { hasText: "itself can do this" }).waitFor()
    await changeAccount(visit.page, wallet, bob.key)
    await visit.page.locator(".problem", { hasText: "itself can do this" }).waitFor({ state: "detached" })
    expect(await visit.page.getAttribute(".wallet-in-use", "title")).to.equal(toChecksum(bob.account))
    await visit.leave()
  })

  it("asks the wallet to switch to the right network, and to add it where it is not known", async () => {
    const { bob, carol } = site().people
    for (const [person, isKnown] of [
      [bob, true],
      [carol, false],
    ] as const) {
      const wallet = testWallet("Anemone", person.key, 1)
      if (!isKnown) wallet.knownChains.delete(42161)
      const visit = await open({ wallets: [wallet], hash: `#${person.account}` })
      await visit.connect("Anemone")
      await visit.page.click("#claim-start")
      await done(visit)
      expect(wallet.chainId).to.equal(42161)
      expect(wallet.asked.includes("wallet_addEthereumChain")).to.equal(!isKnown)
      await visit.leave()
    }
  })

  it("loads the code for claiming only when a claim begins", async () => {
    const { bob } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", bob.key)], hash: `#${bob.account}` })
    await visit.connect("Anemone")
    // Files are also fetched to compute the page's fingerprint; only a script element runs one.
    const started = async (): Promise<string> =>
      String(
        await visit.page.evaluate("[...document.scripts].map(({ src }) => src.split('/').at(-1)).join()"),
      )
    expect(await started())
      .to.include("page.js")
      .and.not.include("claim.js")
    await visit.page.click("#claim-start")
    await done(visit)
    expect(await started()).to.include("claim.js")
    await visit.leave()
  })
})
