/** What a signer wants to see before and after a transaction, read from the chain. */
import { tokenAmount } from "../../core/primitives/token.ts"
import { Contract, type Interface, type Provider } from "ethers"
import type { Address } from "../../core/primitives/address.ts"
import { AIRDROP } from "../../core/contract/abi.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { SAFE } from "../../io/safe/safe.ts"

/** Lines by name, in the order in which they are shown. */
export type View = ReadonlyMap<string, string>

/** Reads balances, the Safe's own settings, and the airdrop's state if it stands. */
export async function readView(provider: Provider, context: ProgramContext, safe: Address): Promise<View> {
  const { airdrop, program } = context
  const { token } = program
  const view = new Map<string, string>()
  const read = async (
    address: Address,
    abi: Interface,
    name: string,
    ...values: unknown[]
  ): Promise<unknown> =>
    (await new Contract(address, abi, provider).getFunction(name).staticCall(...values)) as unknown
  const balance = async (account: Address): Promise<string> =>
    tokenAmount(await tokenBalance(provider, token.address, account), token)
  view.set("the Safe holds", await balance(safe))
  view.set("the airdrop holds", await balance(airdrop))
  view.set("the Safe's nonce", String(await read(safe, SAFE, "nonce")))
  view.set("the Safe's threshold", String(await read(safe, SAFE, "getThreshold")))
  view.set(
    "the Safe's owners",
    Array.from((await read(safe, SAFE, "getOwners")) as Iterable<string>).join(", "),
  )
  const code = await provider.getCode(airdrop)
  view.set("the airdrop's code", code === "0x" ? "none" : `${code.length / 2 - 1} bytes`)
  if (code === "0x") return view
  view.set("the airdrop's owner", orNone(await read(airdrop, AIRDROP, "owner")))
  view.set("the airdrop's next owner", orNone(await read(airdrop, AIRDROP, "pendingOwner")))
  view.set("the reserve root", orNone(await read(airdrop, AIRDROP, "reserveRoot")))
  const [root, acceptableAt] = (await read(airdrop, AIRDROP, "pendingReserveRoot")) as [string, bigint]
  view.set(
    "the pending reserve root",
    orNone(root) === "none" ? "none" : `${root}, acceptable from ${isoTime(acceptableAt)}`,
  )
  return view
}

/** Zero stands for none, of addresses and of hashes. */
function orNone(value: unknown): string {
  const text = String(value)
  return BigInt(text) === 0n ? "none" : text
}

/** What differs between two views: "name: before → after". */
export function viewChanges(before: View, after: View): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names.flatMap((name) => {
    const [was = "none", is = "none"] = [before.get(name), after.get(name)]
    return was === is ? [] : [`${name}: ${was} → ${is}`]
  })
}
