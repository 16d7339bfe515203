import { mkdir, readFile, writeFile } from "node:fs/promises"
import { createHash } from "node:crypto"
import { join } from "node:path"
import { expect } from "chai"
import fc from "fast-check"
import * as grantsVerb from "../../../scripts/commands/grants/grants.ts"
import { locateJson, parseStrictly } from "../../../scripts/core/primitives/strict-json.ts"
import { readDeployment } from "../../../scripts/stages/deployment/deployment-file.ts"
import { parseLedgerLine } from "../../../scripts/core/reserve/ledger-line.ts"
import { loadInputs } from "../../../scripts/stages/allocation/load-inputs.ts"
import { readJson } from "../../../scripts/io/disk/read-json.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { writeStakingProgram } from "../../support/published.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { expectError, expectThrown } from "../../support/errors.ts"

async function messageOf(reading: Promise<unknown>): Promise<string> {
  return await reading.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

describe("JSON that is read strictly", () => {
  it("parses as JSON.parse does, for any strings", () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', "\\", ":", "{", "ä", " ") }))
    const keys = texts.filter((key) => key !== "__proto__") // refused, as below
    fc.assert(
      fc.property(fc.object({ key: keys, values: [texts, fc.integer(), fc.constant(null)] }), (value) => {
        for (const space of [undefined, 1, "\t"]) {
          const text = JSON.stringify(value, undefined, space)
          expect(parseStrictly(text)).to.deep.equal({ value: JSON.parse(text) as unknown })
        }
      }),
    )
  })

  it("is refused with a duplicate key, in any escape and at any depth", () => {
    const wrong: readonly (readonly [text: string, line: number, named: string])[] = [
      ['{"a": 1,\n"a": 1}', 2, '"a" comes twice'],
      ['{"a": 1,\n"\\u0061": 2}', 2, "comes twice"],
      ['[{"b": {"a\\"": {}, "c": [],\n\n"a\\"": {}}}]', 3, "comes twice"],
      ['{"a": {"b": 1, "c": 2},\n"a" : {"b": 1}}', 2, '"a" comes twice'],
      ['{"a": 1,\n"__proto__": 2}', 2, '"__proto__" is not expected'],
      ["{,}", 1, "is not JSON"],
      ['{"a": 1', 1, "is not JSON"],
      [`${"[".repeat(200)}${"]".repeat(200)}`, 1, "nested deeper"],
    ]
    for (const [text, line, named] of wrong) {
      const { fault } = parseStrictly(text)
      expect(fault?.line, text).to.equal(line)
      expect(fault?.text, text).to.contain(named)
      expect(fault).to.deep.equal(locateJson(text).fault)
    }
    expect(parseStrictly('{"a": {"a": [{"a": 1}, {"a": "a\\": "}]}}').fault).to.equal(undefined)
  })

  it("is that of a snapshot, a deployment, a ledger's line and the evidence of a grant", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await writeStakingProgram(folder)
      const path = join(folder, "snapshot.json")
      const text = await readFile(path, "utf8")
      await writeFile(path, text.replace('"amounts"', '"chainId": 1,\n "amounts"'))
      expect(await messageOf(readSnapshot(path))).to.match(/snapshot\.json:\d+: key "chainId" comes twice/)

      await writeFile(join(folder, "deployment.json"), '{"chainId": 1,\n"chainId": 2}')
      expect(await messageOf(readDeployment(folder))).to.match(
        /deployment\.json:2: key "chainId" comes twice/,
      )

      expectThrown(
        () => parseLedgerLine('{"kind":"grant","amount":"1","amount":"2"}', 9),
        "file-format",
        '"amount"',
      )

      const evidence = join(scratch, "evidence.json")
      await writeFile(evidence, '{ "kind": "note",\n "text": "a", "text": "b" }')
      const account = `0x${"00".repeat(18)}a11c`
      const args = [folder, "add", account, "1", "--reason", "was missed", "--evidence", evidence]
      expectError((await runVerb(grantsVerb, args)).error, "file-format", /evidence\.json:2: .*"text"/)
    })
  })

  it("is hashed as it was read", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await mkdir(folder)
      await writeStakingProgram(folder)
      const { hashes } = await loadInputs(await loadProgram(folder))
      const path = join(folder, "snapshot.json")
      const sha256 = createHash("sha256")
        .update(await readFile(path))
        .digest("hex")
      expect(hashes["snapshot.json"]).to.equal(sha256)
      expect((await readJson(path)).sha256).to.equal(sha256)
    })
  })
})
