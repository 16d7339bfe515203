/** The text of a batch: a description of each call, and the hashes that signers compare. */
import { toChecksum } from "../primitives/address.ts"
import type { ReadCall } from "./decode-call.ts"
import { describeCall, type Wording } from "./describe-call.ts"
import type { SafeHashes, SafeIdentity } from "../safe/safe-transaction.ts"

export interface ProposalText {
  readonly title: string
  readonly safe: SafeIdentity
  readonly nonce: bigint
  readonly hashes: SafeHashes
  readonly calls: readonly ReadCall[]
  readonly nested: readonly {
    readonly safe: SafeIdentity
    readonly nonce: bigint
    readonly hashes: SafeHashes
  }[]
  /** The checks that the proposer made on chain, and those it could not make. */
  readonly notes: readonly string[]
}

/** Returns the lines of the text. */
export function proposalText(proposal: ProposalText, wording: Wording): string[] {
  const { safe, nonce, hashes, calls, nested, notes } = proposal
  const how = calls.length === 1 ? "one call" : `${calls.length} calls, all of them or none`
  return [
    proposal.title,
    "",
    `  Safe      ${toChecksum(safe.address)}`,
    `  chain     ${safe.chainId}`,
    `  version   ${safe.version}`,
    `  nonce     ${nonce}`,
    "",
    `What it does (${how}):`,
    ...describeCalls(calls, wording),
    "",
    "Compare on the hardware wallet, each digit:",
    ...hashLines(hashes),
    ...nested.flatMap((approval) => [
      "",
      `The owner ${toChecksum(approval.safe.address)} is itself a Safe (version ${approval.safe.version}).`,
      `At its nonce ${approval.nonce} it calls approveHash(${hashes.safe})`,
      `of ${toChecksum(safe.address)}. Its own signers compare:`,
      ...hashLines(approval.hashes),
    ]),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ]
}

/** Returns numbered descriptions of calls. */
export function describeCalls(calls: readonly ReadCall[], wording: Wording): string[] {
  return calls.flatMap(({ call, decoded }, i) => {
    const { headline, details } = describeCall(call, decoded, wording)
    return [`  ${i + 1}. ${headline}`, ...details.map((line) => `       ${line}`)]
  })
}

/** Returns the hashes, one a line. */
export function hashLines(hashes: SafeHashes): string[] {
  return [
    `  domain hash             ${hashes.domain}`,
    `  message hash            ${hashes.message}`,
    `  Safe transaction hash   ${hashes.safe}`,
    `  calldata digest         ${hashes.calldata}`,
  ]
}
