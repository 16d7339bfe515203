import { expect } from "chai"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { appendFile, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import type { GrantEntry, LedgerEntry } from "../../../scripts/core/reserve/ledger.ts"
import { addToLedger, readLedger } from "../../../scripts/stages/reserve/ledger-file.ts"
import { inScratch } from "../../support/scratch.ts"

const WRITER = join(import.meta.dirname, "..", "..", "support", "add-grants.ts")
const ALICE = "0x00000000000000000000000000000000000a11ce"
const BOB = "0x0000000000000000000000000000000000000b0b"

function grant(id: number, changes: Partial<GrantEntry> = {}): GrantEntry {
  return {
    kind: "grant",
    id,
    account: ALICE,
    amount: 5n,
    reason: "moved to a new address",
    evidence: undefined,
    overriddenChecks: [],
    time: new Date("2025-12-01T10:00:00Z"),
    ...changes,
  }
}

const silent = (): void => undefined

describe("the reserve's ledger", () => {
  it("returns the added entries, the same lines byte for byte on each reading", async () => {
    await inScratch(async (folder) => {
      const path = join(folder, "grants.jsonl")
      const root = `0x${"ab".repeat(32)}` as const
      const entries: LedgerEntry[] = [
        grant(1, { evidence: { kind: "note", text: "ticket 7" }, overriddenChecks: ["already granted"] }),
        grant(2, { account: BOB }),
        { kind: "revoke", grantId: 1, reason: "wrong address", time: new Date(0) },
        { kind: "root", root, accountCount: 1, total: 5n, time: new Date(0) },
        grant(3, { account: BOB, amount: 7n }),
      ]
      for (const entry of entries) await addToLedger(path, 9, () => [entry], silent)
      const { ledger, torn } = await readLedger(path, 9)
      expect(torn).to.equal("")
      expect(ledger.total).to.equal(12n)
      expect([...ledger.current]).to.deep.equal([[BOB, 12n]])
      expect(ledger.cumulativeAt(root)).to.deep.equal(new Map([[BOB, 5n]]))
      const [first, ...ofBob] = ledger.grants
      expect(first)
        .to.deep.include({ account: ALICE })
        .and.to.have.property("revoked")
        .that.is.not.equal(undefined)
      expect(ofBob.map(({ account, revoked, roots }) => [account, revoked, roots])).to.deep.equal([
        [BOB, undefined, [root]],
        [BOB, undefined, []],
      ])
      const lines = (await readFile(path, "utf8")).trimEnd().split("\n")
      expect(lines).to.have.length(5)
      expect(JSON.parse(lines[0] ?? "")).to.include({ amount: "0.000000005", time: "2025-12-01T10:00:00Z" })
    })
  })

  it("holds every grant of six processes that write at once", async () => {
    await inScratch(async (folder) => {
      const path = join(folder, "grants.jsonl")
      const writers = [1, 2, 3, 4, 5, 6].map((i) => startWriter(path, 15, 1000 * i))
      const codes = await Promise.all(
        writers.map(async (writer) => (await once(writer, "close"))[0] as number),
      )
      expect(codes).to.deep.equal([0, 0, 0, 0, 0, 0])
      const { ledger, torn } = await readLedger(path, 9)
      expect(torn).to.equal("")
      expect(ledger.grants).to.have.length(90)
      expect(ledger.current.size).to.equal(90)
    })
  })

  it("loses no confirmed grant when writers are killed at any moment", async () => {
    await inScratch(async (folder) => {
      const path = join(folder, "grants.jsonl")
      const confirmed = new Set<string>()
      for (let round = 0; round < 8; round++) {
        const writer = startWriter(path, 1000, 10_000 * round + 1)
        let text = ""
        writer.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()))
        await once(writer.stdout ?? writer, "data")
        await new Promise((resolve) => setTimeout(resolve, 5 * round + Math.random() * 20))
        writer.kill("SIGKILL")
        await once(writer, "close")
        for (const account of text.split("\n").slice(0, -1)) confirmed.add(account)
      }
      const last = startWriter(path, 1, 900_001)
      expect((await once(last, "close"))[0]).to.equal(0)
      const { ledger, torn } = await readLedger(path, 9)
      expect(torn).to.equal("")
      expect(confirmed.size).to.be.greaterThan(7)
      for (const account of confirmed)
        expect(ledger.current.has(account as typeof ALICE), account).to.equal(true)
    })
  })

  it("sets aside an unfinished line, also one cut within a character, and reports it once", async () => {
    await inScratch(async (folder) => {
      const path = join(folder, "grants.jsonl")
      await addToLedger(path, 9, () => [grant(1)], silent)
      const whole = await readFile(path)
      const half = Buffer.from('{"format":"merkle-airdrop/grant@1","reason":"ä').subarray(0, -1)
      await appendFile(path, half)
      expect((await readLedger(path, 9)).ledger.grants).to.have.length(1)
      const said: string[] = []
      await addToLedger(
        path,
        9,
        () => [grant(2)],
        (text) => said.push(text),
      )
      await addToLedger(
        path,
        9,
        () => [grant(3)],
        (text) => said.push(text),
      )
      expect(said).to.have.length(1)
      expect(said[0]).to.match(/grants\.jsonl ended in an unfinished line/)
      expect((await readFile(path)).subarray(0, whole.length)).to.deep.equal(whole)
      expect(await readFile(`${path}.torn`, "utf8")).to.match(/^\{"format":"merkle-airdrop\/grant@1"/)
      expect((await readLedger(path, 9)).ledger.grants).to.have.length(3)
    })
  })

  it("takes over the lock of a process that has died", async () => {
    await inScratch(async (folder) => {
      const path = join(folder, "grants.jsonl")
      const dead = startWriter(path, 0, 1)
      await once(dead, "close")
      const { hostname } = await import("node:os")
      await writeFile(`${path}.lock`, JSON.stringify({ pid: dead.pid, host: hostname(), id: "x" }))
      await addToLedger(path, 9, () => [grant(1)], silent)
      expect((await readLedger(path, 9)).ledger.grants).to.have.length(1)
    })
  })

  const damaged: readonly (readonly [what: string, line: string, message: RegExp])[] = [
    ["text", "not json", /grants\.jsonl:2: is not JSON/],
    ["a float amount", lineWith('"amount":"5e-9"'), /:2: amount: "5e-9" is not a plain decimal/],
    ["a number as amount", lineWith('"amount":5'), /:2: amount: /],
    [
      "a wrong checksum",
      lineWith('"account":"0x00000000000000000000000000000000000A11ce"'),
      /:2: account: .*checksum/,
    ],
    ["an unknown field", lineWith('"note":"x"'), /:2: .*note/],
    ["another kind", lineWith('"kind":"gift"'), /:2: kind: /],
    ["an id out of order", lineWith('"id":5'), /line 2: grant 5 is out of order: the next one is 2/],
    ["an amount of nothing", lineWith('"amount":"0"'), /:2: amount: "0[.0]*" is nothing/],
    [
      "a revocation of nothing",
      '{"format":"merkle-airdrop/grant@1","kind":"revoke","grantId":9,"reason":"x","time":"2025-12-01T10:00:00Z"}',
      /line 2: there is no grant 9/,
    ],
  ]
  for (const [what, line, message] of damaged) {
    it(`refuses ${what} within it, with file and line`, async () => {
      await inScratch(async (folder) => {
        const path = join(folder, "grants.jsonl")
        await addToLedger(path, 9, () => [grant(1)], silent)
        await appendFile(path, `${line}\n`)
        const before = await readFile(path, "utf8")
        const error = await readLedger(path, 9).catch((thrown: unknown) => thrown)
        expect(error).to.be.instanceOf(AirdropError)
        expect((error as AirdropError).message).to.match(message)
        await addToLedger(path, 9, () => [grant(2)], silent).catch(silent)
        expect(await readFile(path, "utf8")).to.equal(before)
      })
    })
  }
})

function lineWith(field: string): string {
  const fields = {
    format: "merkle-airdrop/grant@1",
    kind: "grant",
    id: 2,
    account: ALICE,
    amount: "0.000000005",
    reason: "x",
    time: "2025-12-01T10:00:00Z",
  }
  return JSON.stringify({ ...fields, ...(JSON.parse(`{${field}}`) as object) })
}

function startWriter(path: string, count: number, first: number): ChildProcess {
  const args = ["--disable-warning=ExperimentalWarning", WRITER, path, String(count), String(first)]
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] })
}
