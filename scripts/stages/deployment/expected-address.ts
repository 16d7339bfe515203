import type { Address } from "../../core/primitives/address.ts"
import { constructorParameters, initCode } from "../../core/contract/constructor-parameters.ts"
import { contractAddress } from "../../core/ethereum/create2.ts"
import { fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { readDeployment } from "./deployment-file.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"

/**
 * Returns the possible addresses of a program's contract with this root: the recorded one, and the one that the
 * deterministic deployment gives if the program names owner and sweep time.
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

/**
 * Returns the keccak256 of the creation code that these sources compile to, without constructor arguments. It is the
 * same on every machine.
 */
export async function creationCodeHash(): Promise<Hex> {
  const { bytecode } = await merkleAirdropArtifact()
  return toHex(keccak256(fromHex(bytecode)))
}
