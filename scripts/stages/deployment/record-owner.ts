/** Reads the owner of an airdrop for the record of its deployment. */
import type { Provider } from "ethers"
import { parseAddress } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { OwnerRecord } from "../../core/safe/owner-record.ts"
import type { Address } from "../../core/primitives/address.ts"
import { readSafeSettings } from "../../io/safe/read-settings.ts"
import { merkleAirdropAt } from "./airdrop-contract.ts"

/**
 * Reads the owner and, where it is a Safe, its settings. All reads are at the latest block.
 * @param reason that the record states
 */
export async function readOwnerRecord(
  provider: Provider,
  airdrop: Address,
  reason: string,
): Promise<OwnerRecord> {
  const block = await provider.getBlock("latest")
  if (block === null) throw new AirdropError("the node has no latest block", { code: "rpc-answer" })
  const { number, timestamp } = block
  const contract = await merkleAirdropAt(airdrop, provider)
  const address = parseAddress(await contract.owner({ blockTag: number }))
  const safe = await readSafeSettings(provider, address, number)
  return { block: number, time: timestamp, reason, address, safe }
}
