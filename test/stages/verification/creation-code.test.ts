/** The creation code that verify.py computes the contract's address from. */
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { merkleAirdropArtifact } from "../../../scripts/io/project/artifacts.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"

const FILE = join(PROJECT_ROOT, "scripts", "MerkleAirdrop.bin")

describe("scripts/MerkleAirdrop.bin", () => {
  it("is what the contract's sources compile to (AIRDROP_UPDATE=1 writes it)", async () => {
    const { bytecode } = await merkleAirdropArtifact()
    const expected = `${bytecode.slice(2).toLowerCase()}\n`
    if (process.env["AIRDROP_UPDATE"] === "1") await writeFile(FILE, expected)
    expect(await readFile(FILE, "utf8")).to.equal(expected)
  })
})
