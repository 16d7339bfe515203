import { toChecksum, type Address } from "../primitives/address.ts"
import { addressOfWord } from "../primitives/words.ts"
import { AirdropError } from "../primitives/error.ts"

/** The storage slot of a proxy's implementation (EIP-1967): keccak256("eip1967.proxy.implementation") - 1. */
export const IMPLEMENTATION_SLOT = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbcn

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
