import { join } from "node:path"
import { expect } from "chai"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as propose from "../../scripts/commands/propose.ts"
import { serveEmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { ascendingList, writeAmountsProgram } from "../support/amounts-program.ts"
import { address, allocateStakes, snapshotOf } from "../support/made-up.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { expectError } from "../support/errors.ts"

describe("incidents: Safes", () => {
  it("Wintermute: nothing is proposed for a Safe that is not deployed on this chain", async () => {
    const { url, close } = await serveEmbeddedChain()
    try {
      await inScratch(async (scratch) => {
        const folder = join(scratch, "list")
        await writeAmountsProgram(folder, { csv: ascendingList(3), pool: "6" })
        for (const verb of [allocate, build]) expect((await runVerb(verb, [folder])).status).to.equal(0)
        const { status, error } = await runVerb(propose, [folder, "deploy", "--rpc", url])
        expect(status).to.equal(1)
        expectError(error, "mismatch")
      })
    } finally {
      await close()
    }
  })

  it("CoW: a Safe that is not deployed on this chain is listed as an account that was never used", () => {
    const absent = address(1)
    const staked = snapshotOf([{ stakes: [[absent, 25_000n]] }], [[absent, { kind: "empty" }]])
    const { risks } = allocateStakes({}, staked, [absent])
    expect(risks).to.have.length(1)
    expect(risks[0]).to.include({ account: absent, kind: "empty" })
    expect(risks[0]?.detail).to.match(/never used/)
  })
})
