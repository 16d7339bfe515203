import { amountOf } from "../../core/merkle/leaf-list.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import { connect } from "../../io/rpc/provider.ts"
import { merkleAirdropAt } from "../deployment/airdrop-contract.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { ChainStage } from "./chain-stage.ts"
import { auditStage } from "./verify-audit.ts"
import { blockStage } from "./verify-block.ts"
import { contractStage } from "./verify-chain.ts"
import { payableStage } from "./verify-payable.ts"

export type ChainProgress = (label: string, done: number, total: number) => void

/**
 * Compares a program with its chain: the snapshot's block, the deployed contract, the list as the chain's machine
 * recomputes it, and whether everybody can be paid.
 */
export async function verifyOnChain(
  loaded: LoadedProgram,
  leaves: Leaves,
  rpc: string,
  onProgress: ChainProgress,
): Promise<readonly ChainStage[]> {
  const provider = await connect(rpc, loaded.program.chainId)
  const block = await blockStage(loaded, provider.rpc)
  const contract = await contractStage(loaded, leaves, provider)
  const stages = block === undefined ? [contract.stage] : [block, contract.stage]
  const { address, isOurs } = contract
  if (address === undefined) return stages
  const { list } = leaves
  const airdrop = await merkleAirdropAt(toChecksum(address), provider)
  const progress = (label: string) => (done: number, total: number) => {
    onProgress(label, done, total)
  }
  const audit = await auditStage({
    provider,
    airdrop,
    address,
    list,
    amounts: Array.from({ length: list.count }, (_, row) => amountOf(list, row)),
    token: loaded.program.token,
    onProgress: progress("rows audited"),
  })
  // Where the root is another one, every proof is refused.
  if (!isOurs) return [...stages, audit]
  const payable = await payableStage(loaded, {
    provider,
    airdrop,
    address,
    leaves,
    onProgress: progress("payments simulated"),
  })
  return [...stages, audit, payable]
}
