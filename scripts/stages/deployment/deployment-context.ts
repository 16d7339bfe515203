/** Reads from a program's files the contract that batches are made for and inspected against. */
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import type { Address } from "../../core/primitives/address.ts"
import { constructorParameters, initCode } from "../../core/contract/constructor-parameters.ts"
import { contractAddress } from "../../core/ethereum/create2.ts"
import type { ConstructorParameters } from "../../core/contract/constructor-parameters.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { readDeployment } from "./deployment-file.ts"
import { loadProgram, type LoadedProgram } from "../program/load-program.ts"
import { readTranche, requireAutomatic, type PublishedTranche } from "../publication/read-tranche.ts"

/** A program with its published lists, their roots recomputed, and what follows from them. */
export interface ProgramContext extends LoadedProgram {
  readonly automatic: PublishedTranche
  readonly reserve: PublishedTranche | undefined
  readonly parameters: ConstructorParameters
  /** Creation code compiled from the sources here, without and with arguments. */
  readonly creationCode: Hex
  readonly initCode: Hex
  /** The contract's address: as recorded, or as it will be deployed. */
  readonly airdrop: Address
  /** Base units: all that can ever be claimed, the sum of the automatic list and the whole reserve. */
  readonly funding: bigint
}

/**
 * Reads a program and what is published of it.
 * @throws AirdropError if lists, manifests and program contradict each other
 */
export async function loadContext(nameOrPath: string): Promise<ProgramContext> {
  const loaded = await loadProgram(nameOrPath)
  const { folder, program } = loaded
  const automatic = await requireAutomatic(folder, program)
  const reserve = await readTranche(folder, program, "reserve")
  const { bytecode } = await merkleAirdropArtifact()
  const parameters = constructorParameters(program, automatic.root, automatic.list.count)
  const code = initCode(bytecode, parameters)
  const deployment = await readDeployment(folder)
  const isDeployed = deployment?.chainId === program.chainId && deployment.automaticRoot === automatic.root
  return {
    ...loaded,
    automatic,
    reserve,
    parameters,
    creationCode: bytecode.toLowerCase() as Hex,
    initCode: code,
    airdrop: isDeployed ? deployment.address : contractAddress(code),
    funding: automatic.total + program.tranches.reserve,
  }
}
