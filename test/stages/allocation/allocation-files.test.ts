import { cp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { shownPath } from "../../../scripts/io/disk/paths.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import {
  readAllocation,
  readEntries,
  writeAllocation,
} from "../../../scripts/stages/allocation/allocation-files.ts"
import { expectRejected } from "../../support/errors.ts"
import { inScratch } from "../../support/scratch.ts"

const STAKES = join(PROJECT_ROOT, "test", "fixtures", "programs", "stakes")
const FILES = ["allocation.csv", "allocation.json"]

describe("The files of an allocation", () => {
  it("are written again as they were read", async () => {
    await inScratch(async (folder) => {
      const { inputs, ...allocation } = await readAllocation(STAKES)
      await writeAllocation(folder, allocation, inputs)
      for (const name of FILES)
        expect(await readFile(join(folder, name), "utf8")).to.equal(
          await readFile(join(STAKES, name), "utf8"),
        )
    })
  })

  it("are refused if allocation.csv was changed after allocation.json was written", async () => {
    await inScratch(async (folder) => {
      for (const name of FILES) await cp(join(STAKES, name), join(folder, name))
      const csv = join(folder, "allocation.csv")
      const text = await readFile(csv, "utf8")
      await writeFile(
        csv,
        text.replace(/(\d)\n$/, (_, digit: string) => `${(Number(digit) + 1) % 10}\n`),
      )
      await expectRejected(readAllocation(folder), "inconsistent", shownPath(csv))
    })
  })

  it("are refused if one of them is missing", async () => {
    for (const name of FILES) {
      await inScratch(async (folder) => {
        await cp(join(STAKES, name), join(folder, name))
        const other = FILES.find((file) => file !== name) ?? ""
        await expectRejected(readAllocation(folder), "file-missing", shownPath(join(folder, other)))
      })
    }
  })

  it("list accounts in ascending order with amounts above zero", async () => {
    const low = `0x${"11".repeat(20)}`
    const high = `0x${"22".repeat(20)}`
    const cases: readonly (readonly [rows: readonly string[], values: readonly string[]])[] = [
      [
        [`${high},1`, `${low},1`],
        [":3: ", low],
      ],
      [
        [`${low},1`, `${low},1`],
        [":3: ", low],
      ],
      [[`${low},0`], [":2: ", low]],
      [[`${low},0.0000000001`], [":2: ", "10 decimals"]],
    ]
    for (const [rows, values] of cases) {
      await inScratch(async (folder) => {
        const path = join(folder, "allocation.csv")
        await writeFile(path, ["account,amount", ...rows, ""].join("\n"))
        await expectRejected(readEntries(path, 9), "file-format", shownPath(path), ...values)
      })
    }
  })
})
