import { hashMessage, recoverAddress, TypedDataEncoder } from "ethers"
import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"
import {
  STATEMENT_TYPES,
  statementDomain,
  statementMessage,
  statementText,
  type Signature,
  type StatementTerms,
} from "./statement.ts"

/** Half the order of secp256k1. A larger `s` is the second form of a signature, which OpenZeppelin refuses too. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n
/** r, s and a v of 27 or 28. */
const KEY_SIGNATURE = /^0x([0-9a-fA-F]{64})([0-9a-fA-F]{64})(1b|1c|1B|1C)$/

/** Returns the digest that is signed: EIP-191 for plain messages, EIP-712 for typed ones and contract wallets. */
export function statementDigest(terms: StatementTerms, scheme: Signature["scheme"]): Hex {
  return (
    scheme === "eip191"
      ? hashMessage(statementText(terms))
      : TypedDataEncoder.hash(
          statementDomain(terms.chainId),
          STATEMENT_TYPES[terms.kind],
          statementMessage(terms),
        )
  ) as Hex
}

/** Returns the account whose key signed a digest, or undefined if the signature is invalid or not in its usual form. */
export function signerOf(digest: Hex, signature: string): Address | undefined {
  const parts = KEY_SIGNATURE.exec(signature)
  if (parts === null || BigInt(`0x${parts[2]}`) > HALF_ORDER) return undefined
  try {
    return recoverAddress(digest, signature).toLowerCase() as Address
  } catch {
    return undefined
  }
}
