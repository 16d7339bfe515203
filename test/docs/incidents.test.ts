import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

/** The last two lines of an entry: a test's name and its file. */
const ENTRY = /^ {2}`([^`]+)`\n {2}(test\/\S+)$/gm

describe("docs/incidents.md", () => {
  it("names tests that exist", async () => {
    const page = await readFile(join(PROJECT_ROOT, "docs", "incidents.md"), "utf8")
    const entries = [...page.matchAll(ENTRY)]
    expect(entries.length).to.equal(page.split("\n").filter((line) => line.startsWith("- ")).length)
    expect(entries.length).to.be.at.least(30)
    for (const [, name = "", file = ""] of entries) {
      const text = await readFile(join(PROJECT_ROOT, file), "utf8")
      expect(text.includes(name), `${file} has no test "${name}"`).to.equal(true)
    }
  })

  it("names every test that was written for an incident", async () => {
    const page = await readFile(join(PROJECT_ROOT, "docs", "incidents.md"), "utf8")
    const contracts = await readFile(join(PROJECT_ROOT, "test", "contracts", "Incidents.t.sol"), "utf8")
    for (const [, name = ""] of contracts.matchAll(/function (test\w*_Incident_\w+)/g)) {
      expect(page, name).to.include(name)
    }
  })
})
