import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"

/** The state of a Session network at one block: everything of the chain that an allocation depends on. */
export interface Snapshot {
  readonly format: "merkle-airdrop/snapshot@1"
  readonly chainId: number
  readonly block: SnapshotBlock
  readonly contracts: SnapshotContracts
  /** Base units of the token that a full node stakes. */
  readonly stakingRequirement: bigint
  readonly maxContributors: number
  /** In ascending order of id; every node of the contract's list, those that have asked to leave included. */
  readonly nodes: readonly StakingNode[]
  /** Every recipient, staker, and beneficiary of a vesting contract, and what stands at its address. */
  readonly accounts: ReadonlyMap<Address, Account>
}

export interface SnapshotContracts {
  readonly token: Address
  /** The staking contract. */
  readonly stakingContract: Address
  /** The address whose code runs behind each: a proxy's implementation, or the contract itself. */
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
  /** Zero, or when the node asked to leave. Until it has left it is active. */
  readonly leaveRequestTimestamp: number
  /** In the contract's order, as the contract has them: an address may come twice, a stake may be zero. */
  readonly contributors: readonly Contributor[]
}

export interface Contributor {
  readonly address: Address
  /** Where the network's own rewards go; not who staked. */
  readonly beneficiary: Address
  /** Base units. */
  readonly stake: bigint
}

/** What stands at an address at the snapshot block. */
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
  /** Seconds since 1970: `start` of a staking, `cliff` of a not staking one. */
  readonly start: number
  readonly end: number
}

/**
 * Requires that a snapshot says what stands at every address that an allocation could turn on.
 * @param named the accounts that the program's own files name
 * @throws AirdropError that names the first it does not know
 */
export function requireAccounts({ nodes, accounts }: Snapshot, named: Iterable<Address>): void {
  const require = (address: Address, role: string): void => {
    if (address === ZERO_ADDRESS || accounts.has(address)) return
    throw new AirdropError(`the snapshot does not say what stands at ${toChecksum(address)}, ${role}`, {
      exit: 1,
      hint: "Take it again: ./airdrop snapshot reads every account that the program's files name.",
    })
  }
  for (const address of named) require(address, "whom the program names")
  for (const { id, contributors } of nodes) {
    for (const { address } of contributors) require(address, `a contributor of node ${id}`)
  }
  for (const [address, account] of accounts) {
    if ("beneficiary" in account) require(account.beneficiary, `the beneficiary of ${toChecksum(address)}`)
  }
}
