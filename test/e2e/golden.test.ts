import { createHash } from "node:crypto"
import { existsSync, readdirSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import { allocationCsv, allocationJson } from "../../scripts/core/allocation/allocation-json.ts"
import { readAllocation } from "../../scripts/stages/allocation/allocation-files.ts"
import { loadInputs } from "../../scripts/stages/allocation/load-inputs.ts"
import { SOURCES } from "../../scripts/core/sources/sources.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

const PLACES = ["programs", "test/fixtures/programs"].map((place) => join(PROJECT_ROOT, place))

describe("golden programs", () => {
  const golden = PLACES.flatMap((place) => readdirSync(place).map((name) => join(place, name)))
    .filter((folder) => existsSync(join(folder, "allocation.json")))
    .sort()

  it("are there for every source", async () => {
    const kinds = await Promise.all(
      golden.map(async (folder) => (await loadProgram(folder)).program.source.kind),
    )
    expect(new Set(kinds)).to.deep.equal(new Set([...SOURCES.keys()]))
  })

  for (const folder of golden) {
    const name = folder.slice(PROJECT_ROOT.length + 1)
    it(`${name} comes out again to the byte`, async () => {
      const inputs = await loadInputs(await loadProgram(folder))
      const allocation = allocate(inputs)
      const csv = await readFile(join(folder, "allocation.csv"), "utf8")
      expect([...allocationCsv(allocation)].join("")).to.equal(csv)
      const stored = await readAllocation(folder)
      const json = await readFile(join(folder, "allocation.json"), "utf8")
      const sha256 = createHash("sha256").update(csv).digest("hex")
      expect([...allocationJson(allocation, { inputs: inputs.hashes, entries: sha256 })].join("")).to.equal(
        json,
      )
      expect(stored).to.deep.equal({ ...allocation, ...storedExtras(stored) })
    })

    it(`${name} adds up to its tranche`, async () => {
      const { entries, pool, undistributed, participants } = await readAllocation(folder)
      const sum = entries.reduce((total, { amount }) => total + amount, 0n)
      expect(sum + undistributed).to.equal(pool)
      expect(participants.reduce((total, { amount }) => total + amount, 0n)).to.equal(sum)
      for (const { value, contributions } of participants) {
        expect(
          contributions.reduce(
            (total, part) => total + (part.excludedReason === undefined ? part.value : 0n),
            0n,
          ),
        ).to.equal(value)
      }
    })
  }
})

/** Returns the fields of a stored allocation that are not computed. */
function storedExtras({ inputs, ...rest }: Awaited<ReturnType<typeof readAllocation>>): object {
  return { inputs, ...("format" in rest ? { format: rest.format } : {}) }
}
