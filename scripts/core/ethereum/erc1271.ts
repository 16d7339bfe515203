/** The question whether a contract wallet has signed (ERC-1271). */
import { Interface } from "ethers/abi"
import type { Hex } from "../primitives/bytes.ts"

const ERC1271 = new Interface([
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)",
])

/** The answer of a wallet that has signed: the selector, padded to a word. */
export const WALLET_HAS_SIGNED = `0x1626ba7e${"0".repeat(56)}`

/** Returns the calldata that asks a wallet whether a signature of a digest is its own. */
export function walletQuestion(digest: Hex, signature: string): Hex {
  return ERC1271.encodeFunctionData("isValidSignature", [digest, signature]) as Hex
}
