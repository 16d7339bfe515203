import { expect } from "chai"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { claimPages } from "../support/claim-pages.ts"
import { testWallet } from "../support/test-wallet.ts"
import type { Visit, VisitOptions } from "../support/visitor.ts"

describe("the claim page from a disk, without any server", () => {
  const { site, open } = claimPages()

  const openFromDisk = async (options: VisitOptions = {}): Promise<Visit> =>
    await open({ ...options, url: pathToFileURL(join(site().folder, "index.html")).href })
  const leave = async (visit: Visit): Promise<void> => {
    const elsewhere = visit.requests.filter(
      (url) => !url.startsWith("file:") && !url.startsWith(site().rpc.url),
    )
    expect(elsewhere.filter((url) => !url.startsWith("data:"))).to.deep.equal([])
    expect(visit.complaints).to.deep.equal([])
    await visit.page.context().close()
  }

  it("says what it needs, and looks up in the folder that is opened once", async () => {
    const { alice, bob } = site().people
    const visit = await openFromDisk({ wallets: [testWallet("Anemone", alice.key)] })
    await visit.page.getByText("browsers do not let a page read the files beside it").waitFor()
    await visit.page.setInputFiles("#folder-input", join(site().folder, "data"))
    await visit.page.getByText("Opened: data").waitFor()
    await visit.look(bob.account)
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.look(alice.account)
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.connect("Anemone")
    await visit.page.click("#claim-start")
    await visit.page.locator('#claim-steps[data-at="done"]').waitFor()
    await leave(visit)
  })

  it("looks an address up that was asked for before the folder was opened", async () => {
    const visit = await openFromDisk({ hash: `#${site().people.bob.account}` })
    await visit.page.setInputFiles("#folder-input", join(site().folder, "data"))
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await leave(visit)
  })

  it("takes a single proof file, checked like any other", async () => {
    const { bob, carol } = site().people
    const visit = await openFromDisk({ wallets: [testWallet("Anemone", carol.key)] })
    const file = join(site().folder, `data/claims/${bob.account}.json`)
    await visit.page.setInputFiles("#proof-input", file)
    await visit.page.locator('#state[data-state="ready"]').waitFor()
    await visit.connect("Anemone")
    await visit.page.click("#claim-start")
    await visit.page.locator('#claim-steps[data-at="done"]').waitFor()
    expect(await site().balanceOf(bob.account)).to.equal(site().amountOf(bob.account))
    await visit.page.setInputFiles("#proof-input", join(site().folder, "data/manifest.json"))
    await visit.page.locator('[data-warning="check.bad.proof"]').waitFor()
    await leave(visit)
  })

  it("refuses a folder that is not a publication, in each language", async () => {
    const visit = await openFromDisk({ locale: "de-DE" })
    await visit.page.setInputFiles("#folder-input", join(site().folder, "data/claims"))
    await visit.page.getByText("In Ihrer Auswahl gibt es keine manifest.json").waitFor()
    await leave(visit)
  })
})
