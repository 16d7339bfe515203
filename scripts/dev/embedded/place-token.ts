/** Places a stand-in for a token at the token's own address. */
import { hexlify, toUtf8Bytes, zeroPadBytes } from "ethers"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Token } from "../../core/primitives/token.ts"
import { artifactOf } from "../../io/project/artifacts.ts"
import { withImmutables } from "../../io/project/immutables.ts"
import type { Request } from "../../io/rpc/request.ts"
import { REPLICAS } from "./load-accounts.ts"

/**
 * Sets the code of a token with this symbol and these decimals. Anyone may mint it.
 * @throws AirdropError if the symbol is longer than the 32 bytes that the stand-in holds
 */
export async function placeToken(request: Request, token: Token): Promise<void> {
  const bytes = toUtf8Bytes(token.symbol)
  if (bytes.length > 32) {
    throw new AirdropError(`the symbol "${token.symbol}" is longer than 32 bytes`, { code: "invalid-value" })
  }
  const symbol = BigInt(zeroPadBytes(hexlify(bytes), 32))
  const artifact = await artifactOf("StandInToken", `${REPLICAS}/StandInToken.sol`)
  await request("hardhat_setCode", [
    token.address,
    withImmutables(artifact, [symbol, BigInt(token.decimals)]),
  ])
}
