import { expect } from "chai"
import { readFile } from "node:fs/promises"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { claimPages } from "../support/claim-pages.ts"
import type { Person } from "../support/claim-site.ts"
import { asked, changeAccount, testWallet, type TestWallet } from "../support/test-wallet.ts"
import type { Visit } from "../support/visitor.ts"

/** Behaviour of real wallets that a simple one does not have. */
describe("wallets on the claim page", () => {
  const { site, open } = claimPages()

  const atTheButton = async (person: Person, wallet: TestWallet): Promise<Visit> => {
    const visit = await open({ wallets: [wallet], hash: `#${person.account}` })
    await visit.connect(wallet.name)
    await visit.page.locator("#claim-start").waitFor()
    return visit
  }
  const paid = async ({ page }: Visit): Promise<void> => {
    await page.locator('#claim-steps[data-at="done"]').waitFor()
  }

  it("looks the connected account up by itself", async () => {
    const { bob } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", bob.key)] })
    await visit.connect("Anemone")
    await visit.page.locator(`#result-title [title="${toChecksum(bob.account)}"]`).waitFor()
    await visit.leave()
  })

  it("follows a change of the account in the wallet, where its own account is shown", async () => {
    const { bob, carol, dave } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const visit = await atTheButton(bob, wallet)
    const shown = (person: Person): string => `#result-title [title="${toChecksum(person.account)}"]`
    await changeAccount(visit.page, wallet, carol.key)
    await visit.page.locator(shown(carol)).waitFor()
    await visit.page.locator("#followed").getByText("changed to another account").waitFor()
    expect(new URL(visit.page.url()).hash.toLowerCase()).to.equal(`#${carol.account}`)
    // The page stays at an address that was looked up and is not the wallet's.
    await visit.look(bob.account)
    await changeAccount(visit.page, wallet, dave.key)
    await visit.page.locator(`.wallet-in-use[title="${toChecksum(dave.account)}"]`).waitFor()
    expect(await visit.page.locator(shown(bob)).count()).to.equal(1)
    expect(await visit.page.locator("#followed").count()).to.equal(0)
    await visit.leave()
  })

  it("asks for the wallet when the button is pressed, and claims in the same go", async () => {
    const { bob } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", bob.key)], hash: `#${bob.account}` })
    await visit.page.click("#claim-start")
    await visit.page.locator("#wallets").getByRole("button", { name: "Anemone" }).click()
    await paid(visit)
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("cancels a connection that the wallet never answers, and connects another", async () => {
    const { alice, bob } = site().people
    const silent = testWallet("Silent", alice.key)
    silent.before = async (method) => {
      if (method === "eth_requestAccounts") await new Promise(() => undefined)
    }
    const visit = await open({ wallets: [silent, testWallet("Bryony", bob.key)], hash: `#${bob.account}` })
    await visit.page.click("#connect")
    await visit.page.locator("#wallets").getByRole("button", { name: "Silent" }).click()
    await visit.page.getByText("Asking Silent").waitFor()
    expect(await visit.page.locator(".phone details[open]").count(), "the phone is another way").to.equal(0)
    await visit.page.locator("#wallets").getByRole("button", { name: "Cancel" }).click()
    await visit.connect("Bryony")
    await visit.page.click("#claim-start")
    await paid(visit)
    await visit.leave()
  })

  it("cancels a confirmation that never comes; a late one is not lost", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    let answer = (): void => undefined
    wallet.before = async (method) => {
      if (method === "eth_sendTransaction") await new Promise<void>((resolve) => (answer = resolve))
    }
    const visit = await atTheButton(bob, wallet)
    await visit.page.click("#claim-start")
    await asked(wallet, "eth_sendTransaction")
    await visit.page.click("#claim-cancel")
    await visit.page.locator("#claim-start").waitFor()
    answer()
    await paid(visit)
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("sees the payment when the wallet speeds the transaction up under another hash", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob, testWallet("Anemone", bob.key))
    // The page is told a hash that is never mined, as when the wallet has replaced it.
    site().rpc.twist = (method) =>
      method === "eth_getTransactionReceipt" || method === "eth_getTransactionByHash" ? null : undefined
    await visit.page.click("#claim-start")
    await paid(visit)
    expect(await visit.page.locator("#claim-steps").getByText("See transaction").count()).to.equal(0)
    await visit.leave()
  })

  it("recognizes a transaction cancelled in the wallet, and lets the visitor claim again", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const visit = await atTheButton(bob, wallet)
    // The wallet answers with the hash of a transaction that another of the same account then replaces.
    wallet.sendInstead = { to: bob.account, hash: `0x${"ce".repeat(32)}` }
    await visit.page.click("#claim-start")
    await visit.page.locator('.trouble[data-failure="replaced"]').waitFor()
    expect(await site().balanceOf(bob.account)).to.equal(0n)
    wallet.sendInstead = undefined
    await visit.page.getByRole("button", { name: "Try again" }).click()
    await paid(visit)
    await visit.leave()
  })

  it("goes on waiting after the page was loaded again", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob, testWallet("Anemone", bob.key))
    await site().chain.request("evm_setAutomine", [false])
    try {
      await visit.page.click("#claim-start")
      await visit.page.locator('#state[data-state="sent"]').waitFor()
      await visit.page.reload()
      await visit.page.locator('#state[data-state="sent"]').waitFor()
      await site().chain.mine()
      await paid(visit)
    } finally {
      await site().chain.request("evm_setAutomine", [true])
    }
    await visit.leave()
  })

  it("still has the receipt after a reload, with the time of the payment's block", async () => {
    const { bob } = site().people
    const visit = await atTheButton(bob, testWallet("Anemone", bob.key))
    await visit.page.click("#claim-start")
    await paid(visit)
    const words = await visit.page.innerText(".paid > p")
    await visit.page.reload()
    await visit.page.locator('#state[data-state="paid"]').waitFor()
    expect(await visit.page.innerText(".paid > p")).to.equal(words)
    const [download] = await Promise.all([
      visit.page.waitForEvent("download"),
      visit.page.getByRole("button", { name: "JSON" }).click(),
    ])
    const receipt = JSON.parse(await readFile(await download.path(), "utf8")) as Record<string, string>
    const { provider } = site().chain.ethers
    const transaction = await provider.getTransactionReceipt(receipt["transaction"] ?? "")
    const block = await provider.getBlock(transaction?.blockNumber ?? -1)
    expect(receipt["time"]).to.equal(new Date((block?.timestamp ?? 0) * 1000).toISOString())
    await visit.leave()
  })

  it("goes on waiting for one account after a look at another, which shows nothing of it", async () => {
    const { bob, carol } = site().people
    const visit = await atTheButton(bob, testWallet("Anemone", bob.key))
    await site().chain.request("evm_setAutomine", [false])
    try {
      await visit.page.click("#claim-start")
      await visit.page.locator('#state[data-state="sent"]').waitFor()
      await visit.look(carol.account)
      await visit.page.locator('#state[data-state="ready"]').waitFor()
      await visit.look(bob.account)
      await visit.page.locator('#state[data-state="sent"]').waitFor()
      await site().chain.mine()
      await paid(visit)
    } finally {
      await site().chain.request("evm_setAutomine", [true])
    }
    await visit.leave()
  })

  it("does not show one account's answer of a wallet beside another account", async () => {
    const { bob, carol } = site().people
    const wallet = testWallet("Anemone", bob.key)
    let answer = (): void => undefined
    wallet.before = async (method) => {
      if (method === "eth_sendTransaction") await new Promise<void>((resolve) => (answer = resolve))
    }
    const visit = await atTheButton(bob, wallet)
    await visit.page.click("#claim-start")
    await asked(wallet, "eth_sendTransaction")
    await visit.look(carol.account)
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    answer()
    while ((await visit.page.evaluate("sessionStorage.getItem('airdrop-sent')")) === null)
      await visit.page.waitForTimeout(50)
    expect(await visit.page.getAttribute("#state", "data-state")).to.equal("ready")
    await visit.look(bob.account)
    await paid(visit)
    await visit.leave()
  })

  it("does not say that an address was paid where another transaction paid the account first", async () => {
    const { bob } = site().people
    const receiver: Address = `0x${"ac".repeat(20)}`
    const wallet = testWallet("Anemone", bob.key)
    // The wallet's own transaction is never mined. Meanwhile another one pays the account itself.
    wallet.sendInstead = { to: receiver, hash: `0x${"ce".repeat(32)}` }
    const visit = await atTheButton(bob, wallet)
    await visit.way("other")
    await visit.page.fill("#claim-to", receiver)
    await visit.page.check("#claim-to-confirm")
    await visit.page.click("#claim-start")
    await visit.page.locator('#state[data-state="sent"]').waitFor()
    await site().claimAutomatic(bob.account)
    await paid(visit)
    expect(await visit.page.innerText(".paid > p")).to.include("that this page has not seen")
    await visit.leave()
  })

  it("does not claim what was asked for before the terms were changed", async () => {
    const { alice, bob } = site().people
    const visit = await open({ wallets: [testWallet("Anemone", bob.key)], hash: `#${bob.account}` })
    await visit.page.click("#claim-start")
    await visit.page.locator("#wallets").waitFor()
    await visit.way("other")
    await visit.page.locator("#wallets").getByRole("button", { name: "Anemone" }).click()
    await visit.page.locator(".wallet-in-use").waitFor()
    expect(await visit.page.locator("#claim-steps").count()).to.equal(0)
    await visit.leave()
    const other = await open({ wallets: [testWallet("Anemone", bob.key)], hash: `#${alice.account}` })
    await other.page.click("#claim-start")
    await other.look(bob.account)
    await other.page.locator("#wallets").getByRole("button", { name: "Anemone" }).click()
    await other.page.locator(".wallet-in-use").waitFor()
    expect(await other.page.locator("#claim-steps").count()).to.equal(0)
    expect(await site().balanceOf(alice.account)).to.equal(0n)
    await other.leave()
  })

  it("does not take the id of calls for the hash of a transaction", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    wallet.runsCalls = true
    wallet.callsId = `0x${"1d".repeat(32)}`
    const visit = await atTheButton(bob, wallet)
    await site().chain.request("evm_setAutomine", [false])
    try {
      await visit.page.click("#claim-start")
      await visit.page.locator('#state[data-state="sent"]').waitFor()
      await asked(wallet, "wallet_getCallsStatus")
      expect(await visit.page.locator("#claim-steps").getByText("See transaction").count()).to.equal(0)
      await site().chain.mine()
      await paid(visit)
    } finally {
      await site().chain.request("evm_setAutomine", [true])
    }
    await visit.leave()
  })

  it("follows calls of EIP-5792 by their id to the payment", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    wallet.runsCalls = true
    const visit = await atTheButton(bob, wallet)
    await visit.page.click("#claim-start")
    await paid(visit)
    expect(wallet.asked).to.include.members(["wallet_sendCalls", "wallet_getCallsStatus"])
    expect(wallet.asked).to.not.include("eth_sendTransaction")
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("asks the wallet of a smart account that holds no ether: another may pay its gas", async () => {
    const { penniless } = site().people
    await site().chain.request("hardhat_setCode", [penniless.account, `0xef0100${"11".repeat(20)}`])
    const wallet = testWallet("Anemone", penniless.key)
    const visit = await atTheButton(penniless, wallet)
    await visit.page.click("#claim-start")
    await visit.page.locator(".trouble").waitFor() // this test's wallet cannot pay either, but it was asked
    expect(wallet.asked).to.include("eth_sendTransaction")
    await visit.leave()
  })

  for (const [how, error] of [
    ["-32603 and words", { code: -32603, message: "Unrecognized chain ID. Try adding the chain first." }],
    [
      "nested, as on a phone",
      { code: -32603, message: "Internal JSON-RPC error.", data: { originalError: { code: 4902 } } },
    ],
    ["-32602 and words", { code: -32602, message: 'Expected 0x-prefixed: chain "0xa4b1" not configured' }],
  ] as const) {
    it(`adds the chain to a wallet that does not know it and says so by ${how}`, async () => {
      const { bob } = site().people
      const wallet = testWallet("Anemone", bob.key, 1)
      wallet.unknownChainError = error
      wallet.knownChains.delete(42161)
      const visit = await atTheButton(bob, wallet)
      await visit.page.click("#claim-start")
      await paid(visit)
      expect(wallet.asked).to.include("wallet_addEthereumChain")
      await visit.leave()
    })
  }

  for (const message of [
    "Transaction was rejected",
    "User disapproved requested methods",
    "rejected by user",
    "Request rejected",
    "User declined the request",
    "Action cancelled by the user",
  ]) {
    it(`understands "${message}" as a refusal`, async () => {
      const { bob } = site().people
      const wallet = testWallet("Anemone", bob.key)
      wallet.refusals.set("eth_sendTransaction", { code: -32603, message })
      const visit = await atTheButton(bob, wallet)
      await visit.page.click("#claim-start")
      await visit.page.locator('.trouble[data-failure="refused"]').waitFor()
      await visit.leave()
    })
  }

  it("shows the node's own reason that a wallet has wrapped", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const inner = { code: -32000, message: "nonce too high for this node" }
    wallet.refusals.set("eth_sendTransaction", {
      code: -32603,
      message: "Internal JSON-RPC error.",
      data: inner,
    })
    const visit = await atTheButton(bob, wallet)
    await visit.page.click("#claim-start")
    await visit.page.locator('.trouble[data-failure="unknown"]').waitFor()
    expect(await visit.page.textContent(".trouble .detail")).to.include("nonce too high for this node")
    await visit.leave()
  })

  it("offers window.ethereum as a browser wallet where no wallet announces itself", async () => {
    const { bob } = site().people
    const wallet = testWallet("Legacy", bob.key)
    const visit = await open({ wallets: [wallet], legacyWallet: true, hash: `#${bob.account}` })
    await visit.connect("Browser wallet")
    await visit.page.click("#claim-start")
    await paid(visit)
    await visit.leave()
  })

  it("leads a phone to its wallets' browsers with this very page", async () => {
    const { bob } = site().people
    const visit = await open({
      hash: `#${bob.account}`,
      isMobile: true,
      hasTouch: true,
      viewport: { width: 390, height: 844 },
    })
    await visit.page.click("#connect")
    const first = visit.page.locator(".phone a")
    const links = [await first.nth(0).getAttribute("href"), await first.nth(1).getAttribute("href")]
    const here = `${site().server.url}#${bob.account}`
    expect(links[0]).to.equal(`https://link.metamask.io/dapp/${here.slice("http://".length)}`)
    expect(links[1]).to.equal(`https://go.cb-w.com/dapp?cb_url=${encodeURIComponent(here)}`)
    await visit.leave()
  })

  it("shows a code of the page for the phone's camera, and Escape returns to the button", async () => {
    const visit = await open()
    await visit.page.click("#connect")
    await visit.page.locator(".qr path").waitFor()
    await visit.page.keyboard.press("Escape")
    expect(await visit.page.evaluate("document.activeElement.id")).to.equal("connect")
    await visit.leave()
  })

  it("ends with the payment, the token for the wallet, and a receipt to keep", async () => {
    const { bob } = site().people
    const wallet = testWallet("Anemone", bob.key)
    const visit = await atTheButton(bob, wallet)
    await visit.page.click("#claim-start")
    await paid(visit)
    expect(await visit.page.innerText(".paid")).to.match(/SESH sent to 0x/)
    await visit.page.getByRole("button", { name: "Add SESH to wallet" }).click()
    await visit.page.getByRole("button", { name: "SESH added" }).waitFor()
    expect(wallet.asked).to.include("wallet_watchAsset")
    const [download] = await Promise.all([
      visit.page.waitForEvent("download"),
      visit.page.getByRole("button", { name: "JSON" }).click(),
    ])
    const { createReadStream } = await import("node:fs")
    let text = ""
    for await (const chunk of createReadStream(await download.path(), "utf8")) text += String(chunk)
    expect(JSON.parse(text)).to.include({ account: toChecksum(bob.account), chainId: 42161, token: "SESH" })
    await visit.leave()
  })

  it("keeps a signed claim from a link while the network does not answer", async () => {
    const { bob, carol } = site().people
    const signing = await atTheButton(bob, testWallet("Anemone", bob.key))
    await signing.way("sign")
    await signing.page.click("#claim-start")
    await signing.page.locator("#signed").waitFor()
    const text = await signing.page.inputValue("#signed-text")
    await signing.leave()
    site().rpc.down = true
    const hash = `#signed=${Buffer.from(text).toString("base64url")}`
    const visit = await open({ wallets: [testWallet("Bryony", carol.key)], hash })
    await visit.page.locator("#submit-waiting").waitFor()
    await visit.page.locator('#connection [data-trouble="down"]').waitFor()
    site().rpc.down = false
    await visit.page.locator("#connection").getByRole("button", { name: "Try again" }).click()
    await visit.page.locator(".signed-claim").waitFor()
    await visit.connect("Bryony")
    await visit.page.click("#submit-start")
    await paid(visit)
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave({ networkFails: true })
  })
})
