/**
 * Sends one transaction until its nonce is settled, whatever becomes of it on the way. The nonce is the account's next
 * on chain: a transaction that an earlier run left waiting there is replaced, so that no gap can arise. Every version
 * that was sent is watched, as any of them may be the one that is mined.
 */
import {
  JsonRpcSigner,
  keccak256,
  type JsonRpcApiProvider,
  type Signer,
  type TransactionReceipt,
} from "ethers"
import { setTimeout as sleep } from "node:timers/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { feesFor, limitFees, raiseFees, type FeeLevel } from "./fees.ts"
import { sendFaultOf } from "./send-error.ts"
import { nodeMessage } from "../rpc/node-message.ts"

export interface SendRequest {
  readonly to: string
  readonly data: string
  readonly gasLimit: bigint
}

export interface SendOptions {
  /** Wei a unit of gas, above which nothing is offered. */
  readonly maxFee?: bigint | undefined
  /** Milliseconds after which a transaction that is not mined is replaced by a dearer one. */
  readonly replaceAfter: number
  /** Milliseconds after which it is given up. */
  readonly patience: number
  readonly onRemark: (text: string) => void
}

export type SendOutcome =
  | { readonly kind: "mined"; readonly receipt: TransactionReceipt }
  /** It was mined and failed. */
  | { readonly kind: "reverted"; readonly receipt: TransactionReceipt }
  /** Another transaction of the account took the nonce. */
  | { readonly kind: "displaced" }
  /** The node takes no transaction of that size. */
  | { readonly kind: "too-large"; readonly why: string }

interface Version {
  readonly hash: string
  /** What can be sent again; undefined if a wallet has signed and sent it by itself. */
  readonly raw: string | undefined
}

const FIRST_POLL_MS = 50
const LAST_POLL_MS = 1_000
/** How often a nonce is seen used without one of our receipts before it is taken for another's. */
const DISPLACED_AFTER = 5
const MAX_REPLACEMENTS = 40

/**
 * Sends and waits.
 * @throws AirdropError (exit 1) if the account cannot pay, or nothing was mined within `patience`
 */
export async function sendUntilSettled(
  signer: Signer,
  provider: JsonRpcApiProvider,
  request: SendRequest,
  options: SendOptions,
): Promise<SendOutcome> {
  const address = await signer.getAddress()
  const chainId = Number((await provider.getNetwork()).chainId)
  const nonce = await provider.getTransactionCount(address, "latest")
  const versions: Version[] = []
  const begun = performance.now()
  let fees = limitFees(feesFor(await readFeeLevel(provider)), options.maxFee)
  let offeredAt = 0
  let replacements = 0
  let refusedFor = "no answer"
  let seenUsed = 0
  let pause = FIRST_POLL_MS

  /** Signs and sends at the present fees; undefined if the node has it, or may have it. */
  const offer = async (): Promise<SendOutcome | undefined> => {
    const transaction = { ...request, ...fees, nonce, chainId, type: 2, value: 0n }
    if (!(signer instanceof JsonRpcSigner)) return await broadcast(await signer.signTransaction(transaction))
    offeredAt = performance.now()
    try {
      versions.push({ hash: await signer.sendUncheckedTransaction(transaction), raw: undefined })
      return undefined
    } catch (error) {
      return await answer(nodeMessage(error))
    }
  }
  const broadcast = async (raw: string): Promise<SendOutcome | undefined> => {
    offeredAt = performance.now()
    if (versions.at(-1)?.raw !== raw) versions.push({ hash: keccak256(raw), raw })
    const why = await refusal(provider, raw)
    return why === undefined ? undefined : await answer(why)
  }
  /** What is done about a refusal. */
  const answer = async (why: string): Promise<SendOutcome | undefined> => {
    refusedFor = why
    switch (sendFaultOf(why)) {
      case "known":
      case "nonce-used":
        return undefined
      case "underpriced":
      case "fee-too-low":
        return await replace(why)
      case "too-large":
        return { kind: "too-large", why }
      case "no-funds":
        throw new AirdropError(`${address} cannot pay for the gas of a transaction: ${why}`, { exit: 1 })
      case "unknown":
        options.onRemark(`the node does not take a transaction yet: ${why}`)
        return undefined
    }
  }
  const replace = async (why: string): Promise<SendOutcome | undefined> => {
    const raised = limitFees(raiseFees(fees, await readFeeLevel(provider)), options.maxFee)
    if (raised.maxFeePerGas <= fees.maxFeePerGas) {
      options.onRemark(`nonce ${nonce} waits at the fee limit: ${why}`)
      return undefined
    }
    if (++replacements > MAX_REPLACEMENTS) {
      throw new AirdropError(`nonce ${nonce} of ${address} cannot be replaced: ${why}`, { exit: 1 })
    }
    fees = raised
    return await offer()
  }

  let refused = await offer()
  for (;;) {
    // A node that refuses this version may have mined an earlier one.
    const receipt = await findReceipt(provider, versions)
    if (receipt !== undefined) return { kind: receipt.status === 1 ? "mined" : "reverted", receipt }
    if (refused !== undefined) return refused
    const used = (await provider.getTransactionCount(address, "latest")) > nonce
    seenUsed = used ? seenUsed + 1 : 0
    if (seenUsed >= DISPLACED_AFTER) return { kind: "displaced" }
    const waited = performance.now() - begun
    if (waited > options.patience) {
      const last = versions.at(-1)
      throw new AirdropError(
        last === undefined
          ? `no transaction of nonce ${nonce} of ${address} is taken after ${seconds(waited)}: ${refusedFor}`
          : `transaction ${last.hash} is not mined after ${seconds(waited)}`,
        {
          exit: 1,
          hint: "Run the same command again: it goes on from what the chain says is done.",
        },
      )
    }
    if (!used && performance.now() - offeredAt > options.replaceAfter) {
      const last = versions.at(-1)
      if (last === undefined) {
        // Nothing is there to be replaced: what was refused then, also at the fee limit, may be taken now.
        options.onRemark(`no transaction of nonce ${nonce} is taken yet: offered again`)
        refused = await offer()
      } else if (last.raw !== undefined && !(await isKnown(provider, last.hash))) {
        options.onRemark(`the node has lost transaction ${last.hash}: sent again`)
        refused = await broadcast(last.raw)
      } else {
        options.onRemark(`nonce ${nonce} is not mined after ${seconds(waited)}: replaced at a higher fee`)
        refused = await replace("it is not mined")
        offeredAt = performance.now()
      }
    }
    await sleep(pause)
    pause = Math.min(LAST_POLL_MS, pause * 1.5)
  }
}

/** What the next block asks for, of a chain with or without a priority fee. */
export async function readFeeLevel(provider: JsonRpcApiProvider): Promise<FeeLevel> {
  const block = await provider.getBlock("latest")
  const baseFee = block?.baseFeePerGas ?? BigInt(String(await provider.send("eth_gasPrice", [])))
  const priorityFee = await provider.send("eth_maxPriorityFeePerGas", []).then(
    (fee) => BigInt(String(fee)),
    () => 0n,
  )
  return { baseFee, priorityFee }
}

/** Why the node does not take a transaction; undefined if it does, or if nobody can tell. */
async function refusal(provider: JsonRpcApiProvider, raw: string): Promise<string | undefined> {
  try {
    await provider.send("eth_sendRawTransaction", [raw])
    return undefined
  } catch (error) {
    return nodeMessage(error)
  }
}

async function findReceipt(
  provider: JsonRpcApiProvider,
  versions: readonly Version[],
): Promise<TransactionReceipt | undefined> {
  const receipts = await Promise.all(versions.map(({ hash }) => provider.getTransactionReceipt(hash)))
  return receipts.find((receipt) => receipt !== null) ?? undefined
}

async function isKnown(provider: JsonRpcApiProvider, hash: string): Promise<boolean> {
  return (await provider.getTransaction(hash)) !== null
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`
}
