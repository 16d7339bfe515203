import { AirdropError } from "../primitives/error.ts"
import { quote } from "../primitives/text.ts"
import { findChain } from "./chains.ts"

/** "arb1:0x…" (EIP-3770) or "eip155:42161:0x…" (CAIP-10). */
const PREFIXED = /^(?:eip155:([1-9][0-9]{0,15})|([A-Za-z0-9-]{1,32})):(0[xX][0-9a-fA-F]{40})$/i

/**
 * Removes the chain's prefix of an address, as Safe and other wallets copy it, in any letter case. Returns any
 * other text unchanged.
 * @throws AirdropError if the prefix is not that of the chain
 */
export function withoutChainPrefix(text: string, chainId: number): string {
  const [, id, prefix, address] = PREFIXED.exec(text) ?? []
  if (address === undefined) return text
  if (id === String(chainId)) return address
  const expected = findChain(chainId)?.shortName
  if (prefix !== undefined && prefix.toLowerCase() === expected) return address
  const own =
    expected === undefined
      ? `chain ${chainId} has none that is known`
      : `that of chain ${chainId} is "${expected}"`
  throw new AirdropError(`${quote(text)} has the prefix of another chain; ${own}`, {
    code: "invalid-address",
  })
}
