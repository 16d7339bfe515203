/**
 * Where a MerkleAirdrop will stand, known before anybody signs. It is created by the deterministic deployment proxy,
 * whose CREATE2 makes the address a function of salt, creation code and constructor arguments alone: the same from
 * any sender, and never that of a contract with another root, owner or cap.
 */
import { AbiCoder, type Result } from "ethers"
import { parseAddress, type Address } from "../primitives/address.ts"
import type { Call } from "../ethereum/call.ts"
import { AirdropError } from "../primitives/error.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import type { Program } from "../program/program.ts"

/** The deterministic deployment proxy: takes salt and creation code end to end, and runs CREATE2 with them. */
export const DEPLOYMENT_PROXY: Address = "0x4e59b44847b379578588920ca78fbf26c0b4956c"

/** The salt of every deployment unless another is asked for. The code and arguments tell programs apart. */
export const ZERO_SALT: Hex = `0x${"00".repeat(32)}`

/** The constructor's argument, `MerkleAirdrop.Parameters`. Amounts in base units, times in seconds. */
export interface ConstructorParameters {
  readonly token: Address
  readonly automaticRoot: Hex
  readonly leafCount: bigint
  readonly reserveCap: bigint
  readonly reserveDelay: bigint
  readonly sweepTime: bigint
  readonly owner: Address
  /** Empty for a deterministic deployment: the published files hold the address, so it cannot follow from theirs. */
  readonly proofsURI: string
}

const PARAMETERS =
  "tuple(address token, bytes32 automaticRoot, uint256 leafCount, uint256 reserveCap, uint256 reserveDelay, uint256 sweepTime, address owner, string proofsURI)"

/**
 * What a program's contract is constructed with.
 * @param leafCount how many leaves stand under the root
 * @throws AirdropError if the program leaves its owner or sweep time open
 */
export function constructorParameters(
  program: Pick<Program, "token" | "tranches" | "contract">,
  automaticRoot: Hex,
  leafCount: number,
): ConstructorParameters {
  const { owner, sweepTime, reserveDelay } = program.contract
  if (owner === undefined) {
    throw new AirdropError("the program names no contract.owner, so the contract's address is not known", {
      hint: "Set contract.owner in program.json to the Safe.",
    })
  }
  if (sweepTime === undefined) {
    throw new AirdropError("the program names no contract.sweepTime, so the contract's address is not known")
  }
  return {
    token: program.token.address,
    automaticRoot,
    leafCount: BigInt(leafCount),
    reserveCap: program.tranches.reserve,
    reserveDelay: BigInt(reserveDelay),
    sweepTime: BigInt(sweepTime.getTime()) / 1000n,
    owner,
    proofsURI: "",
  }
}

/** Constructor arguments as they follow the creation code. */
export function encodeParameters(parameters: ConstructorParameters): Hex {
  return AbiCoder.defaultAbiCoder().encode([PARAMETERS], [parameters]).toLowerCase() as Hex
}

/**
 * Reads constructor arguments back, strictly.
 * @returns undefined if they are not the one encoding of such parameters
 */
export function decodeParameters(encoded: Hex): ConstructorParameters | undefined {
  try {
    const [found] = AbiCoder.defaultAbiCoder().decode([PARAMETERS], encoded).toArray() as [Result]
    const [token, automaticRoot, leafCount, reserveCap, reserveDelay, sweepTime, owner, proofsURI] =
      found.toArray() as [string, Hex, bigint, bigint, bigint, bigint, string, string]
    const parameters = {
      token: parseAddress(token),
      automaticRoot,
      leafCount,
      reserveCap,
      reserveDelay,
      sweepTime,
      owner: parseAddress(owner),
      proofsURI,
    }
    return encodeParameters(parameters) === encoded ? parameters : undefined
  } catch {
    return undefined
  }
}

/** Creation code with constructor arguments: what CREATE2 runs and hashes. */
export function initCode(bytecode: string, parameters: ConstructorParameters): Hex {
  return toHex(concatBytes([fromHex(bytecode), fromHex(encodeParameters(parameters))]))
}

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
