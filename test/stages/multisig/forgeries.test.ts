import { expect } from "chai"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as inspect from "../../../scripts/commands/inspect.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Call } from "../../../scripts/core/ethereum/call.ts"
import { deploymentCall } from "../../../scripts/core/ethereum/create2.ts"
import { AIRDROP } from "../../../scripts/core/contract/abi.ts"
import { ownerCall } from "../../../scripts/core/multisig/owner-calls.ts"
import { batchFile } from "../../../scripts/core/safe/safe-batch.ts"
import { safeHashes, safeTransaction } from "../../../scripts/core/safe/safe-transaction.ts"
import { multiSendCallOnly } from "../../../scripts/io/safe/deployments.ts"
import { loadContext, type ProgramContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { composeProposal } from "../../../scripts/stages/multisig/make-proposal.ts"
import { writeProposal, besideBatch } from "../../../scripts/stages/multisig/proposal-files.ts"
import { cidOf } from "../../../scripts/stages/multisig/proofs-uri.ts"
import { writeSafeTransaction } from "../../../scripts/stages/multisig/transaction-file.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { publishReserve } from "../../support/publish-reserve.ts"
import { runVerb } from "../../support/run-verb.ts"

import {
  FORGERIES,
  funding,
  multicall,
  OWNER,
  SAFE,
  scheduled,
  signedClaim,
  STRANGER,
} from "../../support/forgeries.ts"

describe("Forgeries of a hostile preparer, without a node", function () {
  this.timeout(120_000)
  let scratch: string
  let program: string
  let context: ProgramContext
  const forgeries = Object.values(FORGERIES).flat()

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "airdrop-forgeries-"))
    program = await publishProgram(scratch, { owner: OWNER })
    await publishReserve(program, [[toChecksum(`0x${"a1".repeat(20)}`), 5n]])
    context = await loadContext(program)
  })
  after(async () => {
    await rm(scratch, { recursive: true, force: true })
  })

  it(`are ${forgeries.length}, 150 at least, and the honest batch is not flagged`, async () => {
    expect(forgeries.length).to.be.at.least(150)
    const path = join(scratch, "honest.json")
    await writeFile(
      path,
      JSON.stringify(batchFile(SAFE, { name: "fund", description: "" }, [funding(context)])),
    )
    const { lines, status } = await runVerb(inspect, [path, "--program", program, "--nonce", "0"])
    expect(lines.filter((line) => line.startsWith("  ! "))).to.deep.equal([])
    expect(status).to.equal(0)
    const uri = `ipfs://${await cidOf(context.automatic)}`
    const publish = ownerCall(context.airdrop, "publishProofs", [context.automatic.root, uri])
    await writeFile(path, JSON.stringify(batchFile(SAFE, { name: "", description: "" }, [publish])))
    expect((await runVerb(inspect, [path, "--program", program])).status).to.equal(0)
    const signer: Address = `0x${"a1".repeat(20)}`
    const claims = multicall(context.airdrop, [
      signedClaim(context.airdrop, signer, STRANGER, 4_000_000_000n).data,
      AIRDROP.encodeFunctionData("claimReserve", [signer, 5n, []]),
    ])
    await writeFile(path, JSON.stringify(batchFile(SAFE, { name: "", description: "" }, [claims])))
    const paid = await runVerb(inspect, [path, "--program", program])
    expect(paid.status, paid.lines.join("\n")).to.equal(0)
    const said = [
      /Make 2 calls of 0x.* all or none/,
      /1\. Pay 0\.000000001 SESH to 0x5A5A/i,
      /the claim of 0xa1A1.*, by its signature, until 2096-10-02T07:06:40Z/i,
      /2\. Pay grants, 0\.000000005 SESH in all since the first, to 0xa1A1/i,
    ]
    for (const line of said) expect(paid.lines.join("\n")).to.match(line)
    await publishPath(path, `${uri}/../x`)
    const lines_ = (await runVerb(inspect, [path, "--program", program])).lines.join("\n")
    expect(lines_).to.match(/! the proofs are announced at a path inside a CID/)
  })

  it("is said to be no independent comparison without --program, whatever kind of batch it is", async () => {
    const { airdrop, automatic } = context
    const folder = join(program, "proposals")
    await mkdir(folder, { recursive: true })
    const uri = `ipfs://${await cidOf(automatic)}`
    const announcement = ownerCall(airdrop, "publishProofs", [automatic.root, uri])
    const KINDS_OF_BATCH: readonly (readonly Call[])[] = [
      [funding(context)],
      [deploymentCall(context.initCode), funding(context)],
      [announcement],
      [scheduled([announcement], 3_600n)],
    ]
    for (const [i, batch] of KINDS_OF_BATCH.entries()) {
      const files = {
        batch: join(folder, `${i}.json`),
        transaction: join(folder, `${i}-alone.safe-tx.json`),
      }
      await writeFile(files.batch, JSON.stringify(batchFile(SAFE, { name: "", description: "" }, batch)))
      const transaction = safeTransaction(batch, 0n, multiSendCallOnly(42161, "1.4.1"))
      const hashes = safeHashes(SAFE, transaction)
      await writeSafeTransaction(files.transaction, { safe: SAFE, transaction, hashes, nested: [] })
      for (const path of Object.values(files)) {
        const { lines, status } = await runVerb(inspect, [path])
        expect(lines[0]).to.match(
          /^Compared with the published files of "small" \(found BESIDE THE BATCH\):$/,
        )
        expect(lines[1]).to.match(/^ {2}folder +\S+/)
        expect(lines[2]).to.equal(`  automatic root  ${automatic.root}, 2 leaves`)
        expect(lines.slice(3, 6).join("\n")).to.match(/^ {2}total +400 SESH, both tranches$/m)
        const flag = /^ {2}! .* beside the batch .*give --program$/
        expect(
          lines.filter((line) => flag.test(line)),
          lines.join("\n"),
        ).to.have.length(1)
        expect(status).to.equal(1)
      }
    }
    await rm(folder, { recursive: true })
  })

  it("is flagged where the sweep time has passed, for creation and for funding", async () => {
    const late = await publishProgram(scratch, {
      owner: OWNER,
      name: "late",
      sweepTime: "2026-01-01T00:00:00Z",
    })
    const its = await loadContext(late)
    const path = join(scratch, "late.json")
    const flagsOf = async (batch: readonly Call[]): Promise<string> => {
      await writeFile(path, JSON.stringify(batchFile(SAFE, { name: "", description: "" }, batch)))
      const { lines, status } = await runVerb(inspect, [path, "--program", late])
      expect(status).to.equal(1)
      return lines.filter((line) => line.startsWith("  ! ")).join("\n")
    }
    expect(await flagsOf([funding(its)])).to.match(/has passed: what is paid in can be swept at once/)
    expect(await flagsOf([deploymentCall(its.initCode), funding(its)])).to.match(
      /no recipient could claim in time/,
    )
  })

  it("is not asked for by a batch alone in proposals/, only by a whole proposal", async () => {
    const folder = join(program, "proposals")
    const call = ownerCall(context.airdrop, "rescue", [STRANGER, OWNER, 1n])
    const paths = besideBatch(join(folder, "0007-rescue.json"))
    const transaction = safeTransaction([call], 7n, multiSendCallOnly(42161, "1.4.1"))
    const proposal = composeProposal({
      ...{ context, safe: SAFE, calls: [call], transaction },
      ...{ timelock: undefined, nested: [], notes: [] },
    })
    await mkdir(folder, { recursive: true })
    await writeProposal(paths, proposal)
    const path = join(scratch, "rescue.json")
    await writeFile(path, JSON.stringify(proposal.batch))
    const asked = async (file = path): Promise<boolean> => {
      const args = [file, "--program", program, "--allow", STRANGER]
      return !(await runVerb(inspect, args)).lines.some((line) => line.includes("no proposal in the program"))
    }
    expect(await asked()).to.equal(true)
    expect(await asked(paths.batch)).to.equal(true)
    const text = await readFile(paths.text, "utf8")
    await writeFile(paths.text, text.replace("Rescue 1 base", "Rescue 2 base"))
    expect(await asked(), "a text that says something else").to.equal(false)
    expect(await asked(paths.batch)).to.equal(false)
    await rm(paths.text)
    expect(await asked(), "no text").to.equal(false)
    await writeFile(paths.text, text)
    await rm(paths.transaction)
    expect(await asked(), "no transaction").to.equal(false)
    expect(await asked(paths.batch)).to.equal(false)
    await rm(folder, { recursive: true })
  })

  it("is said to lie in the program that it is compared with", async () => {
    const folder = join(program, "proposals")
    await mkdir(folder, { recursive: true })
    const path = join(folder, "0.json")
    await writeFile(path, JSON.stringify(batchFile(SAFE, { name: "", description: "" }, [funding(context)])))
    const { lines } = await runVerb(inspect, [path, "--program", program])
    expect(lines[0]).to.include("as given by --program, and THE BATCH IS INSIDE IT")
    expect(lines.slice(0, 8).join("\n")).to.include("nothing independent is compared")
    await rm(folder, { recursive: true })
  })

  const publishPath = async (path: string, uri: string): Promise<void> => {
    const publish = ownerCall(context.airdrop, "publishProofs", [context.automatic.root, uri])
    await writeFile(path, JSON.stringify(batchFile(SAFE, { name: "", description: "" }, [publish])))
  }

  for (const [kind, rows] of Object.entries(FORGERIES)) {
    describe(kind, () => {
      for (const [i, { what, flag, write, args = [], isTransaction = false }] of rows.entries()) {
        it(what, async () => {
          const folder = await mkdtemp(join(scratch, `${i}-`))
          const batch = join(folder, "forged.json")
          const transaction = join(folder, "forged.safe-tx.json")
          await write(kind === "the Safe's transaction" ? transaction : batch, context)
          const path = isTransaction || kind === "the Safe's transaction" ? transaction : batch
          const { lines, status } = await runVerb(inspect, [path, "--program", program, ...args])
          const flags = lines.filter((line) => line.startsWith("  ! "))
          expect(flags.join("\n")).to.match(flag)
          expect(status).to.equal(1)
          expect(lines).to.not.include("Nothing is flagged.")
          // No line of the batch's making: each is one line, of characters that can be seen.
          for (const line of lines) expect(/[\p{Cc}\p{Cf}]/u.test(line), JSON.stringify(line)).to.equal(false)
        })
      }
    })
  }
})
