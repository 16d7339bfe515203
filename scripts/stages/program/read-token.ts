/** Reads what a new program needs to know of its chain: the token's symbol and decimals, and what its owner is. */
import type { Provider } from "ethers"
import { chainText, type Chain } from "../../core/ethereum/chains.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Token } from "../../core/primitives/token.ts"
import { readSafe, type SafeState } from "../../io/safe/safe.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { tokenDecimals, tokenSymbol } from "../../io/transactions/token.ts"

/**
 * Reads a token's symbol and decimals.
 * @throws AirdropError if the address is not a token
 */
export async function readToken(provider: Provider, address: Address, chain: Chain): Promise<Token> {
  await requireCode(provider, address, chain, "the token")
  try {
    const [symbol, decimals] = await Promise.all([
      tokenSymbol(provider, address),
      tokenDecimals(provider, address),
    ])
    return { address, symbol, decimals }
  } catch (cause) {
    if (cause instanceof RpcError) throw cause
    throw new AirdropError(`${toChecksum(address)} does not answer as a token on ${chainText(chain)}`, {
      code: "unknown",
      hint: "Give the address of an ERC-20 token on that chain.",
      cause,
    })
  }
}

/**
 * Reads the Safe that is to own the contract.
 * @throws AirdropError if the owner is not a Safe
 */
export async function readOwner(provider: Provider, owner: Address, chain: Chain): Promise<SafeState> {
  try {
    await requireCode(provider, owner, chain, "the owner")
    return await readSafe(provider, owner)
  } catch (cause) {
    if (cause instanceof RpcError || !(cause instanceof AirdropError)) throw cause
    throw new AirdropError(`the owner ${toChecksum(owner)} is not a Safe on ${chainText(chain)}`, {
      code: "refused",
      hint: "Give the address of a Safe on that chain. --any-owner accepts a key or another contract, for tests.",
      cause,
    })
  }
}

async function requireCode(provider: Provider, address: Address, chain: Chain, what: string): Promise<void> {
  if ((await provider.getCode(address)) !== "0x") return
  throw new AirdropError(`${what} ${toChecksum(address)} has no code on ${chainText(chain)}`, {
    code: "unknown",
    hint: "Check the address and the chain.",
  })
}
