import { expect } from "chai"
import { readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import { REWARDS_IMPLEMENTATION, SESSION } from "../../../scripts/core/session/contracts.ts"
import { IMPLEMENTATION_SLOT } from "../../../scripts/core/ethereum/proxy.ts"
import { loadInputs } from "../../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { verifyEvidence } from "../../../scripts/stages/snapshot/verify-evidence.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"
import { networkIn } from "../../support/staking-section.ts"

/** The address of a second copy of the code, as after an upgrade. */
const UPGRADE: Address = `0x${"5e".repeat(20)}`

describe("the implementation behind the staking contract", () => {
  let served: ServedNetwork
  /** A block after an upgrade, one where the slot is empty, and one where it holds no address. */
  const blocks = { upgraded: 0, bare: 0, spoilt: 0 }

  before(async () => {
    served = await serveNetwork()
    const { chain } = served
    const code = String(await chain.request("eth_getCode", [REWARDS_IMPLEMENTATION, "latest"]))
    await chain.setCode(UPGRADE, code)
    const mineWith = async (word: bigint): Promise<number> => {
      await chain.request("hardhat_setStorageAt", [
        SESSION.rewards,
        wordHex(IMPLEMENTATION_SLOT),
        wordHex(word),
      ])
      await chain.mine()
      const block = Number(await chain.request("eth_blockNumber"))
      // The next change is made to the state of the newest block.
      await chain.mine()
      return block
    }
    blocks.upgraded = await mineWith(BigInt(UPGRADE))
    blocks.spoilt = await mineWith((1n << 200n) | BigInt(UPGRADE))
    await chain.setCode(SESSION.rewards, code)
    blocks.bare = await mineWith(0n)
  })
  after(async () => {
    await served.close()
  })

  const snapshotAt = async (
    folder: string,
    block: number,
    implementation?: string,
    ...options: readonly string[]
  ): Promise<{ run: VerbRun; program: string }> => {
    const program = await copySample(folder, {
      snapshot: { block, ...(implementation === undefined ? {} : { implementation }) },
    })
    const run = await runVerb(snapshotVerb, [program, "--rpc", served.url, "--allow-unfinalized", ...options])
    return { run, program }
  }
  const refusal = async (run: VerbRun, program: string): Promise<AirdropError> => {
    expect(await stat(join(program, "snapshot.json")).catch(() => undefined), "nothing is written").to.equal(
      undefined,
    )
    if (!(run.error instanceof AirdropError)) expect.fail("it was not refused")
    return run.error
  }

  it("is recorded, with that of the token, and proven", async () => {
    await inScratch(async (folder) => {
      const { run, program } = await snapshotAt(folder, 100, undefined, "--prove")
      expect(run.error).to.equal(undefined)
      const taken = await readSnapshot(join(program, "snapshot.json"))
      expect(taken.token.implementation).to.equal(SESSION.token)
      expect(networkIn(taken).implementation).to.equal(REWARDS_IMPLEMENTATION)
      for (const [from, to] of [
        [toChecksum(REWARDS_IMPLEMENTATION), toChecksum(UPGRADE)],
        [`"implementation": "${toChecksum(SESSION.token)}"`, `"implementation": "${UPGRADE}"`],
      ] as const) {
        const text = await readFile(join(program, "snapshot.json"), "utf8")
        expect(text).to.contain(from)
        await writeFile(join(program, "snapshot.json"), text.replace(from, to))
        const stage = await verifyEvidence(await loadProgram(program))
        expect(stage?.findings[0]?.problem).to.contain("implementation")
        await writeFile(join(program, "snapshot.json"), text)
      }
    })
  })

  it("stops the snapshot after an upgrade, until the operators accept the new one", async () => {
    await inScratch(async (folder) => {
      const stopped = await snapshotAt(folder, blocks.upgraded)
      const error = await refusal(stopped.run, stopped.program)
      expect(error.code).to.equal("unresolved")
      expect(error.message).to.contain(toChecksum(UPGRADE)).and.contain(toChecksum(SESSION.rewards))
      expect(error.hint).to.contain(`"implementation": "${toChecksum(UPGRADE)}"`)

      const accepted = await snapshotAt(folder, blocks.upgraded, UPGRADE, "--prove")
      expect(accepted.run.error).to.equal(undefined)
      const loaded = await loadProgram(accepted.program)
      expect((await verifyEvidence(loaded))?.findings).to.deep.equal([])
      await loadInputs(loaded)

      const program = JSON.parse(await readFile(join(accepted.program, "program.json"), "utf8")) as object
      const unreviewed = { ...program, snapshot: { block: blocks.upgraded } }
      await writeFile(join(accepted.program, "program.json"), JSON.stringify(unreviewed))
      const later: unknown = await loadInputs(await loadProgram(accepted.program)).catch(
        (cause: unknown) => cause,
      )
      expect(later).to.have.property("code", "unresolved")
    })
  })

  it("stops a contract that is no proxy, and one whose slot holds no address", async () => {
    await inScratch(async (folder) => {
      const bare = await snapshotAt(folder, blocks.bare)
      expect((await refusal(bare.run, bare.program)).code).to.equal("unresolved")
      const accepted = await snapshotAt(folder, blocks.bare, SESSION.rewards)
      expect(accepted.run.error).to.equal(undefined)
    })
    await inScratch(async (folder) => {
      const spoilt = await snapshotAt(folder, blocks.spoilt)
      expect((await refusal(spoilt.run, spoilt.program)).code).to.equal("mismatch")
    })
  })
})
