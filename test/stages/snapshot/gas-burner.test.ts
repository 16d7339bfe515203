import { expect } from "chai"
import { serveEmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { madeUpNetwork } from "../../../scripts/dev/rigs/made-up-network.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import { createRpc } from "../../../scripts/io/rpc/client.ts"
import { findBlock } from "../../../scripts/io/rpc/find-block.ts"
import { NO_JOURNAL } from "../../../scripts/io/rpc/journal.ts"
import { pinTo } from "../../../scripts/io/rpc/pinned-reader.ts"
import { takeSnapshot } from "../../../scripts/stages/snapshot/take-snapshot.ts"
import { readingOf } from "../../../scripts/core/readers/reader.ts"
import { sessionStaking } from "../../../scripts/core/readers/session-staking.ts"

/** JUMPDEST PUSH1 0 JUMP: runs until all gas is gone. */
const ENDLESS = "0x5b600056"

describe("a snapshot of 1,200 nodes", function () {
  this.timeout(300_000)

  it("costs no more requests where a contract burns all gas, and reads all other accounts as before", async () => {
    const { network, recipients } = madeUpNetwork(1_200)
    const { chain, url, close } = await serveEmbeddedChain({ network })
    const measure = async (): Promise<{
      readonly requests: number
      readonly accounts: Snapshot["accounts"]
    }> => {
      await chain.mine()
      const number = await chain.ethers.provider.getBlockNumber()
      await chain.mine()
      const rpc = createRpc(url)
      const options = { chainId: network.chainId, allowUnfinalized: true }
      const block = await findBlock(rpc, { block: number }, options)
      const { accounts } = await takeSnapshot(pinTo(rpc, block, NO_JOURNAL), {
        chainId: network.chainId,
        token: SESSION.token,
        readings: [readingOf(sessionStaking, { stakingContract: SESSION.rewards, reviewed: undefined })],
        accounts: recipients,
      })
      return { requests: rpc.stats.requests, accounts }
    }
    try {
      const honest = await measure()
      const burner = recipients[77] ?? SESSION.pool
      await chain.request("hardhat_setCode", [burner, ENDLESS])
      const hostile = await measure()
      expect(hostile.requests).to.be.at.most(1.5 * honest.requests)
      expect(hostile.accounts.get(burner)).to.deep.equal({ kind: "contract" })
      for (const [address, account] of honest.accounts) {
        if (address !== burner) expect(hostile.accounts.get(address), address).to.deep.equal(account)
      }
    } finally {
      await close()
    }
  })
})
