import type { Address } from "../primitives/address.ts"

export interface StakingNode {
  readonly id: bigint
  readonly operator: Address
  readonly addedTimestamp: number
  /** Time of the leave request, or zero. The node stays active until it has left. */
  readonly leaveRequestTimestamp: number
  /** In the contract's order. An address may appear twice, and a stake may be zero. */
  readonly contributors: readonly Contributor[]
}

export interface Contributor {
  readonly address: Address
  /** The account that gets the network's rewards. The staker is `address`. */
  readonly beneficiary: Address
  /** Base units. */
  readonly stake: bigint
}

/** The state of a Session network at one block. */
export interface StakingNetwork {
  /** The staking contract. */
  readonly stakingContract: Address
  /** The address whose code it runs: a proxy's implementation, or the contract itself. */
  readonly implementation: Address
  /** The token that is staked. */
  readonly token: Address
  /** Base units of the token that a full node stakes. */
  readonly stakingRequirement: bigint
  readonly maxContributors: number
  /** All nodes of the contract's list in ascending order of id, those with a leave request included. */
  readonly nodes: readonly StakingNode[]
}
