/** Finds the transactions that paid an account, from the contract's events. */
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { keccak256 } from "../keccak.ts"
import { isObject, RpcUnreachable, type Rpc } from "./rpc.ts"
import { asHash, wordsOf } from "./words.ts"

export interface PastPayment {
  readonly hash: string
  /** Base units of the token. */
  readonly amount: bigint
  /** Unix seconds. */
  readonly time: number
}

const topic = (event: string): string => toHex(keccak256(new TextEncoder().encode(event)))
const CLAIMED = topic("Claimed(uint256,address,uint256)")
const RESERVE_CLAIMED = topic("ReserveClaimed(address,uint256,uint256)")

/**
 * Reads the payments to an account, the earliest first.
 * @throws RpcUnreachable if the RPC does not answer, RpcRefused if it looks no further back
 */
export async function readPayments(
  rpc: Rpc,
  { contract, deployedBlock = 0 }: PageConfig,
  account: string,
): Promise<readonly PastPayment[]> {
  const logs = await rpc.send("eth_getLogs", {
    address: contract,
    fromBlock: `0x${deployedBlock.toString(16)}`,
    toBlock: "latest",
    topics: [[CLAIMED, RESERVE_CLAIMED], asHash(BigInt(account))],
  })
  if (!Array.isArray(logs)) throw new RpcUnreachable(rpc.url, new Error("the answer is no list of events"))
  const events = await Promise.all(logs.map(async (log: unknown) => await paymentOf(rpc, log)))
  // One transaction may pay from both tranches.
  const byHash = new Map<string, PastPayment>()
  for (const one of events)
    byHash.set(one.hash, { ...one, amount: one.amount + (byHash.get(one.hash)?.amount ?? 0n) })
  return [...byHash.values()]
}

async function paymentOf(rpc: Rpc, log: unknown): Promise<PastPayment> {
  const { topics, data, transactionHash: hash, blockNumber } = isObject(log) ? log : {}
  const words = wordsOf(data, 2)
  const block = await rpc.send("eth_getBlockByNumber", blockNumber, false)
  const time = isObject(block) ? Number(block["timestamp"]) : NaN
  if (words === undefined || typeof hash !== "string" || !Array.isArray(topics) || Number.isNaN(time))
    throw new RpcUnreachable(rpc.url, new Error("the answer is no event of the contract"))
  // Claimed has the index before the amount, ReserveClaimed the amount first.
  const amount = (topics[0] === CLAIMED ? words[1] : words[0]) ?? 0n
  return { hash, amount, time }
}
