import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { requireDeployment, type Deployment } from "./deployment-file.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { merkleAirdropAt } from "./airdrop-contract.ts"
import { connect, type NodeProvider } from "../../io/rpc/provider.ts"

/** A program's contract on its chain. */
export interface OpenProgram {
  readonly provider: NodeProvider
  readonly airdrop: MerkleAirdrop
  readonly address: Address
  /** Nothing of the contract is before it. */
  readonly deployBlock: number
  readonly deployment: Deployment
}

/**
 * Connects to the chain of a program and finds its contract there.
 * @param rpc URL of a node; from the environment if not given
 * @throws AirdropError if the program is not deployed, or its address has no code
 */
export async function openProgram(
  { folder, program }: LoadedProgram,
  rpc: string | undefined,
): Promise<OpenProgram> {
  const deployment = await requireDeployment(folder)
  if (deployment.chainId !== program.chainId) {
    throw new AirdropError(
      `the program is on chain ${program.chainId}, its deployment on ${deployment.chainId}`,
      { code: "inconsistent" },
    )
  }
  const provider = await connect(rpc, program.chainId)
  if ((await provider.getCode(deployment.address)) === "0x") {
    throw new AirdropError(`no contract is deployed at ${deployment.address} on the node's chain`, {
      code: "mismatch",
    })
  }
  const airdrop = await merkleAirdropAt(deployment.address, provider)
  return { provider, airdrop, address: deployment.address, deployBlock: deployment.block, deployment }
}
