/** Reads from the chain what a signer sees before and after a transaction. */
import { tokenAmount } from "../../core/primitives/token.ts"
import type { Provider } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { readSafe } from "../../io/safe/safe.ts"
import { merkleAirdropAt } from "../deployment/airdrop-contract.ts"

/** Lines by name, in the order in which they are shown. */
export type View = ReadonlyMap<string, string>

/** Reads balances, the Safe's own settings, and the airdrop's state if it is deployed. */
export async function readView(provider: Provider, context: ProgramContext, safe: Address): Promise<View> {
  const { airdrop, program } = context
  const { token } = program
  const view = new Map<string, string>()
  const balance = async (account: Address): Promise<string> =>
    tokenAmount(await tokenBalance(provider, token.address, account), token)
  view.set("the Safe holds", await balance(safe))
  view.set("the airdrop holds", await balance(airdrop))
  const { nonce, threshold, owners } = await readSafe(provider, safe)
  view.set("the Safe's nonce", nonce.toString())
  view.set("the Safe's threshold", threshold.toString())
  view.set("the Safe's owners", owners.map(toChecksum).join(", "))
  const code = await provider.getCode(airdrop)
  view.set("the airdrop's code", code === "0x" ? "none" : `${code.length / 2 - 1} bytes`)
  if (code === "0x") return view
  const contract = await merkleAirdropAt(toChecksum(airdrop), provider)
  view.set("the airdrop's owner", orNone(await contract.owner()))
  view.set("the airdrop's next owner", orNone(await contract.pendingOwner()))
  view.set("the reserve root", orNone(await contract.reserveRoot()))
  const { root, acceptableAt } = await contract.pendingReserveRoot()
  view.set(
    "the pending reserve root",
    orNone(root) === "none" ? "none" : `${root}, acceptable from ${isoTime(acceptableAt)}`,
  )
  return view
}

/** Writes "none" for a zero address or hash. */
function orNone(text: string): string {
  return BigInt(text) === 0n ? "none" : text
}

/** Lists what differs between two views: "name: before → after". */
export function viewChanges(before: View, after: View): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names.flatMap((name) => {
    const [was = "none", is = "none"] = [before.get(name), after.get(name)]
    return was === is ? [] : [`${name}: ${was} → ${is}`]
  })
}
