import { expect } from "chai"
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Signature, TypedDataEncoder, Wallet, type TypedDataDomain, type TypedDataField } from "ethers"
import type { Address } from "../../scripts/core/primitives/address.ts"
import { peopleOf } from "../../scripts/core/snapshot/people.ts"
import { judgeLinks, judgeRedirects, type Judgement } from "../../scripts/core/statements/judge.ts"
import { parseStatementLine } from "../../scripts/core/statements/statement-line.ts"
import type { AcceptedStatement, StatementKind } from "../../scripts/core/statements/statement.ts"
import { buildPage } from "../../scripts/stages/page/build-page.ts"
import { servePage } from "../../scripts/stages/page/serve.ts"
import { createSafe } from "../../scripts/io/safe/safe.ts"
import { addStatement } from "../../scripts/stages/statements/add-statement.ts"
import { readStatementFile, statementsPath } from "../../scripts/stages/statements/statement-files.ts"
import { walletFault } from "../../scripts/stages/statements/wallet-signature.ts"
import { claimPages } from "../support/claim-pages.ts"
import { vestingFor } from "../support/made-up.ts"
import { REFUSED, testWallet, type TestWallet } from "../support/test-wallet.ts"
import type { Visit } from "../support/visitor.ts"

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const NEW: Address = `0x${"4e".repeat(20)}`

/** The page writes what the operators' command takes: each file goes through that command's own code. */
describe("signing statements on the claim page", () => {
  const { site, open } = claimPages()
  let folder = ""

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-statement-"))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  const opened = async (wallet: TestWallet, url = site().server.url): Promise<Visit> => {
    const visit = await open({ wallets: [wallet], url })
    await visit.connect(wallet.name)
    await visit.page.click("#statement > summary")
    return visit
  }
  const name = async ({ page }: Visit, to: Address): Promise<void> => {
    await page.fill("#statement-to", to)
    await page.check("#statement-to-confirm")
  }
  /** Signs and saves the file. */
  const saved = async ({ page }: Visit): Promise<string> => {
    await page.click("#statement-sign")
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#statement-signed").getByRole("button", { name: "Save the file" }).click(),
    ])
    const path = join(folder, download.suggestedFilename())
    await download.saveAs(path)
    return path
  }
  /** Accepts a file as the operators do, and returns the line that they keep. */
  const accepted = async (
    path: string,
    kind: StatementKind,
    vesting: readonly (readonly [Address, Address])[] = [],
  ): Promise<AcceptedStatement> => {
    const people = peopleOf(new Map(vesting.map(([contract, to]) => [contract, vestingFor(to)])))
    const context = { program: "made-up", chainId: 42161, people }
    const statement = { ...(await readStatementFile(path)), accepted: new Date() }
    await addStatement(folder, context, statement, async (signatures) => {
      for (const one of signatures)
        expect(await walletFault(site().chain.ethers.provider, one)).to.equal(undefined)
    })
    const kept = parseStatementLine((await readFile(statementsPath(folder, kind), "utf8")).trim(), kind)
    const judged: readonly Judgement[] =
      kind === "link" ? judgeLinks(context, [kept]) : judgeRedirects(context, [kept], new Map())
    expect(judged.map(({ fault }) => fault)).to.deep.equal([undefined])
    return kept
  }

  it("links the old address to a new one, as a file that the operators accept", async () => {
    const { bob } = site().people
    const visit = await opened(testWallet("Anemone", bob.key))
    expect(await visit.page.innerText("#statement")).to.include("evidence for a grant from the reserve")
    expect(await visit.page.locator('#statement [value="redirect"]').count()).to.equal(0)
    await name(visit, NEW)
    const path = await saved(visit)
    expect(path).to.match(new RegExp(`link-${bob.account}\\.json$`))
    const link = await accepted(path, "link")
    expect(link).to.include({ from: bob.account, to: NEW, scheme: "eip712" })
    const days = (link.deadline.getTime() - link.accepted.getTime()) / 86_400_000
    expect(days).to.be.within(29.9, 30)
    await visit.leave()
  })

  it("redirects an amount while the program is a draft", async () => {
    const { carol } = site().people
    const publication = join(folder, "data")
    await cp(join(site().folder, "data"), publication, { recursive: true })
    const manifest = await readFile(join(publication, "manifest.json"), "utf8")
    await writeFile(
      join(publication, "manifest.json"),
      manifest.replace('"program":', '"draft": true, "program":'),
    )
    await buildPage(join(folder, "page"), {
      title: "A draft",
      rpcUrls: [site().rpc.url],
      deployment: undefined,
      network: undefined,
      publication,
    })
    const server = await servePage(join(folder, "page"))
    try {
      const visit = await opened(testWallet("Anemone", carol.key), server.url)
      await visit.page.check('#statement [value="redirect"]')
      await name(visit, NEW)
      const redirect = await accepted(await saved(visit), "redirect")
      expect(redirect).to.include({ kind: "redirect", from: carol.account, to: NEW })
      await visit.page.context().close()
    } finally {
      await server.close()
    }
  })

  it("lets the beneficiary sign for a vesting contract, and nobody else", async () => {
    const { dave, bob } = site().people
    const visit = await opened(testWallet("Anemone", dave.key))
    await visit.page.fill("#statement-from", site().vesting)
    await name(visit, NEW)
    const link = await accepted(await saved(visit), "link", [[site().vesting, dave.account]])
    expect(link.from).to.equal(site().vesting)
    await visit.leave()
    const other = await opened(testWallet("Bryony", bob.key))
    await other.page.fill("#statement-from", site().vesting)
    await name(other, NEW)
    await other.page.click("#statement-sign")
    await other.page.locator('#statement [data-failure="wrongAccount"]').waitFor()
    await other.leave()
  })

  const forms: Readonly<Record<string, (signature: string) => string>> = {
    "v of 0 or 1": (signature) => `${signature.slice(0, -2)}0${Signature.from(signature).yParity}`,
    "the 64 bytes of EIP-2098": (signature) => Signature.from(signature).compactSerialized,
    "the larger s": (signature) => {
      const { r, s, yParity } = Signature.from(signature)
      return `${r}${(ORDER - BigInt(s)).toString(16).padStart(64, "0")}${yParity === 0 ? "1c" : "1b"}`
    },
  }
  for (const [what, reshape] of Object.entries(forms)) {
    it(`accepts a wallet that answers with ${what}`, async () => {
      const wallet = testWallet("Anemone", site().people.bob.key)
      wallet.reshape = reshape
      const visit = await opened(wallet)
      await name(visit, NEW)
      await accepted(await saved(visit), "link")
      await visit.leave()
    })
  }

  it("signs a plain text for a wallet that knows nothing else", async () => {
    const wallet = testWallet("Anemone", site().people.bob.key)
    wallet.refusals.set("eth_signTypedData_v4", { code: 4200, message: "Method not supported" })
    const visit = await opened(wallet)
    await name(visit, NEW)
    await visit.page.click("#statement-sign")
    await visit.page.locator('#statement [data-failure="walletCannot"]').waitFor()
    await visit.page.check("#statement-plain")
    expect((await accepted(await saved(visit), "link")).scheme).to.equal("eip191")
    await visit.leave()
  })

  it("takes the signature of a Safe, which the Safe itself confirms", async () => {
    const [payer] = site().chain.signers
    if (payer === undefined) throw new Error("the chain has signers")
    const owner = new Wallet(site().people.carol.key)
    const safe = await createSafe(payer, { owners: [owner.address], threshold: 1 })
    const wallet = testWallet("Anemone", site().people.carol.key)
    wallet.contract = safe
    wallet.reshape = async (_signature, typedData) => {
      const { domain, types, message } = JSON.parse(typedData) as {
        domain: TypedDataDomain
        types: Record<string, TypedDataField[]>
        message: Record<string, unknown>
      }
      const own = Object.fromEntries(Object.entries(types).filter(([type]) => type !== "EIP712Domain"))
      return await owner.signTypedData(
        { chainId: 42161, verifyingContract: safe },
        { SafeMessage: [{ name: "message", type: "bytes" }] },
        { message: TypedDataEncoder.hash(domain, own, message) },
      )
    }
    const visit = await opened(wallet)
    await name(visit, NEW)
    expect((await accepted(await saved(visit), "link")).scheme).to.equal("erc1271")
    await visit.leave()
  })

  it("keeps nothing that is declined, or signed by another account", async () => {
    const { bob, carol } = site().people
    const wallet = testWallet("Anemone", bob.key)
    wallet.refusals.set("eth_signTypedData_v4", REFUSED)
    const visit = await opened(wallet)
    await name(visit, NEW)
    await visit.page.click("#statement-sign")
    await visit.page.locator('#statement [data-failure="refused"]').waitFor()
    wallet.refusals.clear()
    wallet.reshape = async (_signature, typedData) => {
      const { domain, types, message } = JSON.parse(typedData) as {
        domain: TypedDataDomain
        types: { Link: TypedDataField[] }
        message: Record<string, unknown>
      }
      return await new Wallet(carol.key).signTypedData(domain, { Link: types.Link }, message)
    }
    await visit.page.click("#statement-sign")
    await visit.page.locator('#statement [data-failure="badSignature"]').waitFor()
    expect(await visit.page.locator("#statement-signed").count()).to.equal(0)
    await visit.leave()
  })

  it("cancels a wallet that never answers", async () => {
    const wallet = testWallet("Anemone", site().people.bob.key)
    wallet.before = async (method) => {
      if (method === "eth_signTypedData_v4") await new Promise(() => undefined)
    }
    const visit = await opened(wallet)
    await name(visit, NEW)
    await visit.page.click("#statement-sign")
    await visit.page.locator("#statement #digests").waitFor()
    await visit.page.locator("#statement").getByRole("button", { name: "Cancel" }).click()
    await visit.page.locator("#statement-sign").waitFor()
    await visit.leave()
  })

  it("lets the new address agree to a link, and refuses the file of another program", async () => {
    const { alice, bob } = site().people
    const signing = await opened(testWallet("Anemone", bob.key))
    await name(signing, alice.account)
    const path = await saved(signing)
    await signing.leave()
    const visit = await opened(testWallet("Bryony", alice.key))
    await visit.page.check('#statement [value="consent"]')
    const foreign = join(folder, "foreign.json")
    await writeFile(foreign, (await readFile(path, "utf8")).replace('"made-up"', '"other"'))
    await visit.page.setInputFiles("#statement-file", foreign)
    await visit.page.locator("#statement .problem", { hasText: "no link of this program" }).waitFor()
    expect(await visit.page.locator("#statement-sign").isDisabled()).to.equal(true)
    await visit.page.setInputFiles("#statement-file", path)
    await visit.page.locator("#statement dl").waitFor()
    const agreed = await accepted(await saved(visit), "link")
    expect(agreed.consent?.scheme).to.equal("eip712")
    await visit.leave()
  })

  it("is offered to an address that is not on the list", async () => {
    const visit = await open({ hash: `#${site().stranger}` })
    await visit.page.getByRole("button", { name: "Sign with the old address" }).click()
    await visit.page.locator("#statement-from").waitFor()
    await visit.leave()
  })
})
