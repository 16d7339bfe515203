import { expect } from "chai"
import { readFile } from "node:fs/promises"
import { concat, dataLength, JsonRpcProvider, keccak256, recoverAddress, toBeHex, zeroPadValue } from "ethers"
import { humanAmount } from "../../scripts/core/primitives/amount.ts"
import { parseSignedClaim } from "../../scripts/core/claim/signed-claim.ts"
import { claimPages } from "../support/claim-pages.ts"
import { GRANTS, type Person } from "../support/claim-site.ts"
import { REFUSED, testWallet } from "../support/test-wallet.ts"
import type { Visit } from "../support/visitor.ts"

describe("signing a claim on the page for another account to submit", () => {
  const { site, open } = claimPages()

  /** Signs with a person's wallet; returns the text of the file. */
  const signedBy = async (person: Person): Promise<string> => {
    const visit = await open({ wallets: [testWallet("Anemone", person.key)], hash: `#${person.account}` })
    await visit.connect("Anemone")
    await visit.way("sign")
    await visit.page.click("#claim-start")
    await visit.page.locator("#signed").waitFor()
    const text = await visit.page.inputValue("#signed-text")
    await visit.leave()
    return text
  }
  const submit = async ({ page }: Visit): Promise<void> => {
    await page.click("#submit-start")
    await page.locator('#submit #claim-steps[data-at="done"]').waitFor()
  }
  const openBox = async ({ page }: Visit): Promise<void> => {
    await page.locator("#submit > summary").click()
  }

  it("lets an account without gas sign, and another submit the file: the tokens go to the signer", async () => {
    const { penniless, carol } = site().people
    const text = await signedBy(penniless)
    const claim = parseSignedClaim(text, "the file")
    expect(claim.account).to.equal(penniless.account)
    expect(claim.automatic?.amount).to.equal(site().amountOf(penniless.account))
    const visit = await open({ wallets: [testWallet("Bryony", carol.key)] })
    await openBox(visit)
    await visit.page.setInputFiles("#signed-file", {
      name: "signed.json",
      mimeType: "application/json",
      buffer: Buffer.from(text),
    })
    await visit.page.locator(".signed-claim").waitFor()
    await visit.connect("Bryony")
    await submit(visit)
    expect(await site().balanceOf(penniless.account)).to.equal(site().amountOf(penniless.account))
    await visit.leave()
  })

  it("saves a file and copies a link that opens the claim ready to be submitted, both tranches at once", async () => {
    const { alice, carol } = site().people
    const signing = await open({
      wallets: [testWallet("Anemone", alice.key)],
      hash: `#${alice.account}`,
      permissions: ["clipboard-read", "clipboard-write"],
    })
    await signing.connect("Anemone")
    await signing.way("sign")
    await signing.page.selectOption("#claim-deadline", "7")
    await signing.page.click("#claim-start")
    await signing.page.locator("#signed").waitFor()
    const [download] = await Promise.all([
      signing.page.waitForEvent("download"),
      signing.page.getByRole("button", { name: "Save the file" }).click(),
    ])
    expect(await readFile(await download.path(), "utf8")).to.equal(
      await signing.page.inputValue("#signed-text"),
    )
    await signing.page.getByRole("button", { name: "Copy the link" }).click()
    await signing.page.getByText("Copied").waitFor()
    const link = String(await signing.page.evaluate("navigator.clipboard.readText()"))
    await signing.leave()
    expect(link.startsWith(`${site().server.url}#signed=`)).to.equal(true)

    const visit = await open({
      wallets: [testWallet("Bryony", carol.key)],
      hash: link.slice(link.indexOf("#")),
    })
    await visit.page.locator(".signed-claim").waitFor()
    const due = site().amountOf(alice.account) + GRANTS.alice
    // It was tried, and its cost is known, before a wallet is asked for.
    const trial = visit.page.locator("#submit-trial").getByText(/^It pays .* and costs about/)
    expect((await trial.innerText()).replaceAll("\u00a0", " ")).to.include(
      `It pays ${humanAmount(due, 9)} SESH`,
    )
    await visit.connect("Bryony")
    await submit(visit)
    expect(await site().balanceOf(alice.account)).to.equal(due)
    await visit.leave()
  })

  it("shows the digests of a message and of a call while the wallet is asked", async () => {
    const { dave } = site().people
    const wallet = testWallet("Anemone", dave.key)
    const shown: Record<string, string>[] = []
    const visit = await open({ wallets: [wallet], hash: `#${dave.account}` })
    wallet.before = async (method) => {
      if (method !== "eth_signTypedData_v4" && method !== "eth_sendTransaction") return
      const values = visit.page.locator("#digests dd")
      const names = await Promise.all(
        (await values.all()).map(async (one) => (await one.getAttribute("data-digest")) ?? ""),
      )
      const texts = await values.allTextContents()
      shown.push(Object.fromEntries(names.map((name, i) => [name, texts[i] ?? ""])))
    }
    await visit.connect("Anemone")
    await visit.way("sign")
    await visit.page.click("#claim-start")
    await visit.page.locator("#signed").waitFor()
    const claim = parseSignedClaim(await visit.page.inputValue("#signed-text"), "the file")
    const [{ domain = "0x", message = "0x", digest = "0x" } = {}] = shown
    expect(keccak256(concat(["0x1901", domain, message]))).to.equal(digest)
    expect(recoverAddress(digest, claim.automatic?.signature ?? "0x").toLowerCase()).to.equal(dave.account)

    await visit.way("self")
    await visit.page.click("#claim-start")
    await visit.page.locator(".paid").first().waitFor()
    const provider = new JsonRpcProvider(site().rpc.url, 42161, { staticNetwork: true })
    const [transaction] = (await provider.getBlock("latest", true))?.prefetchedTransactions ?? []
    provider.destroy()
    const data = transaction?.data ?? "0x"
    const length = zeroPadValue(toBeHex(dataLength(data)), 32)
    expect(shown.slice(1)).to.deep.equal([{ calldata: keccak256(concat([length, data])) }])
    await visit.leave()
  })

  it("takes a link that is pasted, too", async () => {
    const { bob, carol } = site().people
    const text = await signedBy(bob)
    const visit = await open({ wallets: [testWallet("Bryony", carol.key)] })
    await openBox(visit)
    await visit.page.fill(
      "#signed-link",
      `see https://x.example/#signed=${Buffer.from(text).toString("base64url")}`,
    )
    await visit.page.getByRole("button", { name: "Read it" }).click()
    await visit.page.locator(".signed-claim").waitFor()
    await visit.connect("Bryony")
    await submit(visit)
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("can name another address that receives, after a second look", async () => {
    const { bob, carol, dave } = site().people
    const signing = await open({ wallets: [testWallet("Anemone", bob.key)], hash: `#${bob.account}` })
    await signing.connect("Anemone")
    await signing.way("sign")
    await signing.page.check("#sign-elsewhere")
    await signing.page.fill("#claim-to", dave.account)
    expect(await signing.page.locator("#claim-start").isDisabled()).to.equal(true)
    await signing.page.check("#claim-to-confirm")
    await signing.page.click("#claim-start")
    await signing.page.locator("#signed").waitFor()
    const text = await signing.page.inputValue("#signed-text")
    await signing.leave()
    const visit = await open({ wallets: [testWallet("Bryony", carol.key)] })
    await openBox(visit)
    await visit.page.fill("#signed-link", text)
    await visit.page.getByRole("button", { name: "Read it" }).click()
    await visit.page.locator(".signed-claim").waitFor()
    await visit.connect("Bryony")
    await submit(visit)
    expect(await site().balanceOf(dave.account)).to.equal(site().amountOf(bob.account))
    await visit.leave()
  })

  it("can only be signed by the account itself, and can be declined", async () => {
    const { alice, bob } = site().people
    const wallet = testWallet("Anemone", alice.key)
    const visit = await open({ wallets: [wallet], hash: `#${bob.account}` })
    await visit.connect("Anemone")
    await visit.way("sign")
    await visit.page.locator(".problem", { hasText: "itself can do this" }).waitFor()
    expect(await visit.page.locator("#claim-start").isDisabled()).to.equal(true)
    await visit.look(alice.account)
    await visit.way("sign")
    wallet.refusals.set("eth_signTypedData_v4", REFUSED)
    await visit.page.click("#claim-start")
    await visit.page.locator('.trouble[data-failure="refused"]').waitFor()
    await visit.leave()
  })

  it("refuses a changed, foreign, expired or already paid claim, with the reason", async () => {
    const { bob, carol } = site().people
    const text = await signedBy(bob)
    const visit = await open({ wallets: [testWallet("Bryony", carol.key)] })
    const { page } = visit
    await openBox(visit)
    const read = async (changed: string): Promise<void> => {
      await page.fill("#signed-link", changed)
      await page.getByRole("button", { name: "Read it" }).click()
    }
    for (const changed of [
      "nonsense",
      text.replace('"chainId": 42161', '"chainId": 1'),
      text.replace(/"contract": "0x.{40}"/, `"contract": "0x${"11".repeat(20)}"`),
      text.replace(/"amountBaseUnits": "\d+"/, '"amountBaseUnits": "1"'),
    ]) {
      await read(changed)
      await page.getByText("This is not a signed claim of this program").waitFor()
      expect(await page.locator("#submit-start").count()).to.equal(0)
    }
    await read(text.replace(/"deadline": "\d+"/, '"deadline": "1700000000"'))
    await page.getByText("This signed claim has expired").waitFor()
    expect(await page.locator("#submit-start").count()).to.equal(0)

    await read(text.replace(/"to": "0x.{40}"/, `"to": "0x${"11".repeat(20)}"`))
    // The trial run names it before a wallet is asked for.
    await page.locator("#submit-trial").getByText("does not accept the signature").waitFor()
    expect(await page.locator("#submit-start").count()).to.equal(0)

    site().rpc.twist = (method) => {
      if (method === "eth_gasPrice") throw new Error("not now")
      return undefined
    }
    await read(text)
    await page.locator("#submit-trial").getByText("could not be tried without sending").waitFor()
    site().rpc.twist = undefined
    await page.locator(".signed-claim").getByRole("button", { name: "Check again" }).click()
    await page.locator("#submit-trial").getByText("and costs about").waitFor()
    await visit.connect("Bryony")
    await site().claimAutomatic(bob.account)
    await page.click("#submit-start")
    await page.locator('.trouble[data-failure="alreadyClaimed"]').waitFor()
    await page.getByRole("button", { name: "Start over" }).click()
    await page.locator("#submit-trial").getByText("Already paid").waitFor()
    expect(await page.locator("#submit-start").count()).to.equal(0)
    await visit.leave()
  })

  it("recognizes a signature that expires on the way", async () => {
    const { bob, carol } = site().people
    const text = await signedBy(bob)
    const visit = await open({ wallets: [testWallet("Bryony", carol.key)] })
    await openBox(visit)
    await visit.page.fill("#signed-link", text)
    await visit.page.getByRole("button", { name: "Read it" }).click()
    await visit.page.locator(".signed-claim").waitFor()
    await visit.connect("Bryony")
    await site().chain.mine(Number(parseSignedClaim(text, "the file").deadline) + 1)
    await visit.page.click("#submit-start")
    await visit.page.locator('.trouble[data-failure="expired"]').waitFor()
    await visit.leave()
  })
})
