import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"

/** The state of a Session network at one block: all chain state that an allocation depends on. */
export interface Snapshot {
  readonly format: "merkle-airdrop/snapshot@1"
  readonly chainId: number
  readonly block: SnapshotBlock
  readonly contracts: SnapshotContracts
  /** Base units of the token that a full node stakes. */
  readonly stakingRequirement: bigint
  readonly maxContributors: number
  /** All nodes of the contract's list in ascending order of id, those with a leave request included. */
  readonly nodes: readonly StakingNode[]
  /** The kind of each recipient, staker and beneficiary of a vesting contract. */
  readonly accounts: ReadonlyMap<Address, Account>
}

export interface SnapshotContracts {
  readonly token: Address
  /** The staking contract. */
  readonly stakingContract: Address
  /** The address whose code each contract runs: a proxy's implementation, or the contract itself. */
  readonly implementations: { readonly token: Address; readonly stakingContract: Address }
}

export interface SnapshotBlock {
  readonly number: number
  readonly hash: string
  /** Seconds since 1970. */
  readonly timestamp: number
}

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

/** The kind of an account at the snapshot block. `empty` has no code, nonce or balance. */
export type Account =
  | { readonly kind: "plain" | "empty" | "contract" }
  | { readonly kind: "eip7702"; readonly delegate: Address }
  | {
      readonly kind: "safe"
      readonly version: string
      readonly threshold: number
      readonly owners: readonly Address[]
    }
  | Vesting

export interface Vesting {
  readonly kind: "vesting-staking" | "vesting-nostaking"
  readonly beneficiary: Address
  readonly revoker: Address
  readonly revoked: boolean
  /** Seconds since 1970: `start` of a contract that stakes, `cliff` of one that does not. */
  readonly start: number
  readonly end: number
}

/**
 * Requires that a snapshot classifies every account that an allocation can depend on.
 * @param named the accounts that the program's own files name
 * @throws AirdropError that names the first account without a kind
 */
export function requireAccounts({ nodes, accounts }: Snapshot, named: Iterable<Address>): void {
  const require = (address: Address, role: string): void => {
    if (address === ZERO_ADDRESS || accounts.has(address)) return
    throw new AirdropError(`the snapshot does not classify ${toChecksum(address)}, ${role}`, {
      code: "inconsistent",
      hint: "Take the snapshot again: ./airdrop snapshot reads every account that the program's files name.",
    })
  }
  for (const address of named) require(address, "which the program names")
  for (const { id, contributors } of nodes) {
    for (const { address } of contributors) require(address, `a contributor of node ${id}`)
  }
  for (const [address, account] of accounts) {
    if ("beneficiary" in account) require(account.beneficiary, `the beneficiary of ${toChecksum(address)}`)
  }
}
