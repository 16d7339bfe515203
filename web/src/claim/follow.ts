/**
 * Follows a claim that a wallet has sent. It is kept for the tab, so that a reload goes on waiting. The outcome is
 * read from the chain: the contract's flags say whether it was paid. The receipt and the sender's nonce say what
 * happened to the transaction.
 */
import { isObject, RpcUnreachable, type Rpc } from "../chain/rpc.ts"
import { view } from "../chain/status.ts"
import { callData, wordsOf } from "../chain/words.ts"
import type { WalletProvider } from "../wallet/provider.ts"
import { ClaimFailure } from "./failure.ts"
import { isHash, type Payment, type Sent } from "./sent.ts"

const FIRST_POLL_MS = 1_000
const SLOWEST_POLL_MS = 8_000
/** The number of looks at a nonce used by another transaction before this one counts as replaced. */
const LOOKS_BEFORE_REPLACED = 4

export interface Watch {
  readonly rpc: Rpc
  /** The wallet that is asked for the state of EIP-5792 calls; undefined after a reload. */
  readonly wallet: WalletProvider | undefined
  /** Receives after each look whether the RPC answered. */
  readonly heard: (fromRpc: boolean) => void
  readonly signal: AbortSignal
}

/**
 * Waits until the contract's flags say that the claim is paid. Waits through faults of the RPC.
 * @returns undefined if the wait was given up
 * @throws ClaimFailure "reverted" or "replaced" if the transaction can no longer pay
 */
export async function waitUntilPaid(sent: Sent, watch: Watch): Promise<Payment | undefined> {
  let hash = sent.hash
  let { nonce } = sent
  let pause = FIRST_POLL_MS
  let replacedLooks = 0
  while (!watch.signal.aborted) {
    hash ??= await hashOfCalls(sent.id, watch)
    const look = await lookAt(sent, hash, watch).catch((error: unknown) => {
      if (error instanceof RpcUnreachable) return undefined
      throw error
    })
    watch.heard(look !== undefined)
    if (look !== undefined) {
      nonce ??= look.transactionNonce
      if (look.isPaid) {
        const block = look.receipt === "success" ? look.block : undefined
        const time = await timeOf(block, watch.rpc).catch(() => undefined)
        if (time !== undefined) return { sent, hash: block === undefined ? undefined : hash, time }
      } else {
        if (look.receipt === "reverted") throw new ClaimFailure("reverted")
        const isReplaced =
          nonce !== undefined && look.receipt === undefined && look.nonce > nonce && sent.hash !== undefined
        replacedLooks = isReplaced && look.transactionNonce === undefined ? replacedLooks + 1 : 0
        if (replacedLooks >= LOOKS_BEFORE_REPLACED) throw new ClaimFailure("replaced")
      }
      pause = FIRST_POLL_MS
    } else {
      pause = Math.min(pause * 2, SLOWEST_POLL_MS)
    }
    await sleep(pause, watch.signal)
  }
  return undefined
}

/** Reads the time of a block, or of the newest one where the payment's own is not known. Unix seconds. */
async function timeOf(block: string | undefined, rpc: Rpc): Promise<number> {
  const answer = await rpc.send("eth_getBlockByNumber", block ?? "latest", false)
  const time = isObject(answer) ? Number(answer["timestamp"]) : NaN
  if (!Number.isSafeInteger(time)) throw new RpcUnreachable(rpc.url, new Error("the block has no time"))
  return time
}

interface Look {
  readonly isPaid: boolean
  readonly receipt: "success" | "reverted" | undefined
  /** The number of the receipt's block, in hexadecimal. */
  readonly block: string | undefined
  /** The sender's nonce now. */
  readonly nonce: number
  /** The nonce of the transaction itself, if the node knows it. */
  readonly transactionNonce: number | undefined
}

async function lookAt(sent: Sent, hash: string | undefined, { rpc }: Watch): Promise<Look> {
  const expected = sent.flags.flatMap(({ account, index, reserve }) => [
    ...(index === undefined
      ? []
      : [{ call: view(sent.contract, callData("isClaimed(uint256)", BigInt(index))), least: 1n }]),
    ...(reserve === undefined
      ? []
      : [
          {
            call: view(sent.contract, callData("reserveClaimed(address)", account)),
            least: BigInt(reserve),
          },
        ]),
  ])
  const [count, receipt, transaction, ...answers] = await rpc.sendAll([
    { method: "eth_getTransactionCount", params: [sent.sender, "latest"] },
    { method: "eth_getTransactionReceipt", params: [hash ?? `0x${"0".repeat(64)}`] },
    { method: "eth_getTransactionByHash", params: [hash ?? `0x${"0".repeat(64)}`] },
    ...expected.map(({ call }) => call),
  ])
  const words = answers.map((answer) => wordsOf(answer, 1)?.[0])
  if (words.includes(undefined))
    throw new RpcUnreachable(
      rpc.url,
      answers.find((answer) => answer instanceof Error),
    )
  return {
    isPaid: expected.every(({ least }, i) => (words[i] ?? 0n) >= least),
    receipt: isObject(receipt) ? (receipt["status"] === "0x1" ? "success" : "reverted") : undefined,
    block:
      isObject(receipt) && typeof receipt["blockNumber"] === "string" ? receipt["blockNumber"] : undefined,
    nonce: typeof count === "string" ? Number(count) : 0,
    transactionNonce:
      isObject(transaction) && typeof transaction["nonce"] === "string"
        ? Number(transaction["nonce"])
        : undefined,
  }
}

/** Asks the wallet for the transaction behind an id of `wallet_sendCalls` or of a Safe. */
async function hashOfCalls(id: string, { wallet }: Watch): Promise<string | undefined> {
  if (wallet === undefined) return undefined
  try {
    const status = await wallet.request({ method: "wallet_getCallsStatus", params: [id] })
    if (!isObject(status)) return undefined
    if (typeof status["status"] === "number" && status["status"] >= 400) throw new ClaimFailure("replaced")
    const receipts: unknown[] = Array.isArray(status["receipts"]) ? status["receipts"] : []
    const last = receipts.at(-1)
    const hash = isObject(last) ? last["transactionHash"] : undefined
    return typeof hash === "string" && isHash(hash) ? hash : undefined
  } catch (error) {
    if (error instanceof ClaimFailure) throw error
    return undefined
  }
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
