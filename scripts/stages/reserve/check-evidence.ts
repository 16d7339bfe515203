/** Checks the evidence of a grant. Some kinds can be checked only with a node. */
import { id, type Provider } from "ethers"
import { insist } from "../../io/rpc/insist.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import {
  judgeEvidence,
  type Evidence,
  type EvidenceContext,
  type TransferPath,
} from "../../core/reserve/grant-evidence.ts"
import { walletFault } from "../statements/wallet-signature.ts"

const TRANSFER = id("Transfer(address,address,uint256)")

/**
 * Returns the fault of a grant's evidence, or undefined.
 * @param provider undefined to check without a chain; the signature of a contract wallet is then a fault
 */
export async function faultOf(
  context: EvidenceContext,
  { account, evidence }: { readonly account: Address; readonly evidence: Evidence | undefined },
  provider: Provider | undefined,
  token: Address,
): Promise<string | undefined> {
  if (evidence === undefined) return undefined
  const { fault, open = [] } = judgeEvidence(context, account, evidence)
  if (fault !== undefined) return fault
  if (provider === undefined)
    return open.length === 0 ? undefined : "only a node can check the signature of a contract wallet"
  if (evidence.kind === "transfers") return await transferFault(evidence, provider, token)
  for (const signature of open) {
    const found = await walletFault(provider, signature)
    if (found !== undefined) return found
  }
  return undefined
}

/** Looks each transfer up again. */
async function transferFault(
  { from, hops }: TransferPath,
  provider: Provider,
  token: Address,
): Promise<string | undefined> {
  let sender = from
  for (const { to, amount, transaction } of hops) {
    const receipt = await insist(async () => await provider.getTransactionReceipt(transaction))
    const isThere = receipt?.logs.some(
      ({ address, topics, data }) =>
        address.toLowerCase() === token &&
        topics[0] === TRANSFER &&
        topics[1] === wordOf(sender) &&
        topics[2] === wordOf(to) &&
        BigInt(data) === amount,
    )
    if (isThere !== true) return `transaction ${transaction} holds no such transfer to ${toChecksum(to)}`
    sender = to
  }
  return undefined
}

function wordOf(address: Address): string {
  return `0x${address.slice(2).padStart(64, "0")}`
}
