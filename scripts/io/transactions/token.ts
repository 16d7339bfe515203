import { BaseContract, isError, type Provider } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { TOKEN, type TokenViews } from "../../core/ethereum/erc20.ts"

/** Reads an account's balance of a token, in base units. */
export async function tokenBalance(
  provider: Provider,
  token: Address,
  account: string,
  blockTag: number | "latest" = "latest",
): Promise<bigint> {
  return await ask(provider, token, async (views) => await views.balanceOf(account, { blockTag }))
}

/** Reads the symbol of a token. */
export async function tokenSymbol(provider: Provider, token: Address): Promise<string> {
  return await ask(provider, token, async (views) => await views.symbol())
}

/** Reads the decimals of a token. */
export async function tokenDecimals(provider: Provider, token: Address): Promise<number> {
  return Number(await ask(provider, token, async (views) => await views.decimals()))
}

/** @throws AirdropError `unknown` if the address has no code, or its code has no such view */
async function ask<Answer>(
  provider: Provider,
  token: Address,
  read: (views: TokenViews) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await read(BaseContract.from<TokenViews>(token, TOKEN, provider))
  } catch (cause) {
    if (!isError(cause, "BAD_DATA") && !isError(cause, "CALL_EXCEPTION")) throw cause
    throw new AirdropError(`${toChecksum(token)} does not answer as a token on this chain`, {
      code: "unknown",
      hint: "Check the token's address and the chain.",
      cause,
    })
  }
}
