import { access, appendFile, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as buildVerb from "../../../scripts/commands/build.ts"
import { filesOf, allocateAndBuild, copyProgram, writeStakingProgram } from "../../support/published.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { expectError } from "../../support/errors.ts"

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}

describe("build", () => {
  it("gives the same files whatever the number of threads", async () => {
    await inScratch(async (scratch) => {
      await writeStakingProgram(scratch)
      await allocateAndBuild(scratch)
      const one = await filesOf(join(scratch, "proofs"))
      for (const threads of ["1", "2", "4"]) {
        expect((await runVerb(buildVerb, [scratch, "--threads", threads])).status).to.equal(0)
        expect(await filesOf(join(scratch, "proofs"))).to.deep.equal(one)
      }
    })
  })

  it("refuses an allocation whose inputs have changed since, and keeps the published files", async () => {
    await inScratch(async (scratch) => {
      await writeStakingProgram(scratch)
      await allocateAndBuild(scratch)
      const before = await filesOf(join(scratch, "proofs"))
      await appendFile(join(scratch, "recipients.csv"), "\n")
      const { status, error } = await runVerb(buildVerb, [scratch])
      expect(status).to.equal(1)
      expectError(error, "mismatch", "recipients.csv")
      expect(await filesOf(join(scratch, "proofs"))).to.deep.equal(before)
    })
  })

  it("refuses an allocation.csv that does not match allocation.json", async () => {
    await inScratch(async (scratch) => {
      await writeStakingProgram(scratch)
      await allocateAndBuild(scratch)
      await appendFile(join(scratch, "allocation.csv"), `0x${"ff".repeat(20)},1.000000000\n`)
      const { status, error } = await runVerb(buildVerb, [scratch])
      expect(status).to.equal(2)
      expectError(error, "inconsistent", "allocation.csv")
    })
  })

  it("refuses a program without an allocation, and names the command to run first", async () => {
    await inScratch(async (scratch) => {
      await writeStakingProgram(scratch)
      const { status, error } = await runVerb(buildVerb, [scratch])
      expect(status).to.equal(2)
      expectError(error, "file-missing", "allocation.json")
    })
  })

  it("builds a program with unconfirmed terms only as a draft, and says so in the manifest", async () => {
    await inScratch(async (scratch) => {
      await copyProgram("bug-bounty", scratch)
      await allocateAndBuild(scratch)
      expect(JSON.parse(await readFile(join(scratch, "proofs", "manifest.json"), "utf8"))).to.include({
        draft: true,
      })
      const { status, error } = await runVerb(buildVerb, [scratch])
      expect(status).to.equal(2)
      expectError(error, "unresolved")
    })
  })

  it("keeps no archive of proofs that it has replaced", async () => {
    await inScratch(async (scratch) => {
      await writeStakingProgram(scratch)
      await allocateAndBuild(scratch, "--car")
      expect(await exists(join(scratch, "proofs.car"))).to.equal(true)
      await allocateAndBuild(scratch)
      expect(await exists(join(scratch, "proofs.car"))).to.equal(false)
    })
  })

  it("writes the archive alone, of the same folder and with the same CID, with --car-only", async () => {
    await inScratch(async (scratch) => {
      await writeStakingProgram(scratch)
      await allocateAndBuild(scratch, "--car")
      const archive = await readFile(join(scratch, "proofs.car"))
      await rm(join(scratch, "proofs"), { recursive: true })
      await rm(join(scratch, "proofs.car"))
      expect((await runVerb(buildVerb, [scratch, "--car-only"])).status).to.equal(0)
      expect(await exists(join(scratch, "proofs"))).to.equal(false)
      expect(archive.equals(await readFile(join(scratch, "proofs.car")))).to.equal(true)
    })
  })
})
