import type { Address } from "../../core/primitives/address.ts"
import { constructorParameters, initCode } from "../../core/contract/constructor-parameters.ts"
import { contractAddress } from "../../core/ethereum/create2.ts"
import { fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { readDeployment } from "./deployment-file.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"

/**
 * The addresses that a program's contract of some root may have: where it was deployed, if it was, and where the
 * deterministic deployment would put it, if the program says all that it depends on.
 */
export async function airdropAddresses(
  { folder, program }: LoadedProgram,
  root: Hex,
  leafCount: number,
): Promise<readonly Address[]> {
  const deployment = await readDeployment(folder)
  const deployed = deployment?.automaticRoot === root ? [deployment.address] : []
  const { owner, sweepTime } = program.contract
  if (owner === undefined || sweepTime === undefined) return deployed
  const { bytecode } = await merkleAirdropArtifact()
  return [...deployed, contractAddress(initCode(bytecode, constructorParameters(program, root, leafCount)))]
}

/** keccak256 of what the sources here compile to, without constructor arguments: the same on every machine. */
export async function creationCodeHash(): Promise<Hex> {
  const { bytecode } = await merkleAirdropArtifact()
  return toHex(keccak256(fromHex(bytecode)))
}
