import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { requireOutput } from "../../../scripts/stages/program/output-file.ts"
import { ascendingList, writeAmountsProgram } from "../../support/amounts-program.ts"
import * as allocateVerb from "../../../scripts/commands/allocate.ts"
import { runVerb } from "../../support/run-verb.ts"
import { runCli } from "../../support/run-cli.ts"
import { inScratch } from "../../support/scratch.ts"

const isOwn = (start: string): boolean => start.startsWith("own")
const codeOf = async (path: string, force = false): Promise<string> =>
  await requireOutput(path, isOwn, { force }).then(
    () => "allowed",
    (error: unknown) => (error instanceof AirdropError ? error.code : String(error)),
  )

describe("A file that an option names to be written", function () {
  this.timeout(120_000)

  it("may be new or the command's own; any other needs --force", async () => {
    await inScratch(async (scratch) => {
      const [own, other] = [join(scratch, "own"), join(scratch, "other")]
      await writeFile(own, "own 1")
      await writeFile(other, "somebody's notes")
      expect(await codeOf(join(scratch, "new"))).to.equal("allowed")
      expect(await codeOf(own)).to.equal("allowed")
      expect(await codeOf(other)).to.equal("file-exists")
      expect(await codeOf(other, true)).to.equal("allowed")
      expect(await codeOf(scratch, true)).to.equal("file-unreadable")
    })
  })

  it("is never a file that a program reads or publishes, even with --force", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "p")
      await writeAmountsProgram(folder, { csv: ascendingList(2), pool: "100" })
      await mkdir(join(folder, "proofs", "shards"), { recursive: true })
      await writeFile(join(folder, "proofs", "manifest.json"), "{}")
      const taken = ["program.json", "list.csv", "allocation.csv", "snapshot.json", "grants.jsonl"]
      for (const name of [...taken, "proofs/manifest.json", "proofs/new.csv", "proofs/shards/x.json"])
        expect(await codeOf(join(folder, name), true), name).to.equal("file-exists")
      expect(await codeOf(join(folder, "unclaimed.csv"))).to.equal("allowed")
      const before = await readFile(join(folder, "program.json"), "utf8")
      expect((await runCli(["allocate", folder])).status).to.equal(0)
      for (const name of ["program.json", "list.csv", "proofs/manifest.json"]) {
        const { status, text } = await runCli(["build", folder, "--car-only", "--car", join(folder, name)])
        expect([name, status], text).to.deep.equal([name, 2])
        expect(text).to.contain("Name another file to write.")
      }
      expect(await readFile(join(folder, "program.json"), "utf8")).to.equal(before)
    })
  })

  it("is not the name of an input: allocate would replace it", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "p")
      await writeAmountsProgram(folder, { csv: "", pool: "100", source: { file: "allocation.csv" } })
      await writeFile(join(folder, "allocation.csv"), ascendingList(2))
      const { status, text } = await runCli(["allocate", folder])
      expect(status).to.equal(2)
      expect(text).to.match(/source\.file: "allocation\.csv" is a file that a verb writes/)
      expect(await readFile(join(folder, "allocation.csv"), "utf8")).to.equal(ascendingList(2))
    })
  })

  it("is one of allocate's own four, or nothing at all is written", async () => {
    for (const [name, text] of [
      ["allocation.csv", "name,share\nann,1\n"],
      ["allocation.json", '{"mine":1}'],
      ["unpaid.csv", "notes"],
      ["report.html", "<h1>My own report</h1>"],
    ] as const) {
      await inScratch(async (scratch) => {
        const folder = join(scratch, "p")
        await writeAmountsProgram(folder, { csv: ascendingList(2), pool: "100" })
        await writeFile(join(folder, name), text)
        const before = (await readdir(folder)).sort()
        const refused = await runVerb(allocateVerb, [folder])
        expect(refused.error, name).to.have.property("code", "file-exists")
        expect((await readdir(folder)).sort()).to.deep.equal(before)
        expect(await readFile(join(folder, name), "utf8")).to.equal(text)
        expect((await runVerb(allocateVerb, [folder, "--force"])).status).to.equal(0)
        expect((await runVerb(allocateVerb, [folder])).status, "its own files").to.equal(0)
      })
    }
  })
})
