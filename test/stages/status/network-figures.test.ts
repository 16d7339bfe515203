import { expect } from "chai"
import { connect } from "../../../scripts/io/rpc/provider.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { readNetworkFigures } from "../../../scripts/stages/status/read-network-figures.ts"
import { tokenBalance } from "../../../scripts/io/transactions/token.ts"
import { parseAddress, ZERO_ADDRESS, type Address } from "../../../scripts/core/primitives/address.ts"
import { networkFigures } from "../../../scripts/core/status/network-figures.ts"
import { UNMERGED } from "../../../scripts/core/snapshot/people.ts"
import type { StakingNode } from "../../../scripts/core/session/staking-node.ts"
import { serveNetwork, type ServedNetwork } from "../../support/served-network.ts"

const ADDED = 37_000_000_000_000_000n

describe("the staking network's own figures", () => {
  let served: ServedNetwork

  before(async () => {
    served = await serveNetwork()
    await served.chain.fund(SESSION.pool, ADDED)
  })
  after(async () => {
    await served.close()
  })

  it("are those of the chain at the block that is asked about", async () => {
    const { network, url } = served
    const provider = await connect(url, 42161)
    const pool = await tokenBalance(provider, SESSION.token, SESSION.pool)
    const figures = await readNetworkFigures(url, provider, {
      chainId: 42161,
      token: SESSION.token,
      rewards: SESSION.rewards,
      block: await provider.getBlockNumber(),
      snapshot: undefined,
    })
    const stakes = network.nodes.flatMap(({ contributors }) =>
      contributors.map(({ stakedAmount }) => stakedAmount),
    )
    expect(figures.nodes).to.equal(network.nodes.length)
    expect(figures.soloNodes + figures.multiNodes).to.equal(figures.nodes)
    expect(figures.stake).to.equal(stakes.reduce((sum, stake) => sum + stake, 0n))
    expect(figures.leavingNodes).to.equal(
      network.nodes.filter((node) => node.leaveRequestTimestamp !== 0).length,
    )
    expect(pool >= ADDED).to.equal(true)
    expect(figures.rewardPool).to.equal(pool)
    expect(figures.yearlyRewards).to.equal((pool * 14n) / 100n)
  })

  it("count roles by person, and ignore the zero address", () => {
    const [a, b, vesting] = [1, 2, 3].map((i): Address =>
      parseAddress(`0x${i.toString(16).padStart(40, "0")}`),
    ) as [Address, Address, Address]
    const people = { ...UNMERGED, personOf: (account: Address) => (account === vesting ? a : account) }
    const nodes = [
      node(1n, a, [
        [a, 5n],
        [vesting, 5n],
      ]),
      node(2n, a, [
        [a, 4n],
        [vesting, 3n],
        [b, 3n],
      ]),
      node(3n, b, [[b, 10n]], 77),
      node(4n, ZERO_ADDRESS, [[ZERO_ADDRESS, 10n]]),
      node(5n, b, [
        [b, 10n],
        [a, 0n],
      ]),
    ]
    expect(networkFigures(nodes, people, undefined)).to.deep.equal({
      nodes: 5,
      soloNodes: 3,
      multiNodes: 2,
      leavingNodes: 1,
      stakers: 2,
      stake: 50n,
      stakeByRole: { solo: 30n, operator: 17n, contributor: 3n },
      rewardPool: undefined,
      yearlyRewards: undefined,
    })
  })
})

function node(
  id: bigint,
  operator: Address,
  stakes: readonly (readonly [Address, bigint])[],
  leaveRequestTimestamp = 0,
): StakingNode {
  const contributors = stakes.map(([address, stake]) => ({ address, beneficiary: address, stake }))
  return { id, operator, addedTimestamp: 0, leaveRequestTimestamp, contributors }
}
