import { cp, mkdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { runCli } from "../../support/run-cli.ts"
import { inScratch } from "../../support/scratch.ts"

describe("a file that cannot be written", () => {
  it("is named with the system's reason, by its final and not its temporary name", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "stakes")
      await cp(join(PROJECT_ROOT, "test", "fixtures", "programs", "stakes"), folder, { recursive: true })
      await rm(join(folder, "allocation.csv"))
      await mkdir(join(folder, "allocation.csv"))
      const { status, text } = await runCli(["allocate", folder])
      expect(status).to.equal(2)
      expect(text).to.match(/^airdrop: \S*stakes\/allocation\.csv: is a folder, not a file/)
      expect(text).to.not.include(".tmp")
    })
  })
})
