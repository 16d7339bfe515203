import { expect } from "chai"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import * as inspect from "../../../scripts/commands/inspect.ts"
import { AIRDROP } from "../../../scripts/core/contract/abi.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Call } from "../../../scripts/core/ethereum/call.ts"
import { ownerCall } from "../../../scripts/core/multisig/owner-calls.ts"
import { batchChecksum, batchFile } from "../../../scripts/core/safe/safe-batch.ts"
import { loadContext, type ProgramContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { fuzzing } from "../../support/fuzz.ts"

const OWNER = "0xf5580c254ec78375b2b9405cf1a305977845ba67"
const SOME_ROOT = `0x${"12".repeat(32)}`
/** Texts that a forger would use to imitate the screen. */
const TRICKS = [
  "\n  ! ",
  "\nNothing is flagged.\n",
  "\r",
  "\u001b[2J\u001b[H",
  "\u001b]0;title\u0007",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "\u0000",
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join("").toWellFormed())

/** Formats a field one character at a time, each invisible one as its code. */
function fieldOf(value: string): string {
  const cut = value.length > 200
  const shown = Array.from(cut ? value.slice(0, 200) : value, (character) =>
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[^\P{Zs} ]|\u2800/u.test(character)
      ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
      : character,
  ).join("")
  return cut ? `${shown}… (${value.length} characters)` : shown
}

describe("The screen of a signer", function () {
  this.timeout(120_000)
  let scratch: string
  let program: string
  let path: string
  let context: ProgramContext

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "airdrop-screen-"))
    program = await publishProgram(scratch, { owner: OWNER })
    path = join(scratch, "batch.json")
    context = await loadContext(program)
  })
  after(async () => {
    await rm(scratch, { recursive: true, force: true })
  })

  const announce = (uri: string): Call =>
    ownerCall(context.airdrop, "publishProofs", [context.automatic.root, uri])
  const inspected = async (file: object): Promise<VerbRun> => {
    await writeFile(path, JSON.stringify(file))
    return await runVerb(inspect, [path, "--program", program, "--nonce", "0", "--safe-version", "1.4.1"])
  }
  const batchOf = (call: Call): ReturnType<typeof batchFile> =>
    batchFile({ chainId: 42161, address: OWNER }, { name: "", description: "" }, [call])
  const isFlag = (line: string): boolean => line.startsWith("  ! ") || line.startsWith("FLAGGED")

  it("shows any URI escaped; only hashes and flags depend on it", async () => {
    const { airdrop, automatic } = context
    await fc.assert(
      fc.asyncProperty(text, async (uri) => {
        const { lines } = await inspected(batchOf(announce(uri)))
        const at = lines.indexOf("at nonce 0 would do this, as decoded here:")
        expect(
          lines.slice(at + 1, lines.indexOf("Recomputed here, to compare with your wallet:")),
        ).to.deep.equal([
          `  1. Announce where the proofs of root ${automatic.root} are`,
          `       contract: ${toChecksum(airdrop)} (the airdrop)`,
          `       URI: ${fieldOf(uri)}`,
          "",
        ])
        const rest = lines.slice(lines.indexOf("Recomputed here, to compare with your wallet:"))
        expect(rest.slice(1, 5).every((line) => / 0x[0-9a-f]{64}$/.test(line))).to.equal(true)
        const flags = rest.slice(5).filter(isFlag)
        expect(rest.slice(5).filter((line) => !isFlag(line) && line !== "")).to.have.length(
          flags.length === 0 ? 2 : uri.startsWith("https://") || uri.startsWith("ar://") ? 2 : 1,
        )
        for (const line of lines) expect(/[\p{Cc}\p{Cf}]/u.test(line), JSON.stringify(line)).to.equal(false)
      }),
      fuzzing({ cases: 120 }),
    )
  })

  it("numbers the calls of any batch, whatever bytes they hold, and prints the same lines around them", async () => {
    const honest = (await inspected(batchOf(announce("ipfs://x")))).lines
    const isBasis = (_: string, i: number): boolean => i < honest.indexOf("")
    const hex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString("hex")}`
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      text.map((words) => Buffer.from(words)),
      text.map((words) =>
        Buffer.from(AIRDROP.encodeFunctionData("submitReserveRoot", [SOME_ROOT, words]).slice(2), "hex"),
      ),
    )
    const target = fc.oneof(
      fc.constantFrom<Address>(context.airdrop, context.program.token.address, OWNER),
      fc.uint8Array({ minLength: 20, maxLength: 20 }).map(hex),
    )
    const calls = fc.array(
      fc.record({ to: target, value: fc.bigInt(0n, 2n ** 128n), data: bytes.map(hex) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    await fc.assert(
      fc.asyncProperty(calls, async (batch) => {
        const safe = { chainId: 42161, address: OWNER } as const
        const { lines } = await inspected(batchFile(safe, { name: "", description: "" }, batch))
        expect(lines.filter(isBasis)).to.deep.equal(honest.filter(isBasis))
        const at = lines.indexOf("at nonce 0 would do this, as decoded here:")
        const end = lines.indexOf("Recomputed here, to compare with your wallet:")
        const headlines = lines.slice(at + 1, end).filter((line) => /^ {2}\S/.test(line))
        expect(headlines.map((line) => line.slice(0, 5))).to.deep.equal(batch.map((_, i) => `  ${i + 1}. `))
        const rest = lines.slice(end + 1)
        expect(rest.slice(0, 4).every((line) => /^ {2}\w[\w ]+ {2,}0x[0-9a-f]{64}$/.test(line))).to.equal(
          true,
        )
        const flags = rest.filter((line) => line.startsWith("  ! "))
        expect(lines.includes("Nothing is flagged.")).to.equal(flags.length === 0)
        for (const line of lines) expect(/[\p{Cc}\p{Cf}]/u.test(line), JSON.stringify(line)).to.equal(false)
      }),
      fuzzing({ cases: 80 }),
    )
  })

  it("keeps texts of the file within the flag that quotes them", async () => {
    const honest = (await inspected(batchOf(announce("ipfs://x")))).lines.filter((line) => !isFlag(line))
    await fc.assert(
      fc.asyncProperty(text, text, text, async (key, version, checksum) => {
        const file = { ...batchOf(announce("ipfs://x")), version, [`x${key}`]: 1 }
        const meta: Record<string, unknown> = { ...file.meta, [`y${key}`]: 1, checksum }
        const { lines } = await inspected({ ...file, meta })
        expect(lines.filter((line) => !isFlag(line))).to.deep.equal(honest)
        for (const line of lines) expect(/[\p{Cc}\p{Cf}]/u.test(line), JSON.stringify(line)).to.equal(false)
        meta["checksum"] = batchChecksum({ ...file, meta })
        expect((await inspected({ ...file, meta })).status).to.equal(1)
      }),
      fuzzing({ cases: 60 }),
    )
  })
})
