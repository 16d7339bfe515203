import { AirdropError } from "../primitives/error.ts"
import { quote } from "../primitives/text.ts"
import { findChain } from "./chains.ts"

const PREFIXED = /^([A-Za-z0-9-]{1,32}):(0[xX][0-9a-fA-F]{40})$/

/**
 * Removes the chain prefix of an address ("arb1:0x…", EIP-3770), as Safe copies it. Any other text stays as it is.
 * @throws AirdropError if the prefix is not that of the chain
 */
export function withoutChainPrefix(text: string, chainId: number): string {
  const [, prefix, address] = PREFIXED.exec(text) ?? []
  if (prefix === undefined || address === undefined) return text
  const expected = findChain(chainId)?.shortName
  if (prefix === expected) return address
  throw new AirdropError(
    expected === undefined
      ? `${quote(text)} has a chain prefix, and the prefix of chain ${chainId} is not known; remove it`
      : `${quote(text)} is an address on another chain: the prefix of chain ${chainId} is "${expected}"`,
    { code: "invalid-address" },
  )
}
