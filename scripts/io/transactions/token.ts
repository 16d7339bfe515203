import { Contract, type Provider } from "ethers"
import type { Address } from "../../core/primitives/address.ts"
import { TOKEN } from "../../core/ethereum/erc20.ts"

/** Reads an account's balance of a token, in base units. */
export async function tokenBalance(
  provider: Provider,
  token: Address,
  account: string,
  blockTag: number | "latest" = "latest",
): Promise<bigint> {
  const contract = new Contract(token, TOKEN, provider)
  return BigInt(String(await contract.getFunction("balanceOf").staticCall(account, { blockTag })))
}

/** Reads the decimals of a token. */
export async function tokenDecimals(provider: Provider, token: Address): Promise<number> {
  return Number(await new Contract(token, TOKEN, provider).getFunction("decimals").staticCall())
}
