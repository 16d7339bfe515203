/** Finds the contract whose recorded lists are rebuilt: by its address, or by a program's deployment.json. */
import { chainOf } from "../../core/ethereum/chains.ts"
import { parseAddress } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { createRpc } from "../../io/rpc/client.ts"
import { chainIdOf } from "../../io/rpc/endpoints.ts"
import { connect } from "../../io/rpc/provider.ts"
import { requireDeployment } from "../deployment/deployment-file.ts"
import { loadProgram } from "../program/load-program.ts"
import type { RecordedAirdrop } from "./verify-recorded.ts"

/** @throws AirdropError if there is no such program or deployment, or an address without --rpc */
export async function recordedTarget(
  nameOrAddress: string,
  rpc: string | undefined,
): Promise<Omit<RecordedAirdrop, "onProgress">> {
  if (/^0x[0-9a-fA-F]{40}$/.test(nameOrAddress)) {
    const address = parseAddress(nameOrAddress)
    if (rpc === undefined)
      throw new AirdropError("a contract's address alone does not say on which chain it is", {
        code: "usage",
        hint: "Give --rpc URL.",
      })
    const chain = chainOf(await chainIdOf(createRpc(rpc)))
    const provider = await connect(rpc, chain.id)
    return { program: `rebuilt-${address.slice(2, 10)}`, provider, address, chain, fromBlock: undefined }
  }
  const { folder, name, program } = await loadProgram(nameOrAddress)
  const deployment = await requireDeployment(folder)
  const provider = await connect(rpc, program.chainId)
  return {
    program: name,
    provider,
    address: deployment.address,
    chain: program.chain,
    fromBlock: deployment.block,
  }
}
