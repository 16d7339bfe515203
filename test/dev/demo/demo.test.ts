import { expect } from "chai"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as demo from "../../../scripts/commands/trial/demo.ts"
import { SAMPLE_STAGE, setStage } from "../../../scripts/dev/demo/stage.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { expectError } from "../../support/errors.ts"

describe("The folder of a demo", () => {
  it("does not replace a folder with other files", async () => {
    await inScratch(async (scratch) => {
      const out = join(scratch, "home")
      await mkdir(out)
      for (const [name, text] of [
        ["thesis.txt", "ten years"],
        ["program.json", `{ "name": "demo", "description": "our own" }`],
      ] as const) {
        await writeFile(join(out, name), text)
        const { status, error } = await runVerb(demo, ["--out", out])
        expect(status).to.equal(2)
        expectError(error, "file-exists", name)
        expect(await readFile(join(out, name), "utf8")).to.equal(text)
      }
    })
  })

  it("replaces an earlier demo's", async () => {
    await inScratch(async (scratch) => {
      const out = join(scratch, "demo")
      for (let round = 0; round < 2; round++) {
        const stage = await setStage({ ...SAMPLE_STAGE, folder: out })
        await stage.close()
        expect(await readdir(out)).to.have.members(["program.json", "recipients.csv"])
        await writeFile(join(out, "report.html"), "of the first")
      }
    })
  })
})
