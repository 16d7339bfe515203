import { expect } from "chai"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as inspect from "../../../scripts/commands/inspect.ts"
import * as propose from "../../../scripts/commands/propose.ts"
import { deploymentCall } from "../../../scripts/core/ethereum/create2.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { loadContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { runVerb } from "../../support/run-verb.ts"
import { chainWithSafe } from "../../support/safe.ts"

/** Arbitrum Sepolia, Optimism, Base, Polygon, Gnosis. */
const CHAINS = [421614, 10, 8453, 137, 100]

describe("inspect with a node", function () {
  this.timeout(120_000)
  for (const chainId of CHAINS) {
    it(`simulates a funding on chain ${chainId}, and flags nothing`, async () => {
      const there = await chainWithSafe(chainId)
      const served = await there.chain.serve()
      const scratch = await mkdtemp(join(tmpdir(), "airdrop-chains-"))
      try {
        const program = await publishProgram(scratch, { owner: there.safe, chainId })
        const { initCode } = await loadContext(program)
        await there.chain.fund(there.safe, 400_000_000_000n)
        await (await there.stranger.sendTransaction(deploymentCall(initCode))).wait()
        const proposed = await runVerb(propose, [program, "deploy", "--rpc", served.url, "--json"])
        expect(proposed.error).to.equal(undefined)
        const { batch } = (proposed.json as { files: { batch: string } }).files
        const { lines, status } = await runVerb(inspect, [batch, "--program", program, "--rpc", served.url])
        const shown = lines.join("\n")
        expect(status, shown).to.equal(0)
        expect(shown).to.include(`, chain ${chainId}`)
        expect(shown).to.match(/Simulated on a fork at block \d+: it succeeds/)
        expect(shown).to.include("400 SESH: the Safe → the airdrop")
      } finally {
        await served.close()
        await there.chain.close()
        await rm(scratch, { recursive: true, force: true })
      }
    })
  }
})
