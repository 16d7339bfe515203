/**
 * The implementation behind each of Session's proxies. A snapshot's evidence reads the staking contract's storage
 * slot by slot. So the code that defines these slots must be known here, or reviewed by the operators.
 */
import { toChecksum, type Address } from "../primitives/address.ts"
import { addressOfWord } from "../primitives/words.ts"
import { AirdropError } from "../primitives/error.ts"
import { ARBITRUM_ONE } from "../ethereum/chains.ts"
import { REWARDS_IMPLEMENTATION } from "./contracts.ts"
import type { Snapshot } from "./snapshot.ts"

/** The storage slot of a proxy's implementation: keccak256("eip1967.proxy.implementation") - 1. */
export const IMPLEMENTATION_SLOT = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbcn

/**
 * Implementations of ServiceNodeRewards whose storage is laid out as storage-layout says, by chain id. To add one,
 * compare the layout that its release records (.openzeppelin/ in session-token-contracts) with storage-layout.
 */
const KNOWN_IMPLEMENTATIONS: ReadonlyMap<number, readonly Address[]> = new Map([
  [ARBITRUM_ONE, [REWARDS_IMPLEMENTATION]],
])

/**
 * Returns the address whose code runs when a contract is called.
 * @param word the contract's word at {@link IMPLEMENTATION_SLOT}; zero for a contract that is no proxy
 * @throws AirdropError if the word is not an address
 */
export function implementationOf(contract: Address, word: bigint): Address {
  if (word === 0n) return contract
  const implementation = addressOfWord(word)
  if (implementation !== undefined) return implementation
  throw new AirdropError(`the implementation slot of ${toChecksum(contract)} does not hold an address`, {
    code: "mismatch",
  })
}

/**
 * Requires that the project knows the storage layout of the staking contract.
 * @param reviewed the implementation that the operators accept in program.json, if any
 * @throws AirdropError if the implementation is neither known nor reviewed
 */
export function requireKnownImplementation(
  { chainId, contracts: { stakingContract, implementations } }: Pick<Snapshot, "chainId" | "contracts">,
  reviewed: Address | undefined,
): void {
  const found = implementations.stakingContract
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
