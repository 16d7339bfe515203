/** Reads the state on chain in two requests: the contract as a whole, and one account's claims. */
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { answerOf, isObject, RpcRefused, RpcUnreachable, type Rpc, type RpcCall } from "./rpc.ts"
import { asAddress, asHash, callData, wordsOf } from "./words.ts"

/** Amounts in base units, times in Unix seconds. */
export interface ContractStatus {
  readonly token: string
  readonly automaticRoot: string
  readonly leafCount: bigint
  readonly reserveCap: bigint
  readonly sweepTime: bigint
  readonly owner: string
  /** All zeros if there is no reserve root. */
  readonly reserveRoot: `0x${string}`
  readonly pendingRoot: `0x${string}`
  readonly acceptableAt: bigint
  readonly reservePaid: bigint
  /** The contract's balance of the token. */
  readonly balance: bigint
  /** The time of the block that this was read from. */
  readonly now: bigint
}

/** The answer of the RPC about the contract. */
export type ChainView =
  | { readonly kind: "contract"; readonly status: ContractStatus }
  | { readonly kind: "absent" }
  | { readonly kind: "otherChain"; readonly chainId: number }

export const ZERO_HASH = `0x${"0".repeat(64)}`

/** Builds a call of a view, at the newest block by default. */
export function view(to: string, data: string, block = "latest"): RpcCall {
  return { method: "eth_call", params: [{ to, data }, block] }
}

/**
 * Reads the contract's terms and state. It counts as absent only if the chain says so: a call returns nothing, or
 * reverts.
 * @throws RpcUnreachable also if the RPC refuses a single one of the calls
 */
export async function readContract(rpc: Rpc, config: PageConfig): Promise<ChainView> {
  const getters = [
    "TOKEN()",
    "AUTOMATIC_ROOT()",
    "LEAF_COUNT()",
    "RESERVE_CAP()",
    "SWEEP_TIME()",
    "owner()",
    "reserveRoot()",
    "reservePaid()",
    "pendingReserveRoot()",
  ]
  const [chain, block, balance, ...answers] = (
    await rpc.sendAll([
      { method: "eth_chainId", params: [] },
      { method: "eth_getBlockByNumber", params: ["latest", false] },
      view(config.token.address, callData("balanceOf(address)", config.contract)),
      ...getters.map((getter) => view(config.contract, callData(getter))),
    ])
  ).map((answer) => answerOf(rpc, answer))
  const chainId = Number(quantityOf(rpc, chain))
  if (chainId !== config.chainId) return { kind: "otherChain", chainId }
  const words = answers.map((answer) => wordsOf(answer, 1))
  const [token, root, leafCount, cap, sweep, owner, reserveRoot, paid, pending] = words
  if (!token || !root || !leafCount || !cap || !sweep || !owner || !reserveRoot || !paid || !pending) {
    return { kind: "absent" }
  }
  return {
    kind: "contract",
    status: {
      token: asAddress(first(token)) ?? "",
      automaticRoot: asHash(first(root)),
      leafCount: first(leafCount),
      reserveCap: first(cap),
      sweepTime: first(sweep),
      owner: asAddress(first(owner)) ?? "",
      reserveRoot: asHash(first(reserveRoot)),
      pendingRoot: asHash(first(pending)),
      acceptableAt: pending[1] ?? 0n,
      reservePaid: first(paid),
      balance: wordsOf(balance, 1)?.[0] ?? 0n,
      now: quantityOf(rpc, isObject(block) ? block["timestamp"] : undefined),
    },
  }
}

/** The claims already paid to an account. */
export interface AccountStatus {
  /** Undefined if the account has no automatic amount. */
  readonly claimed: boolean | undefined
  /** Base units paid from the reserve so far. */
  readonly reserveClaimed: bigint
}

/**
 * Reads the claims already paid to an account.
 * @throws RpcUnreachable also if the RPC refuses a single one of the calls, RpcRefused if one reverts
 */
export async function readAccount(
  rpc: Rpc,
  contract: string,
  account: string,
  index: number | undefined,
): Promise<AccountStatus> {
  const calls = [view(contract, callData("reserveClaimed(address)", account))]
  if (index !== undefined) calls.push(view(contract, callData("isClaimed(uint256)", BigInt(index))))
  const [reserve, claimed] = (await rpc.sendAll(calls)).map((answer) => {
    if (answer instanceof RpcRefused && answer.isRevert) throw answer
    const word = wordsOf(answerOf(rpc, answer), 1)?.[0]
    // The contract exists, so an answer without a word does not come from it.
    if (word === undefined) throw new RpcUnreachable(rpc.url, answer)
    return word
  })
  return { claimed: index === undefined ? undefined : claimed === 1n, reserveClaimed: reserve ?? 0n }
}

function first(words: readonly bigint[]): bigint {
  return words[0] ?? 0n
}

/** Reads a number as JSON-RPC writes it: 0x and hex digits. */
function quantityOf({ url }: Rpc, value: unknown): bigint {
  if (typeof value === "string" && /^0x[0-9a-fA-F]+$/.test(value)) return BigInt(value)
  throw new RpcUnreachable(url, new Error("the answer is no number"))
}
