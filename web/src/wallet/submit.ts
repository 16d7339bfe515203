/** Sends a transaction through a wallet, by the method that the wallet supports. */
import { isObject } from "../chain/rpc.ts"
import { ClaimFailure } from "../claim/failure.ts"
import { isHash } from "../claim/sent.ts"
import type { WalletProvider } from "./provider.ts"

export interface Transaction {
  readonly from: string
  readonly to: string
  readonly data: string
}

/** What a wallet has sent. */
export interface Submitted {
  /** The answer of the wallet: a transaction's hash, a Safe's hash, or the id of EIP-5792 calls. */
  readonly id: string
  /** The hash of the transaction; undefined for calls, whose id may look like one. */
  readonly hash: string | undefined
}

/**
 * The time a wallet has to answer wallet_getCapabilities. One with EIP-5792 answers at once, others may not
 * answer.
 */
const CAPABILITIES_MS = 1_500

/**
 * Sends by EIP-5792 if the wallet's account executes calls itself (another account may pay its gas), otherwise as
 * a plain transaction.
 * @throws the wallet's error
 */
export async function submit(
  wallet: WalletProvider,
  chainId: number,
  transaction: Transaction,
): Promise<Submitted> {
  const { from, to, data } = transaction
  const chain = `0x${chainId.toString(16)}`
  if (await runsCalls(wallet, from, chain)) {
    const calls = [{ to, data, value: "0x0" }]
    const params = [{ version: "2.0.0", chainId: chain, from, atomicRequired: true, calls }]
    const answer = await wallet.request({ method: "wallet_sendCalls", params })
    const id = isObject(answer) ? answer["id"] : answer
    if (typeof id === "string") return { id, hash: undefined }
    throw new ClaimFailure("walletCannot")
  }
  const hash = await wallet.request({ method: "eth_sendTransaction", params: [transaction] })
  if (typeof hash !== "string") throw new ClaimFailure("walletCannot")
  return { id: hash, hash: isHash(hash) ? hash : undefined }
}

async function runsCalls(wallet: WalletProvider, account: string, chain: string): Promise<boolean> {
  const asked = wallet.request({ method: "wallet_getCapabilities", params: [account, [chain]] })
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, CAPABILITIES_MS, undefined)
  })
  const all = await Promise.race([asked, late]).catch(() => undefined)
  const capabilities = isObject(all) ? all[chain] : undefined
  const atomic = isObject(capabilities) ? capabilities["atomic"] : undefined
  return isObject(atomic) && atomic["status"] === "supported"
}
