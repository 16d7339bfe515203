import type { TransactionReceipt } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"

/**
 * Finds the last transaction that paid an account's claim.
 * @param fromBlock the first block that is searched
 * @returns its receipt; undefined if the node does not show it
 */
export async function findPayment(
  airdrop: MerkleAirdrop,
  account: Address,
  fromBlock: number,
): Promise<TransactionReceipt | undefined> {
  const { Claimed, ReserveClaimed } = airdrop.filters
  const found = await Promise.all([
    airdrop.queryFilter(Claimed(undefined, account), fromBlock),
    airdrop.queryFilter(ReserveClaimed(account), fromBlock),
  ])
  const [last] = found.flat().sort((a, b) => b.blockNumber - a.blockNumber)
  return (await last?.getTransactionReceipt()) ?? undefined
}

/** Returns whether a transaction paid the claims of an account to another address. */
export function wasRedirected(
  { interface: abi }: MerkleAirdrop,
  { logs }: TransactionReceipt,
  account: Address,
  to: Address,
): boolean {
  return logs.some((log) => {
    const event = abi.parseLog(log)
    if (event?.name !== "Redirected") return false
    const [from, recipient] = event.args.toArray() as [string, string]
    return parseAddress(from) === account && parseAddress(recipient) === to
  })
}
