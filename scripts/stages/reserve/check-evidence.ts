/** Checks the evidence of a grant. Some kinds can be checked only with a node. */
import { Contract, hashMessage, id, TypedDataEncoder, type Provider } from "ethers"
import { isProviderFault } from "../../io/rpc/rpc-error.ts"
import { insist } from "../../io/rpc/insist.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import {
  evidenceFault,
  moveDomain,
  moveMessage,
  MOVE_TYPES,
  type Evidence,
  type MoveContext,
  type SignedMove,
  type TransferPath,
} from "../../core/reserve/grant-evidence.ts"

/** The return value for a valid ERC-1271 signature. */
const MAGIC = "0x1626ba7e"
const TRANSFER = id("Transfer(address,address,uint256)")

/**
 * Returns why evidence does not hold; undefined if no fault is found.
 * @param provider undefined to check without a chain
 */
export async function faultOf(
  context: MoveContext,
  { account, evidence }: { readonly account: Address; readonly evidence: Evidence | undefined },
  provider: Provider | undefined,
  token: Address,
): Promise<string | undefined> {
  if (evidence === undefined) return undefined
  const fault = evidenceFault(context, account, evidence)
  if (provider === undefined || evidence.kind === "note") return fault
  if (evidence.kind === "transfers") return fault ?? (await transferFault(evidence, provider, token))
  if (fault === undefined || evidence.to !== account) return fault
  return (await isSignedByContract(context, evidence, provider)) ? undefined : fault
}

/** Asks an old address that is a contract wallet whether it has signed (ERC-1271), as it has no key. */
async function isSignedByContract(
  context: MoveContext,
  move: SignedMove,
  provider: Provider,
): Promise<boolean> {
  const { from, to, signature, scheme } = move
  const hash =
    scheme === "eip191"
      ? hashMessage(moveMessage(context, from, to))
      : TypedDataEncoder.hash(moveDomain(context), MOVE_TYPES, { program: context.program, from, to })
  const wallet = new Contract(
    from,
    ["function isValidSignature(bytes32, bytes) view returns (bytes4)"],
    provider,
  )
  try {
    return (await wallet.getFunction("isValidSignature").staticCall(hash, signature)) === MAGIC
  } catch (error) {
    // A contract that does not answer has not signed; a provider that does not answer says nothing.
    if (isProviderFault(error)) throw error
    return false
  }
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
