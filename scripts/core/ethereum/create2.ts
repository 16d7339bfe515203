import { parseAddress, type Address } from "../primitives/address.ts"
import { toHex, fromHex, concatBytes, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import type { Call } from "./call.ts"

/** The deterministic deployment proxy. It runs CREATE2 with the salt and creation code in its calldata. */
export const DEPLOYMENT_PROXY: Address = "0x4e59b44847b379578588920ca78fbf26c0b4956c"

/** The default salt of a deployment. Programs have different addresses because their code and arguments differ. */
export const ZERO_SALT: Hex = `0x${"00".repeat(32)}`

/**
 * Returns the address that CREATE2 gives to creation code run by `creator`.
 * @param salt 32 bytes
 */
export function contractAddress(
  code: Hex,
  salt: Hex = ZERO_SALT,
  creator: Address = DEPLOYMENT_PROXY,
): Address {
  const preimage = [Uint8Array.of(0xff), fromHex(creator, 20), fromHex(salt, 32), keccak256(fromHex(code))]
  return parseAddress(toHex(keccak256(concatBytes(preimage)).subarray(12)))
}

/** Returns the call that creates the contract. Any account may send it, with the same outcome. */
export function deploymentCall(code: Hex, salt: Hex = ZERO_SALT): Call {
  return { to: DEPLOYMENT_PROXY, value: 0n, data: toHex(concatBytes([fromHex(salt, 32), fromHex(code)])) }
}
