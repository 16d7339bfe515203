/** Attestations: signed by outsiders over what they recomputed, judged by both verifiers, required by proposals. */
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import * as attestVerb from "../../scripts/commands/statements/attest.ts"
import * as inspectVerb from "../../scripts/commands/inspect.ts"
import { publishReserve } from "../support/publish-reserve.ts"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { ownerCall, transferCall } from "../../scripts/core/multisig/owner-calls.ts"
import { batchFile } from "../../scripts/core/safe/safe-batch.ts"
import { loadContext } from "../../scripts/stages/deployment/deployment-context.ts"
import * as buildVerb from "../../scripts/commands/build.ts"
import * as proposeVerb from "../../scripts/commands/propose.ts"
import * as verifyVerb from "../../scripts/commands/verify.ts"
import { folderCid } from "../../scripts/stages/publication/folder-cid.ts"
import { ATTESTATIONS_FILE } from "../../scripts/core/statements/attestation.ts"
import { ascendingList, writeAmountsProgram } from "../support/amounts-program.ts"
import { expectError } from "../support/errors.ts"
import { startPythonVerifier } from "../support/python-verifier.ts"
import { runVerb, type VerbRun } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { keyOf } from "../support/statements.ts"

const KEYS = [keyOf(1), keyOf(2), keyOf(3)] as const
const STRANGER = keyOf(9)

interface Stage {
  readonly folder: string
  readonly path: string
  readonly attest: (key: typeof STRANGER, ...args: readonly string[]) => Promise<VerbRun>
  /** Verifies with both; returns the line on attestations, and whether each accepts. */
  readonly verify: () => Promise<{ readonly line: string; readonly ours: string; readonly theirs: string }>
}

async function onStage(required: number, work: (stage: Stage) => Promise<void>): Promise<void> {
  await inScratch(async (scratch) => {
    const folder = join(scratch, "list")
    await writeAmountsProgram(folder, { csv: ascendingList(5), pool: "15", reserve: "1" })
    const file = join(folder, "program.json")
    const program = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>
    program["attestation"] = {
      attesters: KEYS.map((key, i) => ({ name: `Auditor ${i + 1}`, address: key.address })),
      required,
    }
    await writeFile(file, JSON.stringify(program, undefined, 2))
    expect((await runVerb(allocateVerb, [folder])).error).to.equal(undefined)
    expect((await runVerb(buildVerb, [folder])).error).to.equal(undefined)
    const python = startPythonVerifier()
    try {
      await work({
        folder,
        path: join(folder, ATTESTATIONS_FILE),
        attest: async (key, ...args) => {
          process.env["TEST_ATTEST_KEY"] = key.privateKey
          return await runVerb(attestVerb, [folder, ...args, "--key", "TEST_ATTEST_KEY"])
        },
        verify: async () => {
          const ours = await runVerb(verifyVerb, [folder])
          const theirs = await python.verify({ program: folder, proofs: join(folder, "proofs") })
          return {
            line: ours.lines.find((one) => one.includes("attestations")) ?? "",
            ours: ours.status === 0 ? "" : ours.lines.join("\n"),
            theirs: theirs.findings.map(({ file: at, problem }) => `${at}: ${problem}`).join("\n"),
          }
        },
      })
    } finally {
      python.close()
    }
  })
}

describe("attest", () => {
  it("is counted by name in verify, and kept by the next build", async () => {
    await onStage(0, async ({ folder, attest, verify }) => {
      const cid = async (): Promise<string> => await folderCid(join(folder, "proofs"), [])
      const announced = await cid()
      for (const key of KEYS.slice(0, 2)) expect((await attest(key)).error).to.equal(undefined)
      expect(await cid()).to.equal(announced)
      const line = "automatic checked by 2 of 3 attesters: Auditor 1, Auditor 2"
      expect(await verify()).to.deep.include({ ours: "", theirs: "" })
      expect((await verify()).line).to.include(line)
      expect((await runVerb(buildVerb, [folder])).error).to.equal(undefined)
      const after = await verify()
      expect(after).to.deep.include({ ours: "", theirs: "" })
      expect(after.line).to.include(line)
    })
  })

  it("is shown by inspect, which flags a false line and fewer than program.json requires", async () => {
    await onStage(2, async ({ folder, path, attest }) => {
      const context = await loadContext(folder)
      const call = transferCall(context.program.token.address, context.airdrop, context.funding)
      const safe = { chainId: context.program.chainId, address: context.parameters.owner }
      const batch = join(folder, "..", "batch.json")
      await writeFile(batch, JSON.stringify(batchFile(safe, { name: "", description: "" }, [call])))
      const inspected = async (): Promise<VerbRun> =>
        await runVerb(inspectVerb, [batch, "--program", folder, "--nonce", "0"])
      expect((await inspected()).lines.join("\n")).to.match(
        /automatic checked by 0 of 3 attesters[^]*! the automatic root has 0 attestations, program.json requires 2 of 3/,
      )
      await attest(KEYS[0])
      await attest(KEYS[1])
      const good = await inspected()
      expect(good.lines.slice(0, 8).join("\n")).to.include(
        "  attestations    automatic checked by 2 of 3 attesters: Auditor 1, Auditor 2",
      )
      expect(good.lines.join("\n")).to.not.match(/requires 2 of 3/)
      const grant = toChecksum(`0x${"c4".repeat(20)}`)
      await publishReserve(folder, [[grant, 1n]])
      expect((await inspected()).lines.join("\n"), "a reserve waits for its own batch").to.not.match(
        /requires/,
      )
      const { reserve } = await loadContext(folder)
      const submit = ownerCall(context.airdrop, "submitReserveRoot", [reserve?.root ?? "", ""])
      await writeFile(batch, JSON.stringify(batchFile(safe, { name: "", description: "" }, [submit])))
      expect((await inspected()).lines.join("\n")).to.match(/! the reserve root has 0 attestations/)
      await writeFile(path, (await readFile(path, "utf8")).replace('"total":"', '"total":"1'))
      expect((await inspected()).lines.join("\n")).to.match(/! attestations\.jsonl:1: is not signed by/)
    })
  })

  it("is published by a build into an empty folder, and a folder in its place is named", async () => {
    await onStage(0, async ({ folder, attest, verify }) => {
      await attest(KEYS[0])
      await rm(join(folder, "proofs"), { recursive: true })
      expect((await runVerb(buildVerb, [folder])).error).to.equal(undefined)
      expect(await verify()).to.deep.include({ ours: "", theirs: "" })
      const copy = join(folder, "proofs", ATTESTATIONS_FILE)
      await rm(copy)
      await mkdir(copy)
      const { ours, theirs } = await verify()
      expect(ours).to.include(ATTESTATIONS_FILE)
      expect(theirs).to.include(ATTESTATIONS_FILE)
    })
  })

  it("refuses a stranger and a second attestation of one key", async () => {
    await onStage(0, async ({ attest }) => {
      expectError((await attest(STRANGER)).error, "refused", STRANGER.address)
      await attest(KEYS[0])
      expectError((await attest(KEYS[0])).error, "refused", "repeats")
    })
  })

  it("counts no revoked attestation", async () => {
    await onStage(0, async ({ attest, verify }) => {
      await attest(KEYS[0])
      await attest(KEYS[1])
      expect((await attest(KEYS[0], "--revoke")).error).to.equal(undefined)
      const { line, ours, theirs } = await verify()
      expect([ours, theirs]).to.deep.equal(["", ""])
      expect(line).to.include("1 of 3 attesters: Auditor 2")
    })
  })

  it("names each false line, in both verifiers", async () => {
    await onStage(0, async ({ folder, path, attest, verify }) => {
      await attest(KEYS[0])
      const good = await readFile(path, "utf8")
      const copy = join(folder, "proofs", ATTESTATIONS_FILE)
      const entry = JSON.parse(good) as Record<string, unknown>
      const falseLines: readonly (readonly [change: Record<string, unknown>, fault: RegExp])[] = [
        [{ total: "1" }, /is not signed by|total/],
        [{ root: `0x${"12".repeat(32)}` }, /is not signed by/],
        [{ version: "9.9.9" }, /is not signed by/],
        [{ attester: KEYS[1].address }, /is not signed by/],
        [{ attester: STRANGER.address }, /is no attester/],
        [{ program: "other" }, /is of .*other/],
        [{ chainId: 1 }, /on chain 1/],
        [{ tranche: "reserve" }, /is not signed by/],
        [{ block: { number: 1, hash: `0x${"00".repeat(32)}` } }, /is not signed by/],
        [{ note: "x" }, /note/],
      ]
      for (const [change, fault] of falseLines) {
        const text = `${good}${JSON.stringify({ ...entry, ...change })}\n`
        await writeFile(path, text)
        await writeFile(copy, text)
        const { ours, theirs } = await verify()
        expect(ours, JSON.stringify(change)).to.match(fault)
        expect(ours).to.include(`${ATTESTATIONS_FILE}:2`)
        expect(theirs, JSON.stringify(change)).to.match(fault)
      }
      await writeFile(path, good + good)
      await writeFile(copy, good + good)
      const repeated = await verify()
      expect(repeated.ours).to.include("repeats an earlier line")
      expect(repeated.theirs).to.include("repeats an earlier line")
      await writeFile(path, good)
      const differing = await verify()
      expect(differing.ours).to.include("differs from the file beside program.json")
      expect(differing.theirs).to.include("differs from the file beside program.json")
    })
  })

  it("lets a proposal wait for the attestations that program.json requires", async () => {
    await onStage(2, async ({ folder, attest }) => {
      const propose = async (): Promise<VerbRun> => await runVerb(proposeVerb, [folder, "deploy"])
      await attest(KEYS[0])
      expectError((await propose()).error, "not-ready", "requires 2 of 3")
      await attest(KEYS[2])
      expect(String((await propose()).error)).not.to.include("attestation")
      await appendFile(join(folder, "proofs", "allocations.csv"), "x")
      expectError((await attest(KEYS[1])).error, "mismatch")
    })
  })
})
