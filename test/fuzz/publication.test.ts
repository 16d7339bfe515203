import { cp, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import fc from "fast-check"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as verify from "../../scripts/commands/verify.ts"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { parseClaimFile } from "../../scripts/core/publication/claim-file.ts"
import { parseManifest } from "../../scripts/core/publication/manifest.ts"
import { ascendingList, writeAmountsProgram } from "../support/amounts-program.ts"
import { announceSeed, removeAfterCases, expectReadable, fuzzing, survives } from "../support/fuzz.ts"
import { mutatedJson, mutatedText } from "../support/mutate.ts"
import { runVerb } from "../support/run-verb.ts"

const COUNT = 20

describe("fuzz: published files", () => {
  let scratch: string
  let program: string
  let files: readonly string[]

  before(async () => {
    announceSeed()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-fuzz-"))
    program = join(scratch, "list")
    await writeAmountsProgram(program, {
      csv: ascendingList(COUNT),
      pool: ((COUNT * (COUNT + 1)) / 2).toString(),
    })
    for (const verb of [allocate, build]) expect((await runVerb(verb, [program])).status).to.equal(0)
    files = await filesOf(join(program, "proofs"))
  })
  after(async () => {
    await removeAfterCases(scratch)
  })

  it("verify finds every change of any published file, and prints it in readable lines", async () => {
    const damaged = join(scratch, "damaged")
    await cp(program, damaged, { recursive: true })
    const choice = fc.constantFrom(...files)
    await fc.assert(
      fc.asyncProperty(choice, fc.gen(), async (file, gen) => {
        const path = join(damaged, "proofs", file)
        const original = await readFile(path, "utf8")
        const changed = gen(() => changeOf(file, original))
        if (changed === original) return
        await writeFile(path, changed)
        const { status, error, lines } = await runVerb(verify, [damaged])
        await writeFile(path, original)
        if (status === undefined) throw error
        expect(status, `${file} was changed: ${lines.join("\n")}`).to.be.oneOf([1, 2])
        if (error instanceof AirdropError) expectReadable(error)
      }),
      fuzzing({ cases: 60 }),
    )
  })

  it("a claim's file from anywhere is read, or refused with file and field", async () => {
    const name = files.find((file) => file.startsWith("claims/")) ?? ""
    const original: unknown = JSON.parse(await readFile(join(program, "proofs", name), "utf8"))
    await fc.assert(
      fc.asyncProperty(mutatedJson(original), async (changed) => {
        const outcome = await survives(() => parseClaimFile(changed, "claim.json"))
        if (!outcome.accepted) expect(outcome.error.message).to.match(/^claim\.json/)
      }),
      fuzzing({ cases: 1000 }),
    )
  })

  it("a manifest from anywhere is read, or refused with file and field", async () => {
    const original: unknown = JSON.parse(await readFile(join(program, "proofs", "manifest.json"), "utf8"))
    await fc.assert(
      fc.asyncProperty(mutatedJson(original), async (changed) => {
        const outcome = await survives(() => parseManifest(changed, "manifest.json"))
        if (!outcome.accepted) expect(outcome.error.message).to.match(/^manifest\.json/)
      }),
      fuzzing({ cases: 1000 }),
    )
  })

  it("build reads a changed allocation or refuses it, and never leaves half a publication", async () => {
    const copy = join(scratch, "rebuilt")
    await cp(program, copy, { recursive: true })
    const path = join(copy, "allocation.json")
    const original = await readFile(path, "utf8")
    const changed = mutatedJson(JSON.parse(original)).map((value) => JSON.stringify(value, undefined, 1))
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, mutatedText(original)), async (text) => {
        await writeFile(path, text)
        const { status, error } = await runVerb(build, [copy])
        if (status === undefined) throw error
        if (error instanceof AirdropError) expectReadable(error)
        expect((await readdir(copy)).filter((name) => name.endsWith(".tmp"))).to.deep.equal([])
        expect(await filesOf(join(copy, "proofs"))).to.include("manifest.json")
      }),
      fuzzing({ cases: 60 }),
    )
  })
})

/** Generates changes: structured ones and a few blind ones for JSON, blind ones for other files. */
function changeOf(file: string, original: string): fc.Arbitrary<string> {
  if (!file.endsWith(".json")) return mutatedText(original)
  const structured = mutatedJson(JSON.parse(original)).map(
    (value) => `${JSON.stringify(value, undefined, 2)}\n`,
  )
  return fc.oneof({ weight: 3, arbitrary: structured }, { weight: 1, arbitrary: mutatedText(original) })
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const paths = (await readdir(folder, { recursive: true })).sort()
  const kinds = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).isFile()))
  return paths.filter((_, i) => kinds[i])
}
