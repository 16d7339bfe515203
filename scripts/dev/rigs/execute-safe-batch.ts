import type { Signer, TransactionReceipt } from "ethers"
import type { Call } from "../../core/ethereum/call.ts"
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { safeTransaction } from "../../core/safe/safe-transaction.ts"
import { multiSendCallOnly } from "../../io/safe/deployments.ts"
import { signSafeTransaction, executeSafeTransaction } from "../../io/safe/execute.ts"
import { readSafe, requireProvider } from "../../io/safe/safe.ts"

/**
 * Executes calls through a Safe: builds the transaction at the Safe's next nonce, signs it by each owner, sends it.
 * @param owners as many as the Safe's threshold
 * @param sender pays the gas; the first owner if omitted
 * @throws AirdropError if the Safe refuses or a call fails; no call has then taken effect
 */
export async function executeSafeBatch(
  safe: Address,
  calls: readonly Call[],
  owners: readonly Signer[],
  sender: Signer | undefined = owners[0],
): Promise<TransactionReceipt> {
  if (sender === undefined) throw new AirdropError("a Safe's transaction needs an owner", { code: "refused" })
  const state = await readSafe(requireProvider(sender), safe)
  const transaction = safeTransaction(calls, state.nonce, multiSendCallOnly(state.chainId, state.version))
  const signatures = await Promise.all(owners.map((owner) => signSafeTransaction(state, transaction, owner)))
  return await executeSafeTransaction(state, transaction, signatures, sender)
}
