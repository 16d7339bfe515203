import { mkdtemp, readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import fc from "fast-check"
import { parseAddress, toChecksum } from "../../scripts/core/primitives/address.ts"
import { formatAmount, parseAmount } from "../../scripts/core/primitives/amount.ts"
import { readProgramFile } from "../../scripts/stages/program/load-program.ts"
import { readRecipients } from "../../scripts/stages/program/recipients.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { announceSeed, removeAfterCases, fuzzing, survives } from "../support/fuzz.ts"
import { mutatedCsv, mutatedJson, mutatedText, nastyText } from "../support/mutate.ts"

describe("fuzz: inputs", () => {
  let folder: string
  before(async () => {
    announceSeed()
    folder = await mkdtemp(join(tmpdir(), "airdrop-fuzz-"))
  })
  after(async () => {
    await removeAfterCases(folder)
  })

  it("reads any text as an amount exactly, or refuses it with one line", async () => {
    const text = fc.oneof(nastyText, mutatedText("12345.678900001"))
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 0, max: 36 }), async (text, decimals) => {
        const outcome = await survives(() => parseAmount(text, decimals))
        if (!outcome.accepted) return
        const [whole = "", fraction = ""] = text.split(".")
        expect(fraction.slice(decimals), "what is beyond the token's decimals").to.match(/^0*$/)
        const kept = fraction.slice(0, decimals).padEnd(decimals, "0")
        const padded = decimals === 0 ? whole : `${whole}.${kept}`
        expect(formatAmount(outcome.value, decimals)).to.equal(padded)
      }),
      fuzzing({ cases: 1000 }),
    )
  })

  it("reads any text as an address in lower case, capitals or with its checksum, or refuses it with one line", async () => {
    const text = fc.oneof(nastyText, mutatedText("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"))
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        const outcome = await survives(() => parseAddress(text))
        if (!outcome.accepted) return
        const capitals = `0x${outcome.value.slice(2).toUpperCase()}`
        expect([outcome.value, toChecksum(outcome.value), capitals]).to.include(text)
      }),
      fuzzing({ cases: 1000 }),
    )
  })

  it("reads a changed list of recipients or names file and line", async () => {
    const original = await readFile(join(PROJECT_ROOT, "programs", "sample", "recipients.csv"), "utf8")
    const path = join(folder, "recipients.csv")
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutatedCsv(original), mutatedText(original)), async (text) => {
        await writeFile(path, text)
        const outcome = await survives(() => readRecipients(path))
        if (outcome.accepted) {
          const { accounts } = outcome.value
          expect(new Set(accounts).size, "no account comes twice").to.equal(accounts.length)
        } else expect(outcome.error.message).to.match(/recipients\.csv(:\d+)?: /)
      }),
      fuzzing({ cases: 300 }),
    )
  })

  it("reads a changed program, or names the file and its fault", async () => {
    const original = await readFile(join(PROJECT_ROOT, "programs", "sample", "program.json"), "utf8")
    const path = join(folder, "program.json")
    const changed = mutatedJson(JSON.parse(original)).map((value) => JSON.stringify(value, undefined, 2))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: mutatedText(original) }),
        async (text) => {
          await writeFile(path, text)
          const outcome = await survives(() => readProgramFile(path))
          if (!outcome.accepted) expect(outcome.error.message).to.match(/program\.json(:\d+)?: /)
        },
      ),
      fuzzing({ cases: 400 }),
    )
  })
})
