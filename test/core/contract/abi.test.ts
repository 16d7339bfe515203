import { expect } from "chai"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Interface } from "ethers"
import { format, resolveConfig } from "prettier"
import { AIRDROP, OWNER_CALLS } from "../../../scripts/core/contract/abi.ts"
import { merkleAirdropArtifact } from "../../../scripts/io/project/artifacts.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"

const FILE = join(PROJECT_ROOT, "scripts", "core", "contract", "abi-items.ts")
const HEAD =
  "/** The whole ABI of the compiled contract. A test writes it: AIRDROP_UPDATE=1 ./airdrop test test/core/contract. */"

describe("The contract's interface", () => {
  it("equals the compiled contract's", async () => {
    const compiled = new Interface((await merkleAirdropArtifact()).abi)
    const text = `${HEAD}\nexport const AIRDROP_ITEMS: readonly string[] = ${JSON.stringify(compiled.format(), undefined, 2)}\n`
    const settings = (await resolveConfig(FILE)) ?? {}
    const made = await format(text, { ...settings, parser: "typescript" })
    if (process.env["AIRDROP_UPDATE"] === "1") await writeFile(FILE, made)
    expect(await readFile(FILE, "utf8")).to.equal(made)
  })

  it("has the selectors and topics of the compiled contract", async () => {
    const compiled = new Interface((await merkleAirdropArtifact()).abi)
    compiled.forEachFunction(({ name, selector }) => {
      expect(AIRDROP.getFunction(selector)?.selector, name).to.equal(selector)
    })
    compiled.forEachEvent(({ topicHash }) => {
      expect(AIRDROP.getEvent(topicHash)?.topicHash).to.equal(topicHash)
    })
    for (const name of OWNER_CALLS) expect(AIRDROP.getFunction(name), name).not.to.equal(null)
  })
})
