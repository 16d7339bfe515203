import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as benchVerb from "../../scripts/commands/bench.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { runVerb } from "../support/run-verb.ts"

describe("docs/scale.md", () => {
  it("has the table that bench scale computes from the other records", async () => {
    const read = async (path: string): Promise<string> => await readFile(join(PROJECT_ROOT, path), "utf8")
    const { json, lines } = await runVerb(benchVerb, ["scale", "--json"])
    expect(JSON.parse(await read("bench/scale.json"))).to.deep.equal(json)
    const table = await read("bench/scale.txt")
    expect(`${lines.join("\n")}\n`).to.equal(table)
    expect(await read("docs/scale.md")).to.include(table)
  })
})
