/** Makes a proposal: calls, the Safe transaction that runs them, its hashes, and the text. Nothing is written. */
import type { Address } from "../../core/primitives/address.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { decodeCall } from "../../core/multisig/decode-call.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { actionCalls, type Action, type TimelockStep } from "../../core/multisig/actions.ts"
import { proposalText } from "../../core/multisig/proposal-text.ts"
import { titleOf } from "../../core/multisig/titles.ts"
import { batchFile, type BatchFile } from "../../core/safe/safe-batch.ts"
import {
  safeHashes,
  safeTransaction,
  type SafeHashes,
  type SafeIdentity,
  type SafeTransaction,
} from "../../core/safe/safe-transaction.ts"
import type { NestedApproval, SafeTransactionFile } from "./transaction-file.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { targetOf, wordingOf } from "./context.ts"
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
  readonly notes: readonly string[]
  /** The library that runs the batch; the usual one of the Safe's version if undefined. */
  readonly multiSend?: Address | undefined
}

export interface Proposal {
  readonly batch: BatchFile
  readonly text: readonly string[]
  readonly transaction: SafeTransactionFile
}

/** A Safe transaction with the calls that it makes. The rest of a proposal follows from it. */
export interface ProposedCalls {
  readonly context: ProgramContext
  readonly safe: SafeIdentity
  readonly calls: readonly Call[]
  readonly transaction: SafeTransaction
  readonly timelock: Address | undefined
  readonly nested: readonly SafeAtNonce[]
  readonly notes: readonly string[]
}

/** Makes the three files' contents. */
export function makeProposal(request: ProposalRequest): Proposal {
  const { context, action, timelock, safe, nonce, nested, notes } = request
  const calls = actionCalls(action, targetOf(context), timelock)
  const multiSend = request.multiSend ?? multiSendCallOnly(safe.chainId, safe.version)
  const transaction = safeTransaction(calls, nonce, multiSend)
  const by = timelock?.timelock
  return composeProposal({ context, safe, calls, transaction, timelock: by, nested, notes })
}

/** Writes out what follows from calls: a signer's own computer comes to the same as the proposer's. */
export function composeProposal(proposed: ProposedCalls): Proposal {
  const { context, safe, calls, transaction, timelock, notes } = proposed
  const hashes = safeHashes(safe, transaction)
  const nested = proposed.nested.map((owner) => nestedApproval(owner, safe.address, hashes))
  const contracts = {
    airdrop: context.airdrop,
    token: context.program.token.address,
    timelock,
    creationCode: context.creationCode,
  }
  const decoded = calls.map((call) => ({ call, decoded: decodeCall(call, contracts) }))
  const names = new Map<Address, string>([[safe.address, "this Safe"]])
  for (const owner of nested) names.set(owner.safe.address, "an owner that is a Safe")
  if (timelock !== undefined) names.set(timelock, "the timelock")
  const kinds = decoded.map((one) => one.decoded)
  const title = titleOf(context.name, kinds, context.airdrop) ?? `${context.name}: other calls`
  const { nonce } = transaction
  const text = proposalText(
    {
      title,
      safe,
      nonce,
      hashes,
      calls: decoded,
      nested: nested.map((approval) => ({ ...approval, nonce: approval.transaction.nonce })),
      notes,
    },
    wordingOf(context, names),
  )
  return {
    batch: batchFile(safe, { name: title, description: `Safe ${safe.version}, nonce ${nonce}` }, calls),
    text,
    transaction: { safe, transaction, hashes, nested },
  }
}

/** Returns the transaction by which a Safe that is an owner approves the hash. */
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
