import { tokenAmount } from "../../scripts/core/primitives/token.ts"
import { expect } from "chai"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseJson } from "../../scripts/core/primitives/json-reader.ts"
import { parseClaimFile } from "../../scripts/core/publication/claim-file.ts"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { buildPage } from "../../scripts/stages/page/build-page.ts"
import { servePage } from "../../scripts/stages/page/serve.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { launchChromium } from "../../scripts/dev/rigs/chromium.ts"

const PUBLICATION = join(PROJECT_ROOT, "proofs", "sample")

describe("the claim page over the published sample", () => {
  it("shows every address of the sample as the sample's files do", async () => {
    const folder = await mkdtemp(join(tmpdir(), "airdrop-sample-"))
    const terms = {
      title: "Sample",
      rpcUrls: ["http://127.0.0.1:9"],
      deployment: undefined,
      network: undefined,
    }
    await buildPage(folder, { ...terms, publication: PUBLICATION })
    const server = await servePage(folder)
    const browser = await launchChromium()
    try {
      const page = await browser.newPage({ locale: "en-GB" })
      const complaints: string[] = []
      page.on("pageerror", (error) => complaints.push(error.message))
      await page.goto(server.url)
      for (const name of await readdir(join(PUBLICATION, "claims"))) {
        const text = await readFile(join(PUBLICATION, "claims", name), "utf8")
        const file = parseClaimFile(parseJson(text, name), name)
        const { account } = "claim" in file ? file.claim : file.noClaim
        const field = page.locator("#look-address")
        if (!(await field.isVisible())) await page.click("#another > summary")
        await field.fill(toChecksum(account))
        await field.press("Enter")
        const result = page.locator("section", { has: page.locator("#result-title") })
        await result
          .locator(`[title="${toChecksum(account)}"]`)
          .first()
          .waitFor()
        if ("claim" in file) {
          const amount = tokenAmount(file.claim.amount, file.claim.token)
          expect((await page.innerText("#due-total")).replace("\u00a0", " ")).to.equal(amount)
          await page.locator("#why tbody tr").first().waitFor({ state: "attached" })
        } else {
          const words = await page.innerText("#absent")
          for (const paidTo of file.noClaim.paidTo) expect(words).to.include(toChecksum(paidTo))
          if (file.noClaim.paidTo.length === 0) expect(words).to.include("Nothing for this address")
        }
        expect(await page.locator("#warning").count(), account).to.equal(0)
      }
      expect(complaints).to.deep.equal([])
    } finally {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
