/** Asks contract wallets whether they accept a signature (ERC-1271). */
import { Interface, type BlockTag, type Provider } from "ethers"
import { toChecksum } from "../../core/primitives/address.ts"
import { statementDigest } from "../../core/statements/signer.ts"
import { isProviderFault } from "../../io/rpc/rpc-error.ts"
import type { WalletSignature } from "../../core/statements/judge.ts"

const ERC1271 = new Interface([
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)",
])
/** The answer for a valid signature: the selector, padded to a word. */
const VALID = `0x1626ba7e${"0".repeat(56)}`

/**
 * Returns the fault of a contract wallet's signature, or undefined if the wallet accepts it.
 * @param blockTag the state to ask; the latest if absent
 * @throws the node's error, if it does not answer
 */
export async function walletFault(
  provider: Provider,
  { wallet, terms, signature }: WalletSignature,
  blockTag: BlockTag = "latest",
): Promise<string | undefined> {
  const digest = statementDigest(terms, "erc1271")
  const data = ERC1271.encodeFunctionData("isValidSignature", [digest, signature])
  try {
    if ((await provider.call({ to: wallet, data, blockTag })) === VALID) return undefined
  } catch (error) {
    // A contract that does not answer has not signed; a provider that does not answer says nothing.
    if (isProviderFault(error)) throw error
  }
  return `the contract wallet ${toChecksum(wallet)} does not accept the signature`
}
