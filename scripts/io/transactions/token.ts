import { Contract, type Provider } from "ethers"
import type { Address } from "../../core/primitives/address.ts"
import { TOKEN } from "../../core/ethereum/erc20.ts"

/** What an address holds of a token, in base units. */
export async function tokenBalance(
  provider: Provider,
  token: Address,
  account: string,
  blockTag: number | "latest" = "latest",
): Promise<bigint> {
  const contract = new Contract(token, TOKEN, provider)
  return BigInt(String(await contract.getFunction("balanceOf").staticCall(account, { blockTag })))
}

/** How many decimals a token says that it has. */
export async function tokenDecimals(provider: Provider, token: Address): Promise<number> {
  const contract = new Contract(token, TOKEN, provider)
  return Number(await contract.getFunction("decimals").staticCall())
}
