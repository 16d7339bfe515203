/** What stands on chain, read in two requests: the contract as a whole, and one account's claims. */
import type { PageConfig } from "../../../scripts/core/page-config.ts"
import { RpcRefused, type Rpc, type RpcCall } from "./rpc.ts"
import { asAddress, asHash, callData, wordsOf } from "./words.ts"

/** Amounts in base units, times in Unix seconds. */
export interface ContractStatus {
  readonly token: string
  readonly automaticRoot: string
  readonly leafCount: bigint
  readonly reserveCap: bigint
  readonly sweepTime: bigint
  readonly owner: string
  /** All zeros if there is none. */
  readonly reserveRoot: string
  readonly pendingRoot: string
  readonly acceptableAt: bigint
  readonly reservePaid: bigint
  /** What the contract holds of the token. */
  readonly balance: bigint
  /** The time of the block that this was read from. */
  readonly now: bigint
}

/** What the RPC has to say about the contract. */
export type ChainView =
  | { readonly kind: "contract"; readonly status: ContractStatus }
  | { readonly kind: "absent" }
  | { readonly kind: "otherChain"; readonly chainId: number }

export const ZERO_HASH = `0x${"0".repeat(64)}`

/** A call of a view at the newest block. */
export function view(to: string, data: string, block = "latest"): RpcCall {
  return { method: "eth_call", params: [{ to, data }, block] }
}

/** @throws RpcUnreachable */
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
  const [chain, block, balance, ...answers] = await rpc.sendAll([
    { method: "eth_chainId", params: [] },
    { method: "eth_getBlockByNumber", params: ["latest", false] },
    view(config.token.address, callData("balanceOf(address)", config.contract)),
    ...getters.map((getter) => view(config.contract, callData(getter))),
  ])
  const chainId = Number(typeof chain === "string" ? chain : NaN)
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
      now: timeOf(block),
    },
  }
}

/** What an account has had. */
export interface AccountStatus {
  /** Undefined where the account has no automatic amount. */
  readonly claimed: boolean | undefined
  /** Base units paid from the reserve so far. */
  readonly reserveClaimed: bigint
}

/** @throws RpcUnreachable, RpcRefused */
export async function readAccount(
  rpc: Rpc,
  contract: string,
  account: string,
  index: number | undefined,
): Promise<AccountStatus> {
  const calls = [view(contract, callData("reserveClaimed(address)", account))]
  if (index !== undefined) calls.push(view(contract, callData("isClaimed(uint256)", BigInt(index))))
  const [reserve, claimed] = (await rpc.sendAll(calls)).map((answer) => {
    if (answer instanceof RpcRefused) throw answer
    return wordsOf(answer, 1)?.[0]
  })
  return { claimed: index === undefined ? undefined : claimed === 1n, reserveClaimed: reserve ?? 0n }
}

function first(words: readonly bigint[]): bigint {
  return words[0] ?? 0n
}

function timeOf(block: unknown): bigint {
  if (typeof block !== "object" || block === null || !("timestamp" in block)) return 0n
  return typeof block.timestamp === "string" ? BigInt(block.timestamp) : 0n
}
