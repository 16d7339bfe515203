/** Asks contract wallets whether they accept a signature (ERC-1271). */
import type { BlockTag, Provider } from "ethers"
import { walletQuestion, WALLET_HAS_SIGNED } from "../../core/ethereum/erc1271.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import { statementDigest } from "../../core/statements/signer.ts"
import { isProviderFault } from "../../io/rpc/rpc-error.ts"
import type { WalletSignature } from "../../core/statements/judge.ts"

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
  const data = walletQuestion(statementDigest(terms, "erc1271"), signature)
  try {
    if ((await provider.call({ to: wallet, data, blockTag })) === WALLET_HAS_SIGNED) return undefined
  } catch (error) {
    // A contract that does not answer has not signed; a provider that does not answer says nothing.
    if (isProviderFault(error)) throw error
  }
  return `the contract wallet ${toChecksum(wallet)} does not accept the signature`
}
