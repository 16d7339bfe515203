import { mkdir, writeFile } from "node:fs/promises"
import { join, relative } from "node:path"
import { expect } from "chai"
import { selectTests } from "../../../scripts/dev/testing/select-tests.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { expectRejected } from "../../support/errors.ts"
import { inScratch } from "../../support/scratch.ts"

describe("Selecting tests", () => {
  it("takes files of both kinds and folders, each file once", async () => {
    await inScratch(async (folder) => {
      await mkdir(join(folder, "inner"))
      for (const name of ["a.test.ts", "b.t.sol", "helper.ts", "inner/c.test.ts"])
        await writeFile(join(folder, name), "")
      const at = (name: string): string => relative(PROJECT_ROOT, join(folder, name))
      expect(await selectTests([folder, join(folder, "a.test.ts")])).to.deep.equal({
        solidity: [at("b.t.sol")],
        typescript: [at("a.test.ts"), at("inner/c.test.ts")],
      })
    })
  })

  it("starts with the folders whose files take longest", async () => {
    const test = (name: string): string => join(PROJECT_ROOT, "test", name)
    const { typescript } = await selectTests([test("core"), test("docs"), test("e2e")])
    const folders = [...new Set(typescript.map((file) => file.split("/")[1]))]
    expect(folders).to.deep.equal(["e2e", "docs", "core"])
  })

  it("refuses a missing path, a helper and a folder without tests", async () => {
    await inScratch(async (folder) => {
      await writeFile(join(folder, "helper.ts"), "")
      await expectRejected(selectTests([join(folder, "no.test.ts")]), "file-missing", "no.test.ts")
      await expectRejected(selectTests([join(folder, "helper.ts")]), "file-format", "helper.ts")
      await expectRejected(selectTests([folder]), "file-format", folder)
    })
  })
})
