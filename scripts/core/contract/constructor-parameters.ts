/**
 * The constructor arguments of MerkleAirdrop. Its address follows from salt, creation code and these arguments, not
 * from the sender. A contract with another root, owner or cap has another address.
 */
import { AbiCoder, type Result } from "ethers"
import { parseAddress, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import type { Program } from "../program/program.ts"

/** The constructor's argument, `MerkleAirdrop.Parameters`. Amounts in base units, times in seconds. */
export interface ConstructorParameters {
  readonly token: Address
  readonly automaticRoot: Hex
  readonly leafCount: bigint
  readonly reserveCap: bigint
  readonly reserveDelay: bigint
  readonly sweepTime: bigint
  readonly owner: Address
  /** Empty for a deterministic deployment: the published files contain the address, so it cannot depend on theirs. */
  readonly proofsURI: string
}

const PARAMETERS =
  "tuple(address token, bytes32 automaticRoot, uint256 leafCount, uint256 reserveCap, uint256 reserveDelay, uint256 sweepTime, address owner, string proofsURI)"

/**
 * Returns the constructor arguments of a program's contract.
 * @param leafCount the number of leaves under the root
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
      code: "unresolved",
      hint: "Set contract.owner in program.json to the Safe.",
    })
  }
  if (sweepTime === undefined) {
    throw new AirdropError(
      "the program names no contract.sweepTime, so the contract's address is not known",
      { code: "unresolved" },
    )
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

/** Returns the encoded arguments, which follow the creation code. */
export function encodeParameters(parameters: ConstructorParameters): Hex {
  return AbiCoder.defaultAbiCoder().encode([PARAMETERS], [parameters]).toLowerCase() as Hex
}

/**
 * Decodes constructor arguments strictly.
 * @returns undefined if they are not the canonical encoding of such parameters
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

/** Returns creation code followed by its constructor arguments, which CREATE2 runs and hashes. */
export function initCode(bytecode: string, parameters: ConstructorParameters): Hex {
  return toHex(concatBytes([fromHex(bytecode), fromHex(encodeParameters(parameters))]))
}
