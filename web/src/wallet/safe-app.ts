/**
 * Runs the page as a Safe App. Inside the Safe's web app it speaks the Safe Apps protocol (postMessage) and offers
 * the Safe as a wallet. To the rest of the page the Safe is a wallet with EIP-5792: a claim becomes a Safe
 * transaction with an id, and its state is followed until it is executed.
 */
import { isObject } from "../chain/rpc.ts"
import type { Wallet } from "./discovery.ts"

/** The version of the Safe Apps protocol. */
const SDK_VERSION = "9.1.0"
const ANSWER_MS = 3_000

interface Transaction {
  readonly to: string
  readonly data: string
  readonly value: string
}

/** Returns true if another page frames this one. */
export function isFramed(): boolean {
  return window.parent !== window
}

/**
 * Asks the page around this one whether it is the Safe's web app.
 * @param origins the pages that may offer a Safe
 * @returns the Safe as a wallet; undefined if no such page answers
 */
export async function safeWallet(origins: readonly string[]): Promise<Wallet | undefined> {
  if (!isFramed()) return undefined
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, ANSWER_MS, undefined)
  })
  const info = await Promise.race([ask(origins, "getSafeInfo"), late]).catch(() => undefined)
  if (!isObject(info)) return undefined
  const { safeAddress, chainId } = info
  if (typeof safeAddress !== "string" || typeof chainId !== "number") return undefined
  return {
    id: "safe-app",
    name: "Safe{Wallet}",
    icon: undefined,
    provider: {
      request: async ({ method, params }) =>
        await answer(origins, { account: safeAddress, chain: `0x${chainId.toString(16)}` }, method, params),
    },
  }
}

async function answer(
  origins: readonly string[],
  { account, chain }: { readonly account: string; readonly chain: string },
  method: string,
  params: readonly unknown[] | object = [],
): Promise<unknown> {
  const [first] = Array.isArray(params) ? (params as unknown[]) : []
  switch (method) {
    case "eth_requestAccounts":
    case "eth_accounts":
      return [account]
    case "eth_chainId":
      return chain
    case "wallet_getCapabilities":
      return { [chain]: { atomic: { status: "supported" } } }
    case "wallet_sendCalls": {
      const calls: unknown[] = isObject(first) && Array.isArray(first["calls"]) ? first["calls"] : []
      const txs = calls
        .filter(isObject)
        .map(({ to, data }): Transaction => ({ to: String(to), data: String(data), value: "0" }))
      const sent = await ask(origins, "sendTransactions", { txs })
      const hash = isObject(sent) ? sent["safeTxHash"] : undefined
      if (typeof hash !== "string") throw new Error("the Safe's web app gave no hash")
      return { id: PREFIX + hash }
    }
    case "wallet_getCallsStatus":
      return statusOf(
        await ask(origins, "getTxBySafeTxHash", { safeTxHash: String(first).slice(PREFIX.length) }),
      )
    default:
      throw Object.assign(new Error(`a Safe does not answer ${method}`), { code: 4200 })
  }
}

/** A prefix that tells the id of a Safe transaction from the hash of a transaction on chain. */
const PREFIX = "safe:"

/** Converts the state of a Safe transaction to the status of EIP-5792. */
function statusOf(details: unknown): object {
  if (!isObject(details)) return { status: 100 }
  const { txStatus, txHash } = details
  if (txStatus === "CANCELLED" || txStatus === "FAILED") return { status: 400 }
  return typeof txHash === "string"
    ? { status: 200, receipts: [{ transactionHash: txHash }] }
    : { status: 100 }
}

/** Sends one request to the page around this one and returns its answer. Other pages' answers are ignored. */
async function ask(origins: readonly string[], method: string, params: object = {}): Promise<unknown> {
  const id = crypto.randomUUID()
  return await new Promise((resolve, reject) => {
    const heard = (event: MessageEvent): void => {
      if (event.source !== window.parent || !origins.includes(event.origin)) return
      const data: unknown = event.data
      if (!isObject(data) || data["id"] !== id) return
      window.removeEventListener("message", heard)
      if (data["success"] === true) resolve(data["data"])
      else reject(new Error(typeof data["error"] === "string" ? data["error"] : "the Safe's web app refused"))
    }
    window.addEventListener("message", heard)
    const request = { id, method, params, env: { sdkVersion: SDK_VERSION } }
    for (const origin of origins) window.parent.postMessage(request, origin)
  })
}
