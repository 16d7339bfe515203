import type { Token } from "../primitives/token.ts"
import type { Address } from "../primitives/address.ts"
import type { Chain } from "../ethereum/chains.ts"
import type { Attester } from "../statements/attester.ts"

/** The rules of one airdrop: program.json, read and checked. Amounts are base units of the token. */
export interface Program {
  readonly name: string
  /** A sentence that describes the program. */
  readonly description: string | undefined
  /** The file of the program's mark, an SVG picture beside program.json. */
  readonly icon?: string | undefined
  readonly chainId: number
  /** Names, links and limits of that chain. */
  readonly chain: Chain
  readonly token: Token
  readonly tranches: { readonly automatic: bigint; readonly reserve: bigint }
  /** The source of value. Each kind of source reads its own settings. */
  readonly source: { readonly kind: string; readonly [setting: string]: unknown }
  /** The state of the chain to read; absent if each address is its own person. */
  readonly snapshot: SnapshotChoice | undefined
  /** The eligible accounts; absent if the source's own list decides. */
  readonly eligibility: Eligibility | undefined
  readonly rules: Rules
  readonly contract: ContractTerms
  /** The keys whose attestations count, and how many a proposal needs. Absent without attesters. */
  readonly attestation?: AttestationTerms | undefined
  /** Fields that are not yet certain. A program with any is not built for publication. */
  readonly unconfirmed: readonly { readonly field: string; readonly reason: string }[]
}

export interface AttestationTerms {
  readonly attesters: readonly Attester[]
  /** The attestations of a root that `propose deploy` and `propose reserve` need. */
  readonly required: number
}

/** A block by number, or the last block at or before a time. */
export type SnapshotChoice = ({ readonly block: number } | { readonly time: Date }) & {
  /** The staking contract to read nodes from. A source that reads stakes names it itself. */
  readonly stakingContract?: Address | undefined
  /**
   * An implementation of the staking contract that the operators reviewed. Needed if the project does not know it.
   */
  readonly implementation?: Address | undefined
}

export interface Eligibility {
  /** A CSV file of accounts beside program.json. */
  readonly file: string
  /** The stakes of an eligible person that count: all of the person's, or only those of listed addresses. */
  readonly match: "person" | "address"
}

export interface Rules {
  /** The payee of a vesting contract's earnings. */
  readonly payTo: "beneficiary" | "staker"
  /** `include` if nodes count that have requested to leave and have not left. */
  readonly leavingNodes: "include" | "exclude"
  /**
   * The least amount worth paying. Participants below it get nothing, and the others share it. Zero means no
   * minimum.
   */
  readonly minimum: bigint
  /** The most that one participant gets. The excess goes to the others. */
  readonly cap: bigint | undefined
  readonly exclude: readonly { readonly account: Address; readonly reason: string }[]
  readonly overrides: readonly Override[]
}

/** Settles the payee of an account that could not use its payment: another one, or the account itself. */
export interface Override {
  readonly account: Address
  readonly payTo: Address
  readonly reason: string
}

/** The constructor terms of the contract, besides the root. */
export interface ContractTerms {
  readonly owner: Address | undefined
  /** Seconds between the submission of a reserve root and its acceptance. */
  readonly reserveDelay: number
  /** From this time, inclusive, the owner may sweep. */
  readonly sweepTime: Date | undefined
}
