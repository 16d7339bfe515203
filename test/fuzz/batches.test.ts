import { mkdtemp, readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import fc from "fast-check"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as inspect from "../../scripts/commands/inspect.ts"
import * as propose from "../../scripts/commands/propose.ts"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { folderCid } from "../../scripts/stages/publication/folder-cid.ts"
import { ascendingList, writeAmountsProgram } from "../support/amounts-program.ts"
import { announceSeed, removeAfterCases, expectReadable, fuzzing } from "../support/fuzz.ts"
import { mutatedJson, mutatedText } from "../support/mutate.ts"
import { runVerb, type VerbRun } from "../support/run-verb.ts"

const HEX_DIGITS = Array.from({ length: 16 }, (_, digit) => digit.toString(16))

interface Batch {
  readonly chainId: string
  readonly transactions: readonly { readonly to: string; readonly value: string; readonly data: string }[]
}

describe("fuzz: Safe batches", () => {
  let scratch: string
  let program: string
  let path: string
  let original: string

  const inspected = async (text: string): Promise<VerbRun> => {
    await writeFile(path, text)
    const run = await runVerb(inspect, [path, "--program", program])
    if (run.status === undefined) throw run.error
    if (run.error instanceof AirdropError) expectReadable(run.error)
    return run
  }

  before(async () => {
    announceSeed()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-fuzz-"))
    program = join(scratch, "list")
    await writeAmountsProgram(program, { csv: ascendingList(20), pool: "210" })
    for (const verb of [allocate, build]) expect((await runVerb(verb, [program])).status).to.equal(0)
    const proposed = await runVerb(propose, [
      program,
      "deploy",
      "--batch",
      "--nonce",
      "5",
      "--uri",
      `ipfs://${await folderCid(join(program, "proofs"), [])}`,
      "--json",
    ])
    expect(proposed.status, String(proposed.error)).to.equal(0)
    path = (proposed.json as { files: { batch: string } }).files.batch
    original = await readFile(path, "utf8")
  })
  after(async () => {
    await removeAfterCases(scratch)
  })

  it("inspect reads any changed batch, or refuses it in one line", async () => {
    const structured = mutatedJson(JSON.parse(original)).map((value) => JSON.stringify(value, undefined, 2))
    await fc.assert(
      fc.asyncProperty(fc.oneof(structured, mutatedText(original)), async (text) => {
        await inspected(text)
      }),
      fuzzing({ cases: 150 }),
    )
  })

  it("one changed digit of any call is flagged", async () => {
    const batch = JSON.parse(original) as Batch
    const change = fc.record({
      call: fc.nat({ max: batch.transactions.length - 1 }),
      field: fc.constantFrom("to" as const, "value" as const, "data" as const),
      at: fc.nat(),
      digit: fc.constantFrom(...HEX_DIGITS),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ call, field, at, digit }) => {
        const transactions = batch.transactions.map((transaction, i) =>
          i === call ? { ...transaction, [field]: changedDigit(transaction[field], at, digit) } : transaction,
        )
        const before = JSON.stringify(batch.transactions).toLowerCase()
        if (JSON.stringify(transactions).toLowerCase() === before) return
        const { status, lines } = await inspected(JSON.stringify({ ...batch, transactions }))
        expect(status, lines.join("\n")).to.not.equal(0)
      }),
      fuzzing({ cases: 150 }),
    )
  })

  it("the unchanged batch passes", async () => {
    const { status, lines, error } = await inspected(original)
    expect(status, `${lines.join("\n")} ${String(error)}`).to.equal(0)
  })
})

/** Changes a digit behind the 0x of hex, or of a number. */
function changedDigit(text: string, at: number, digit: string): string {
  const start = text.startsWith("0x") ? 2 : 0
  const place = start + (at % Math.max(text.length - start, 1))
  return text.slice(0, place) + digit + text.slice(place + 1)
}
