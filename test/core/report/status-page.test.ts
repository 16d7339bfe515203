import { expect } from "chai"
import { statusPage } from "../../../scripts/core/report/status-page.ts"
import { madeUpStatus } from "../../support/made-up-status.ts"
import { programOf } from "../../support/made-up.ts"

const PROGRAM = programOf({ pool: 100n * 10n ** 9n })

describe("the status page", () => {
  it("draws 47% claimed as 47% of the bar", () => {
    const page = statusPage(PROGRAM, madeUpStatus(47))
    expect(page).to.match(/<rect class="one" x="0" width="188" height="10"/)
    expect(page).to.match(/<rect class="rest" x="188" width="212" height="10"/)
    expect(page).to.contain("47.0%")
  })

  it("has no table without rows and no chart without values", () => {
    const page = statusPage(PROGRAM, madeUpStatus(0))
    expect(page).to.not.match(/<tbody>\s*<\/tbody>/)
    for (const title of ["Over time", "Claims by route", "Events of the contract", "Reserve"])
      expect(page).to.not.contain(`<h2>${title}</h2>`)
    expect(page).to.contain("<h2>Claimed</h2>").and.to.contain("0.0%")
  })

  it("says who has recomputed the roots, where there are attestations", () => {
    const attested = "automatic checked by 1 of 2 attesters: <Auditor>"
    expect(statusPage(PROGRAM, madeUpStatus(1), { attested })).to.contain(
      '<p class="soft" id="attested">Attestations: automatic checked by 1 of 2 attesters: &lt;Auditor&gt;</p>',
    )
    expect(statusPage(PROGRAM, madeUpStatus(1))).to.not.contain("Attestations")
  })

  it("shows texts of others as texts", () => {
    const status = { ...madeUpStatus(1), alarms: ["<b>&\u202e'x\""] }
    const page = statusPage({ ...PROGRAM, name: "<i>" }, status)
    expect(page)
      .to.contain("&lt;b&gt;&amp;")
      .and.to.contain("&#39;x&quot;")
      .and.to.contain("<h1>&lt;i&gt;</h1>")
    expect(page).to.not.contain("\u202e")
  })
})
