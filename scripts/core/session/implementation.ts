/**
 * The implementation behind the staking contract's proxy. A snapshot's evidence reads the staking contract's storage
 * slot by slot. So the code that defines these slots must be known here, or reviewed by the operators.
 */
import { toChecksum, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { ARBITRUM_ONE } from "../ethereum/chains.ts"
import { REWARDS_IMPLEMENTATION } from "./contracts.ts"
import type { StakingNetwork } from "./staking-node.ts"

/**
 * Implementations of ServiceNodeRewards whose storage is laid out as storage-layout says, by chain id. To add one,
 * compare the layout that its release records (.openzeppelin/ in session-token-contracts) with storage-layout.
 */
const KNOWN_IMPLEMENTATIONS: ReadonlyMap<number, readonly Address[]> = new Map([
  [ARBITRUM_ONE, [REWARDS_IMPLEMENTATION]],
])

/**
 * Requires that the project knows the storage layout of the staking contract.
 * @param reviewed the implementation that the operators accept in program.json, if any
 * @throws AirdropError if the implementation is neither known nor reviewed
 */
export function requireKnownImplementation(
  chainId: number,
  { stakingContract, implementation: found }: Pick<StakingNetwork, "stakingContract" | "implementation">,
  reviewed: Address | undefined,
): void {
  if (found === reviewed || KNOWN_IMPLEMENTATIONS.get(chainId)?.includes(found) === true) return
  const code =
    found === stakingContract ? "its own code, as it is no proxy" : `the implementation ${toChecksum(found)}`
  throw new AirdropError(
    `the staking contract ${toChecksum(stakingContract)} runs ${code}, whose storage layout this project does not know`,
    {
      code: "unresolved",
      hint: `Compare its storage layout with scripts/core/session/storage-layout.ts. If they agree, accept it in program.json: "snapshot": { ..., "implementation": "${toChecksum(found)}" }`,
    },
  )
}
