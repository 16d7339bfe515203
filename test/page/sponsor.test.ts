import { expect } from "chai"
import { HDNodeWallet, Wallet } from "ethers"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import { CLAIM_TYPES, signatureDomain } from "../../scripts/core/claim/claim-signature.ts"
import { formatSignedClaim } from "../../scripts/core/claim/signed-claim.ts"
import { parseAddress, type Address } from "../../scripts/core/primitives/address.ts"
import { parseJson } from "../../scripts/core/primitives/json-reader.ts"
import { parseClaimFile, type Claim } from "../../scripts/core/publication/claim-file.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { serveBrowserRpc, type BrowserRpc } from "../../scripts/dev/rigs/browser-rpc.ts"
import { launchChromium } from "../../scripts/dev/rigs/chromium.ts"
import {
  balancesOf,
  knownWallet,
  startDeployedProgram,
  type DeployedProgram,
} from "../../scripts/dev/rigs/deployed-program.ts"
import { loadInputs } from "../../scripts/stages/allocation/load-inputs.ts"
import { creationCodeHash } from "../../scripts/stages/deployment/expected-address.ts"
import { buildPage } from "../../scripts/stages/page/build-page.ts"
import { servePage, type PageServer } from "../../scripts/stages/page/serve.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { publicationOf } from "../../scripts/stages/publication/make-publication.ts"
import { publish } from "../../scripts/stages/publication/publish.ts"
import { splitSigned } from "../../web/src/claim/signed.ts"
import { testWallet } from "../support/test-wallet.ts"
import { visit, type Visit } from "../support/visitor.ts"

const COUNT = 103
const DEADLINE = 4_000_000_000n
/** The sponsor's key: a funded account of the embedded chain that is on no list. */
const SPONSOR = knownWallet(5).privateKey

describe("a sponsor who submits several signed claims", () => {
  const keys = Array.from({ length: COUNT }, (_, i) =>
    HDNodeWallet.fromPhrase(
      "test test test test test test test test test test test junk",
      undefined,
      `m/44'/60'/9'/0/${i}`,
    ),
  ).sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1))
  let folder = ""
  let program: DeployedProgram
  let rpc: BrowserRpc
  let otherRpc: BrowserRpc
  let server: PageServer
  let browser: Browser

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-sponsor-"))
    program = await startDeployedProgram(folder, {
      recipients: keys.map(({ address }, i) => ({
        account: parseAddress(address),
        amount: 1_000_000_000n + BigInt(i),
      })),
    })
    rpc = await serveBrowserRpc(program.chain.request)
    otherRpc = await serveBrowserRpc(program.chain.request)
    await buildPage(join(folder, "page"), {
      title: "Sponsored",
      rpcUrls: [rpc.url],
      deployment: undefined,
      network: undefined,
      publication: await publishedFor(parseAddress(await program.airdrop.getAddress())),
    })
    ;[server, browser] = await Promise.all([servePage(join(folder, "page")), launchChromium()])
  })
  after(async () => {
    await browser.close()
    await server.close()
    await rpc.close()
    await otherRpc.close()
    await program.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Publishes the program again for the contract that a key has deployed; returns the folder. */
  async function publishedFor(contract: Address): Promise<string> {
    const loaded = await loadProgram(program.folder)
    const inputs = await loadInputs(loaded)
    const publication = await publicationOf(loaded, allocate(inputs), inputs.hashes, {
      contract: async () => await Promise.resolve(contract),
      creationCode: await creationCodeHash(),
    })
    const proofs = join(folder, "proofs")
    await publish(proofs, publication)
    return proofs
  }

  /** Signs the claim of a recipient by its place on the list. */
  async function signed(index: number, deadline = DEADLINE): Promise<string> {
    const contract = parseAddress(await program.airdrop.getAddress())
    const { account, amount } = program.recipients[index] ?? {
      account: parseAddress(`0x${"1".repeat(40)}`),
      amount: 0n,
    }
    const signature = await new Wallet(keys[index]?.privateKey ?? "").signTypedData(
      signatureDomain(42161, contract),
      CLAIM_TYPES,
      { index, account, to: account, amount, deadline },
    )
    return formatSignedClaim({
      chainId: 42161,
      contract,
      account,
      to: account,
      deadline,
      automatic: { amount, signature },
      reserve: undefined,
    })
  }

  async function opened(): Promise<Visit> {
    const visited = await visit(
      browser,
      { server, rpc, otherRpc },
      { wallets: [testWallet("Bryony", SPONSOR)] },
    )
    await visited.page.locator("#submit > summary").click()
    return visited
  }

  const file = (name: string, text: string): { name: string; mimeType: string; buffer: Buffer } => ({
    name,
    mimeType: "application/json",
    buffer: Buffer.from(text),
  })

  it("does not say that all was paid when somebody was ahead with one of the claims", async () => {
    const { chain, airdrop } = program
    const snapshot = await chain.request("evm_snapshot", [])
    const visited = await opened()
    await visited.page.setInputFiles("#signed-file", [
      file("a.json", await signed(100)),
      file("b.json", await signed(101)),
    ])
    await visited.page.locator("#submit-batch").waitFor()
    await visited.connect("Bryony")
    await chain.request("evm_setAutomine", [false])
    try {
      await visited.page.locator("#submit-batch").click()
      await visited.page.locator('#claim-steps[data-at="waiting"]').waitFor()
      const { account, amount } = program.recipients[100] ?? { account: "", amount: 0n }
      const path = join(folder, "proofs", "claims", `${account}.json`)
      const { claim } = parseClaimFile(parseJson(await readFile(path, "utf8"), path), path) as {
        claim: Claim
      }
      const gasPrice = 10n ** 12n
      await airdrop
        .connect(program.sender)
        .claim(100, account, amount, [...claim.proof], { gasLimit: 300_000, gasPrice })
      await chain.mine()
      await visited.page.locator('.trouble[data-failure="reverted"]').waitFor()
      expect(await visited.page.locator('#claim-steps[data-at="done"]').count()).to.equal(0)
    } finally {
      await chain.request("evm_setAutomine", [true])
      await chain.request("evm_revert", [snapshot])
    }
    await visited.leave()
  })

  it("names those that would fail, leaves them out, and pays 100 in one transaction, each with its cost", async function () {
    this.timeout(240_000) // 113 claims are tried on the embedded chain, and their gas estimated

    const good = await Promise.all(Array.from({ length: 100 }, async (_, i) => await signed(i)))
    const expired = await signed(100, 1_700_000_000n)
    const forged = (await signed(101)).replace(/"deadline": "\d+"/, `"deadline": "${DEADLINE + 1n}"`)
    const claimed = await signed(102)
    const proof = JSON.parse(
      await (await fetch(`${server.url}data/claims/${program.recipients[102]?.account ?? ""}.json`)).text(),
    ) as { proof: string[] }
    const paid = program.recipients[102]
    await (
      await program.airdrop
        .connect(program.sender)
        .claim(102, paid?.account ?? "", paid?.amount ?? 0n, proof.proof)
    ).wait()

    const visited = await opened()
    const { page } = visited
    await page.setInputFiles(
      "#signed-file",
      [...good.slice(0, 10), "{}"].map((text, i) => file(`${i}.json`, text)),
    )
    await page.locator('.batch > li[data-state="ready"]').nth(9).waitFor({ timeout: 120_000 })
    expect(await page.locator('.batch > li[data-state="wrong"]').innerText()).to.include("10.json")
    const links = good
      .slice(10, 30)
      .map((text) => `${server.url}#signed=${Buffer.from(text).toString("base64url")}`)
    for (const pasted of [links.join("\n"), [...good.slice(30), expired, forged, claimed].join("\n")]) {
      await page.fill("#signed-link", pasted)
      await page.getByRole("button", { name: "Read it" }).click()
    }
    await page.locator('.batch > li[data-state="refused"]').nth(1).waitFor({ timeout: 120_000 })
    expect(await page.locator('.batch > li[data-state="ready"]').count()).to.equal(100)
    const rowOf = async (index: number): Promise<string> =>
      await page
        .locator(`.batch > li[data-account="${program.recipients[index]?.account ?? ""}"]`)
        .innerText()
    expect(await rowOf(0)).to.match(/Ready: 1\sSESH, about [0-9,]+ gas/)
    expect(await rowOf(100)).to.include("The signature has expired")
    expect(await rowOf(101)).to.include("does not accept the signature")
    expect(await rowOf(102)).to.include("Already paid")
    const [, gas = ""] =
      /^Claims in one transaction: 100, 100\.00000495\sSESH in all\. It costs about ([0-9,]+) gas, 0\.[0-9]+\sETH/.exec(
        await page.locator("#batch-total").innerText(),
      ) ?? []
    const shownGas = Number(gas.replaceAll(",", ""))

    const before = await program.chain.ethers.provider.getTransactionCount(new Wallet(SPONSOR).address)
    await visited.connect("Bryony")
    await page.click("#submit-batch")
    await page.locator('#submit #claim-steps[data-at="done"]').waitFor({ timeout: 120_000 })
    const balances = await balancesOf(program, SESSION.token)
    expect(balances.slice(0, 100)).to.deep.equal(program.recipients.slice(0, 100).map(({ amount }) => amount))
    expect(balances.slice(100, 102)).to.deep.equal([0n, 0n])
    const { provider } = program.chain.ethers
    const [hash = ""] = (await provider.getBlock("latest"))?.transactions ?? []
    const receipt = await provider.getTransactionReceipt(hash)
    expect(Number(receipt?.gasUsed)).to.be.within(shownGas * 0.7, shownGas)
    expect(await provider.getTransactionCount(new Wallet(SPONSOR).address)).to.equal(before + 1)
    expect(await page.locator("#submit #claim-steps").innerText()).to.match(/^Paid: 100\.00000495\sSESH/)
    await page.locator('.batch > li[data-state="paid"]').nth(100).waitFor({ timeout: 120_000 })
    expect(await page.locator("#submit-batch").count()).to.equal(0)
    await visited.leave()
  })
})

describe("a text with signed claims", () => {
  it("is split into links, files one after the other, or the elements of an array", () => {
    expect(splitSigned("a https://x/#signed=AA\nb https://x/#signed=BB")).to.deep.equal([
      "https://x/#signed=AA",
      "https://x/#signed=BB",
    ])
    expect(splitSigned('{"a":{"b":1}}\n\n{"a":2}')).to.deep.equal(['{"a":{"b":1}}', '{"a":2}'])
    expect(splitSigned('[{"a":1},{"b":2}]')).to.deep.equal(['{"a":1}', '{"b":2}'])
    expect(splitSigned("nonsense")).to.deep.equal(["nonsense"])
    expect(splitSigned(" \n")).to.deep.equal([])
  })
})
