/**
 * The evidence of a grant. The strong kind is a message that the old address signs and that names the new one.
 * Anyone can check it at any time, and only the holder of the old address can have made it.
 */
import { verifyMessage, verifyTypedData } from "ethers"
import { parseAddress, toChecksum, type Address } from "../primitives/address.ts"
import type { TypedField } from "../claim/claim-signature.ts"

export type Evidence = SignedMove | TransferPath | { readonly kind: "note"; readonly text: string }

/** "I hold `from`, and my payments are to go to `to`." */
export interface SignedMove {
  readonly kind: "signed"
  readonly scheme: "eip191" | "eip712"
  readonly from: Address
  readonly to: Address
  readonly signature: string
}

/** Tokens traced from an eligible address to the granted one, as `grants suggest` finds them. */
export interface TransferPath {
  readonly kind: "transfers"
  readonly from: Address
  readonly hops: readonly Hop[]
}

export interface Hop {
  readonly to: Address
  /** Base units. */
  readonly amount: bigint
  readonly time: Date
  readonly transaction: string
}

/** The program of a message. A message signed for another program or chain is not valid here. */
export interface MoveContext {
  readonly program: string
  readonly chainId: number
}

export const MOVE_TYPES: { Move: TypedField[] } = {
  Move: [
    { name: "program", type: "string" },
    { name: "from", type: "address" },
    { name: "to", type: "address" },
  ],
}

/** Returns the text that a plain wallet signs (EIP-191, personal_sign). */
export function moveMessage({ program, chainId }: MoveContext, from: Address, to: Address): string {
  return [
    `${program} (chain ${chainId})`,
    `I hold the address ${toChecksum(from)}.`,
    `What I am due from the reserve is to be paid to ${toChecksum(to)}.`,
  ].join("\n")
}

/** Returns the EIP-712 domain of the same statement. It names no contract, as grants may precede the deployment. */
export function moveDomain({ chainId }: MoveContext): { name: string; version: string; chainId: number } {
  return { name: "MerkleAirdrop", version: "1", chainId }
}

/** Returns the signer of a move by a plain key, or undefined if the signature is invalid. */
export function moveSigner(context: MoveContext, move: SignedMove): Address | undefined {
  const { from, to, signature } = move
  try {
    const signer =
      move.scheme === "eip191"
        ? verifyMessage(moveMessage(context, from, to), signature)
        : verifyTypedData(moveDomain(context), MOVE_TYPES, { program: context.program, from, to }, signature)
    return parseAddress(signer)
  } catch {
    return undefined
  }
}

/** Returns the fault in a grant's evidence that is visible without a chain, or undefined. */
export function evidenceFault(
  context: MoveContext,
  account: Address,
  evidence: Evidence,
): string | undefined {
  switch (evidence.kind) {
    case "note":
      return undefined
    case "transfers": {
      const last = evidence.hops.at(-1)
      return last?.to === account ? undefined : `the transfers do not lead to ${toChecksum(account)}`
    }
    case "signed": {
      if (evidence.to !== account) return `the message names ${toChecksum(evidence.to)}`
      const signer = moveSigner(context, evidence)
      if (signer === undefined) return "the signature is not one"
      if (signer === evidence.from) return undefined
      return `the message is signed by ${toChecksum(signer)}, not by ${toChecksum(evidence.from)}`
    }
  }
}
