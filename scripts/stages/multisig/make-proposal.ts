/** Makes a proposal: calls, the Safe transaction that runs them, its hashes, and the text. Nothing is written. */
import type { Address } from "../../core/primitives/address.ts"
import { decodeCall } from "../../core/multisig/decode-call.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { actionCalls, type Action, type TimelockStep } from "../../core/multisig/actions.ts"
import { proposalText } from "../../core/multisig/proposal-text.ts"
import { batchFile, type BatchFile } from "../../core/safe/safe-batch.ts"
import {
  safeHashes,
  safeTransaction,
  type SafeHashes,
  type SafeIdentity,
} from "../../core/safe/safe-transaction.ts"
import type { NestedApproval, SafeTransactionFile } from "./transaction-file.ts"
import { type ProgramContext } from "../deployment/deployment-context.ts"
import { wordingOf } from "./context.ts"
import { targetOf } from "./context.ts"
import { multiSendCallOnly } from "../../io/safe/deployments.ts"
import { SAFE } from "../../io/safe/safe.ts"

/** A Safe and the nonce at which it is to execute. */
export interface SafeAtNonce {
  readonly safe: SafeIdentity
  readonly nonce: bigint
}

export interface ProposalRequest extends SafeAtNonce {
  readonly context: ProgramContext
  readonly action: Action
  readonly timelock: TimelockStep | undefined
  /** Owners that are Safes themselves. */
  readonly nested: readonly SafeAtNonce[]
  readonly remarks: readonly string[]
  /** The library that runs the batch; the usual one of the Safe's version if undefined. */
  readonly multiSend?: Address | undefined
}

export interface Proposal {
  readonly batch: BatchFile
  readonly text: readonly string[]
  readonly transaction: SafeTransactionFile
}

/** Makes the three files' contents. */
export function makeProposal(request: ProposalRequest): Proposal {
  const { context, action, timelock, safe, nonce } = request
  const { airdrop, program } = context
  const calls = actionCalls(action, targetOf(context), timelock)
  const multiSend = request.multiSend ?? multiSendCallOnly(safe.chainId, safe.version)
  const transaction = safeTransaction(calls, nonce, multiSend)
  const hashes = safeHashes(safe, transaction)
  const nested = request.nested.map((owner) => nestedApproval(owner, safe.address, hashes))
  const landmarks = {
    airdrop,
    token: program.token.address,
    timelock: timelock?.timelock,
    creationCode: context.creationCode,
  }
  const names = new Map<Address, string>([[safe.address, "this Safe"]])
  for (const owner of nested) names.set(owner.safe.address, "an owner that is a Safe")
  if (timelock !== undefined) names.set(timelock.timelock, "the timelock")
  const title = titleOf(action, context, timelock)
  const text = proposalText(
    {
      title,
      safe,
      nonce,
      hashes,
      calls: calls.map((call) => ({ call, decoded: decodeCall(call, landmarks) })),
      nested: nested.map((approval) => ({ ...approval, nonce: approval.transaction.nonce })),
      remarks: request.remarks,
    },
    wordingOf(context, names),
  )
  return {
    batch: batchFile(safe, { name: title, description: `Safe ${safe.version}, nonce ${nonce}` }, calls),
    text,
    transaction: { safe, transaction, hashes, nested },
  }
}

/** The transaction by which a Safe that is an owner approves the hash. */
export function nestedApproval(
  { safe, nonce }: SafeAtNonce,
  child: Address,
  hashes: SafeHashes,
): NestedApproval {
  const data = SAFE.encodeFunctionData("approveHash", [hashes.safe]) as Hex
  const call = { to: child, value: 0n, data }
  const transaction = safeTransaction([call], nonce, multiSendCallOnly(safe.chainId, safe.version))
  return { safe, transaction, hashes: safeHashes(safe, transaction) }
}

const TITLES: Readonly<Record<Action["name"], string>> = {
  deploy: "deploy and fund the airdrop",
  publish: "announce where the proofs are",
  reserve: "submit a reserve root",
  accept: "accept the reserve root",
  revoke: "revoke the pending reserve root",
  sweep: "sweep what is left",
  collect: "collect what the timelock has swept",
  rescue: "rescue another token",
  "transfer-ownership": "offer the ownership to another owner",
  "accept-ownership": "accept the ownership",
}

function titleOf(action: Action, { name }: ProgramContext, timelock: TimelockStep | undefined): string {
  const step = timelock === undefined ? "" : ` (${timelock.step} in the timelock)`
  return `${name}: ${TITLES[action.name]}${step}`
}
