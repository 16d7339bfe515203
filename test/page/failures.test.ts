import { expect } from "chai"
import { selector } from "../../web/src/chain/words.ts"
import { claimPages } from "../support/claim-pages.ts"
import type { Person } from "../support/claim-site.ts"
import { REFUSED, testWallet, type TestWallet } from "../support/test-wallet.ts"
import type { Visit } from "../support/visitor.ts"

/** As nodes refuse one call of a batch. */
const TOO_MANY = Object.assign(new Error("rate limit exceeded"), { code: -32005 })

const callOf = (signature: string): string => selector(signature).slice(2)

describe("what the claim page says when a claim does not go through", () => {
  const { site, open } = claimPages()

  const atTheButton = async (
    person: Person,
    wallet: TestWallet = testWallet("Anemone", person.key),
  ): Promise<Visit> => {
    const visit = await open({ wallets: [wallet], hash: `#${person.account}` })
    await visit.connect("Anemone")
    await visit.page.locator("#claim-start").waitFor()
    return visit
  }
  /** Clicks and waits for the failure; returns the page's words. */
  const failing = async ({ page }: Visit, code: string): Promise<string> => {
    await page.click("#claim-start")
    await page.locator(`.trouble[data-failure="${code}"]`).waitFor()
    return await page.innerText(".trouble")
  }
  const retry = async ({ page }: Visit): Promise<void> => {
    await page.getByRole("button", { name: "Try again" }).first().click()
    await page.locator('#claim-steps[data-at="done"]').waitFor()
  }

  it("declined in the wallet: nothing was sent, and it can be tried again", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const visit = await atTheButton(bob, wallet)
    wallet.refusals.set("eth_sendTransaction", REFUSED)
    expect(await failing(visit, "refused")).to.include("You declined in the wallet. Nothing was sent.")
    expect(await site().balanceOf(bob.account)).to.equal(0n)
    wallet.refusals.clear()
    await retry(visit)
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("declined to connect", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    wallet.refusals.set("eth_requestAccounts", REFUSED)
    const visit = await open({ wallets: [wallet], hash: `#${bob.account}` })
    await visit.page.click("#connect")
    await visit.page.locator("#wallets").getByRole("button", { name: "Anemone" }).click()
    await visit.page.locator('#wallets [data-failure="refused"]').waitFor()
    wallet.refusals.clear()
    await visit.connect("Anemone")
    await visit.leave()
  })

  it("a wallet that is busy, locked, or cannot do it", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const visit = await atTheButton(bob, wallet)
    for (const [code, failure, words] of [
      [-32002, "walletBusy", "still waiting for an answer"],
      [4100, "walletLocked", "Unlock it"],
      [4200, "walletCannot", "Try another wallet"],
    ] as const) {
      wallet.refusals.set("eth_sendTransaction", { code, message: "no" })
      expect(await failing(visit, failure)).to.include(words)
      await visit.page.getByRole("button", { name: "Start over" }).click()
    }
    await visit.leave()
  })

  it("the network was not changed in the wallet", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key, 1)
    wallet.before = () => {
      wallet.chainId = 1 // says yes, and stays
    }
    const visit = await atTheButton(bob, wallet)
    expect(await failing(visit, "wrongChain")).to.include("Change it to Arbitrum One")
    wallet.before = undefined
    wallet.refusals.set("wallet_switchEthereumChain", REFUSED)
    await visit.page.getByRole("button", { name: "Start over" }).click()
    await failing(visit, "refused")
    await visit.leave()
  })

  it("no gas: says so before the wallet is asked, and what can be done", async () => {
    const { penniless } = site().people
    const wallet = testWallet("Anemone", penniless.key)
    const visit = await atTheButton(penniless, wallet)
    const words = await failing(visit, "noGas")
    expect(words).to.include("too little ETH on Arbitrum One")
    expect(wallet.asked).to.not.include("eth_sendTransaction")
    await visit.page.getByRole("button", { name: "My wallet needs no gas" }).click()
    await visit.page.locator(".trouble").waitFor()
    expect(wallet.asked).to.include("eth_sendTransaction")
    await visit.page.getByRole("button", { name: "Start over" }).click()
    await failing(visit, "noGas")
    await visit.page.getByRole("button", { name: "Let someone else pay the gas" }).click()
    expect(await visit.page.isChecked('input[value="sign"]')).to.equal(true)
    expect(await visit.page.innerText("#claim-start")).to.include("Sign the claim")
    await visit.leave()
  })

  it("the account was changed while the page was at work", async () => {
    const { alice, bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const visit = await atTheButton(bob, wallet)
    wallet.before = (method) => {
      if (method === "eth_accounts") wallet.keys = [alice.key]
    }
    expect(await failing(visit, "changedMind")).to.include("Nothing was sent")
    expect(wallet.asked).to.not.include("eth_sendTransaction")
    await visit.leave()
  })

  it("paid by another sender in the meantime", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob)
    await site().claimAutomatic(bob.account)
    expect(await failing(visit, "alreadyClaimed")).to.include("the tokens have been paid")
    await visit.page.locator('#state[data-state="paid"]').waitFor()
    await visit.leave()
  })

  it("paid by another sender in the same block", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob)
    await site().chain.request("evm_setAutomine", [false])
    try {
      await visit.page.click("#claim-start")
      await visit.page.locator('#claim-steps[data-at="waiting"]').waitFor()
      await site().claimAutomatic(bob.account, 10n ** 12n)
      await site().chain.mine()
      // The account has its tokens: that its own transaction failed does not matter.
      await visit.page.locator('#claim-steps[data-at="done"]').waitFor()
    } finally {
      await site().chain.request("evm_setAutomine", [true])
    }
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("the contract holds too little", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob)
    await site().drain(await site().balanceOf(site().contract))
    const words = await failing(visit, "underfunded")
    expect(words).to.include("Your claim is safe")
    await site().chain.fund(site().contract, site().amountOf(bob.account))
    await retry(visit)
    await visit.leave()
  })

  it("the owner has swept", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob)
    await site().chain.mine(Number(await site().airdrop.SWEEP_TIME()))
    await (await site().airdrop.sweep()).wait()
    expect(await failing(visit, "swept")).to.include("The deadline has passed and the owner has taken back")
    await visit.page.locator('#state[data-state="closed"]').waitFor()
    expect(await visit.page.locator(".trouble").getByText("Try again").count()).to.equal(0)
    await visit.leave()
  })

  it("says after the deadline that the owner may take back the rest, and pays until that happens", async () => {
    const { bob, carol } = site().people
    await site().chain.mine(Number(await site().airdrop.SWEEP_TIME()))
    const visit = await atTheButton(bob)
    expect(await visit.page.innerText(".sub")).to.match(/^The deadline was .* until the owner takes back/)
    await visit.page.click("#claim-start")
    await visit.page.locator('#claim-steps[data-at="done"]').waitFor()
    await (await site().airdrop.sweep()).wait()
    // What anybody sends afterwards does not open it again.
    await site().chain.fund(site().contract, 1n)
    await visit.look(carol.account)
    await visit.page.getByRole("button", { name: "Refresh" }).click()
    await visit.page.locator('#state[data-state="closed"]').waitFor()
    expect(await visit.page.locator("#claim-start").count()).to.equal(0)
    await visit.leave()
  })

  it("the reserve was updated meanwhile", async () => {
    const { frank } = site().people
    const visit = await atTheButton(frank)
    const root = `0x${"ab".repeat(32)}`
    await (await site().airdrop.submitReserveRoot(root, "")).wait()
    await site().chain.request("evm_increaseTime", [3600])
    await (await site().airdrop.acceptReserveRoot(root)).wait()
    expect(await failing(visit, "reserveChanged")).to.include("Look the address up again")
    await visit.leave()
  })

  it("a reserve that waits for acceptance, and one that is not on chain, are shown as such", async () => {
    const { frank } = site().people
    const { airdrop } = site()
    const published = await airdrop.reserveRoot()
    const other = `0x${"ab".repeat(32)}`
    await (await airdrop.submitReserveRoot(other, "")).wait()
    await site().chain.request("evm_increaseTime", [3600])
    await (await airdrop.acceptReserveRoot(other)).wait()
    const visit = await open({ hash: `#${frank.account}` })
    await visit.page.locator('#state[data-state="announced"]').waitFor()
    await visit.page.getByText("This grant is not on the network yet").waitFor()
    await visit.look(site().people.alice.account)
    await visit.page.getByText("more is granted and not on the network yet").waitFor()
    await visit.look(frank.account)
    expect(await visit.page.locator("#claim-start").count()).to.equal(0)
    await visit.leave()
    await (await airdrop.submitReserveRoot(published, "")).wait()
    const again = await open({ hash: `#${frank.account}` })
    await again.page.getByText("This can be claimed from").waitFor()
    await again.look(site().people.alice.account)
    await again.page.getByText("more can be claimed from").waitFor()
    await again.page.click("#progress summary")
    await again.page.locator("#progress").getByText("An update of the reserve is announced").waitFor()
    await again.leave()
  })

  it("the RPC is down from the start: amounts and proofs are shown, and it can be tried again", async () => {
    const { bob } = site().people
    site().rpc.down = true
    const visit = await open({ hash: `#${bob.account}` })
    await visit.page.locator("#reach").waitFor()
    expect(await visit.page.innerText("#state")).to.equal("Not known")
    expect(await visit.page.innerText("#due-total")).to.include("SESH")
    expect(await visit.page.locator("#claim-start").count()).to.equal(0)
    expect(await visit.page.getByText("The network does not answer").count(), "said once").to.equal(1)
    await visit.page.locator("#reach").getByRole("button", { name: "Choose another RPC" }).click()
    expect(await visit.page.evaluate("document.activeElement.id")).to.equal("rpc-url")
    site().rpc.down = false
    await visit.page.locator("#reach").getByRole("button", { name: "Try again" }).click()
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.leave({ networkFails: true })
  })

  it("the RPC is silent: trying again and another RPC are offered without waiting for its end", async () => {
    const { bob } = site().people
    let answer = (): void => undefined
    const silence = new Promise<undefined>(
      (resolve) =>
        (answer = () => {
          resolve(undefined)
        }),
    )
    site().rpc.twist = async () => {
      await silence
    }
    const visit = await open({
      hash: `#${bob.account}`,
      prepare: async (page) => {
        await page.clock.install()
      },
    })
    await visit.page.locator('#state[data-state="checking"]').waitFor()
    expect(await visit.page.locator("#reach").count()).to.equal(0)
    await visit.page.clock.runFor(5_000)
    await visit.page.locator("#reach").waitFor()
    await visit.page.clock.runFor(1_000)
    site().rpc.twist = undefined
    await visit.page.locator("#reach").getByRole("button", { name: "Try again" }).click()
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    answer()
    expect(await visit.page.locator("#reach").count()).to.equal(0)
    await visit.leave()
  })

  for (const [name, isRefused] of [
    ["the chain's number", (method: string) => method === "eth_chainId"],
    ["the newest block", (method: string) => method === "eth_getBlockByNumber"],
    ["the contract's balance", (_: string, data: string) => data.includes(callOf("balanceOf(address)"))],
    ["the contract's root", (_: string, data: string) => data.includes(callOf("AUTOMATIC_ROOT()"))],
    ["whether it is paid", (_: string, data: string) => data.includes(callOf("isClaimed(uint256)"))],
  ] as const) {
    it(`the RPC refuses ${name} alone, for too many requests: that is no verdict on the contract`, async () => {
      const { bob } = site().people
      site().rpc.twist = (method, params) => {
        if (isRefused(method, JSON.stringify(params))) throw TOO_MANY
        return undefined
      }
      const visit = await open({ hash: `#${bob.account}` })
      await visit.page.locator("#reach").waitFor()
      expect(await visit.page.locator("#warning").count()).to.equal(0)
      expect(await visit.page.innerText("#state")).to.equal("Not known")
      site().rpc.twist = undefined
      await visit.page.locator("#reach").getByRole("button", { name: "Try again" }).click()
      await visit.page.locator('#state[data-state="ready"]').waitFor()
      expect(await visit.page.locator("#reach").count()).to.equal(0)
      await visit.leave()
    })
  }

  it("the RPC refuses while a claim is under way: nothing is said of the contract, and it can be tried again", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob)
    for (const refused of ["reserveRoot()", "balanceOf(address)"]) {
      site().rpc.twist = (_, params) => {
        if (JSON.stringify(params).includes(callOf(refused))) throw TOO_MANY
        return undefined
      }
      expect(await failing(visit, "rpcDown")).to.include(`The RPC ${site().rpc.url} does not answer`)
      await visit.page.getByRole("button", { name: "Start over" }).click()
    }
    site().rpc.twist = (method) => {
      if (method === "eth_estimateGas") throw TOO_MANY
      return undefined
    }
    await failing(visit, "rpcDown")
    site().rpc.twist = undefined
    await retry(visit)
    await visit.leave()
  })

  it("the RPC goes down before the trial run, and another is chosen", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob)
    site().rpc.down = true
    expect(await failing(visit, "rpcDown")).to.include(`The RPC ${site().rpc.url} does not answer`)
    await visit.page.getByRole("button", { name: "Choose another RPC" }).click()
    expect(await visit.page.evaluate("document.activeElement.id")).to.equal("rpc-url")
    await visit.page.fill("#rpc-url", "ftp://nowhere")
    await visit.page.locator("form:has(#rpc-url) button").click()
    await visit.page.locator("#rpc-url-problem").waitFor()
    await visit.page.fill("#rpc-url", site().otherRpc.url)
    await visit.page.locator("form:has(#rpc-url) button").click()
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.connect("Anemone")
    await visit.page.click("#claim-start")
    await visit.page.locator('#claim-steps[data-at="done"]').waitFor()
    site().rpc.down = false
    await visit.page.click("#connection > summary")
    await visit.page.fill("#rpc-url", "")
    await Promise.all([
      visit.page.waitForEvent("load"),
      visit.page.locator("form:has(#rpc-url) button").click(),
    ])
    await visit.page.locator('#state[data-state="paid"]').waitFor()
    expect(await visit.page.inputValue("#rpc-url"), "the page's own choice again").to.equal(site().rpc.url)
    await visit.leave({ networkFails: true, otherRpc: true })
  })

  it("the RPC goes down after sending: the transaction can be looked for again", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob)
    await site().chain.request("evm_setAutomine", [false])
    try {
      await visit.page.click("#claim-start")
      await visit.page.locator('#claim-steps[data-at="waiting"]').waitFor()
      site().rpc.down = true
      await visit.page.getByText("This page keeps asking").waitFor()
      await site().chain.mine()
      site().rpc.down = false
      await visit.page.locator('#claim-steps[data-at="done"]').waitFor()
    } finally {
      await site().chain.request("evm_setAutomine", [true])
    }
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave({ networkFails: true })
  })

  it("no wallet in the browser", async () => {
    const visit = await open({ hash: `#${site().people.bob.account}` })
    await visit.page.click("#connect")
    await visit.page.getByText("No wallet was found in this browser").waitFor()
    await visit.leave()
  })
})
