import { BaseContract, type Provider } from "ethers"
import type { Address } from "../../core/primitives/address.ts"
import { TOKEN, type TokenViews } from "../../core/ethereum/erc20.ts"

/** Reads an account's balance of a token, in base units. */
export async function tokenBalance(
  provider: Provider,
  token: Address,
  account: string,
  blockTag: number | "latest" = "latest",
): Promise<bigint> {
  return await BaseContract.from<TokenViews>(token, TOKEN, provider).balanceOf(account, { blockTag })
}

/** Reads the symbol of a token. */
export async function tokenSymbol(provider: Provider, token: Address): Promise<string> {
  return await BaseContract.from<TokenViews>(token, TOKEN, provider).symbol()
}

/** Reads the decimals of a token. */
export async function tokenDecimals(provider: Provider, token: Address): Promise<number> {
  return Number(await BaseContract.from<TokenViews>(token, TOKEN, provider).decimals())
}
