import { parseAddress, type Address } from "../primitives/address.ts"
import { toHex, fromHex, concatBytes, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import type { Call } from "./call.ts"

/** The deterministic deployment proxy: takes salt and creation code end to end, and runs CREATE2 with them. */
export const DEPLOYMENT_PROXY: Address = "0x4e59b44847b379578588920ca78fbf26c0b4956c"

/** The salt of every deployment unless another is asked for. The code and arguments tell programs apart. */
export const ZERO_SALT: Hex = `0x${"00".repeat(32)}`

/** The address that CREATE2 gives to creation code run by `creator` with a salt of 32 bytes. */
export function contractAddress(
  code: Hex,
  salt: Hex = ZERO_SALT,
  creator: Address = DEPLOYMENT_PROXY,
): Address {
  const preimage = [Uint8Array.of(0xff), fromHex(creator, 20), fromHex(salt, 32), keccak256(fromHex(code))]
  return parseAddress(toHex(keccak256(concatBytes(preimage)).subarray(12)))
}

/** The call that creates the contract: anyone may send it, and the outcome is the same. */
export function deploymentCall(code: Hex, salt: Hex = ZERO_SALT): Call {
  return { to: DEPLOYMENT_PROXY, value: 0n, data: toHex(concatBytes([fromHex(salt, 32), fromHex(code)])) }
}
