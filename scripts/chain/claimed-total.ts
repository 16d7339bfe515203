/** Sums what has been claimed of the automatic tranche, from the contract's own state. */
import { Contract, type Provider } from "ethers"
import type { Address } from "../core/address.ts"
import { AIRDROP } from "../core/airdrop-abi.ts"

/** How many flags one request asks for: about 1.6 million gas, far below any node's limit. */
const AT_ONCE = 1_000

/**
 * The amounts of all claimed leaves together, base units. Asks the contract through its own multicall.
 * @param amounts in order of index
 */
export async function claimedTotal(
  provider: Provider,
  airdrop: Address,
  amounts: readonly bigint[],
  blockTag: number | "latest" = "latest",
): Promise<bigint> {
  const contract = new Contract(airdrop, AIRDROP, provider)
  let total = 0n
  for (let start = 0; start < amounts.length; start += AT_ONCE) {
    const chunk = amounts.slice(start, start + AT_ONCE)
    const calls = chunk.map((_, i) => AIRDROP.encodeFunctionData("isClaimed", [start + i]))
    const flags = (await contract
      .getFunction("multicall")
      .staticCall(calls, { blockTag })) as readonly string[]
    chunk.forEach((amount, i) => {
      if (BigInt(flags[i] ?? 0) === 1n) total += amount
    })
  }
  return total
}
