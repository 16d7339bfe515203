import { symlink, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { expect } from "chai"
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import type { Allocation } from "../../scripts/core/allocation/allocation.ts"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import { loadInputs } from "../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { sharedData } from "../support/shared.ts"

/** Writes a program over a list of amounts in base units of a token of 18 decimals. */
function programText(file: string, source: object, exclude: readonly string[]): string {
  return JSON.stringify({
    format: "merkle-airdrop/program@1",
    name: "list",
    chainId: 1,
    token: { address: `0x${"70".repeat(20)}`, symbol: "TOK", decimals: 18 },
    tranches: { automatic: "1000000000" },
    source: { kind: "amounts", file, unit: "base", ...source },
    rules: { exclude: exclude.map((account) => ({ account, reason: "nobody has its key" })) },
  })
}

async function allocateList(folder: string): Promise<Allocation> {
  return allocate(await loadInputs(await loadProgram(folder)))
}

const SAFE = { columns: { account: "owner" }, ignore: ["startDate"] }
/** Zero, the first precompiled contract, and two more addresses without a key. */
const RESERVED = [0n, 1n, 0x1337n, 0xdeadn].map((number) => `0x${number.toString(16).padStart(40, "0")}`)

describe("lists of real airdrops", () => {
  it("in the form of Safe's, other columns and base units, are read as they are", async () => {
    await inScratch(async (folder) => {
      const rows = [
        "owner,amount,startDate",
        "0x0000000b71f2d236c38ae51952c46f03b89d0777,538308238998851616768,2018-09-27T10:00:00+00:00",
        "0x00004ee398ca93038d193dd34e89db467a298536,748506401787257815040,2018-09-27T10:00:00+00:00",
      ]
      await writeFile(join(folder, "list.csv"), `${rows.join("\n")}\n`)
      await writeFile(join(folder, "program.json"), programText("list.csv", SAFE, []))
      expect((await allocateList(folder)).allocated).to.equal(538308238998851616768n + 748506401787257815040n)
    })
  })

  it("in Uniswap's form are refused while they pay addresses without a key", async () => {
    await inScratch(async (folder) => {
      const rows = ["account,amount", ...RESERVED.map((account) => `${account},400000000000000000000`)]
      const payable = "0x00000000000043DC09b2d31827CB23F414E1Fa3D,400000000000000000000"
      await writeFile(join(folder, "list.csv"), `${[...rows, payable].join("\n")}\n`)
      await writeFile(join(folder, "program.json"), programText("list.csv", {}, []))
      const refused = await runVerb(allocateVerb, [folder])
      expect(refused.status).to.equal(2)
      expect(refused.error).to.have.property("code", "unresolved")
      expect(String(refused.error))
        .to.contain("4 payees of list")
        .and.to.contain("0x000000000000000000000000000000000000dEaD")
      await writeFile(join(folder, "program.json"), programText("list.csv", {}, RESERVED))
      expect((await runVerb(allocateVerb, [folder])).status).to.equal(0)
    })
  })

  const real = [
    { path: sharedData("lists/safe-2022.csv.gz"), source: SAFE, exclude: [], count: 43_575 },
    { path: sharedData("lists/uniswap-2020.csv.gz"), source: {}, exclude: RESERVED, count: 252_803 - 4 },
  ]
  for (const { path, source, exclude, count } of real) {
    if (path === undefined) continue
    it(`${basename(path)} is read whole, checksums included`, async () => {
      await inScratch(async (folder) => {
        await symlink(path, join(folder, basename(path)))
        await writeFile(join(folder, "program.json"), programText(basename(path), source, exclude))
        const allocation = await allocateList(folder)
        expect(allocation.entries.length).to.equal(count)
        expect(allocation.risks).to.deep.equal([])
      })
    })
  }
})
