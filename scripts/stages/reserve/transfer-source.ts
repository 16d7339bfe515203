/** Reads the transfers that suggestions follow, from a node or a file. */
import type { JsonRpcApiProvider } from "ethers"
import { connect } from "../../io/rpc/provider.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { readTransfers } from "../../io/rpc/transfers.ts"
import type { Address } from "../../core/primitives/address.ts"
import { invariant } from "../../core/primitives/error.ts"
import type { Snapshot } from "../../core/snapshot/snapshot.ts"
import type { Transfer } from "../../core/ethereum/transfer.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readTransferFile } from "./transfer-file.ts"
import type { Output } from "../../io/terminal/output.ts"
import { readSafe } from "../../io/safe/safe.ts"
import type { SuggestOptions } from "./suggest-terms.ts"

export interface Followed {
  readonly transfers: readonly Transfer[]
  readonly timeOf: (transfer: Transfer) => Promise<Date>
  /** Returns true if a contract is deployed at an address that the snapshot does not contain. */
  readonly isContract: (address: Address) => Promise<boolean>
}

/** Reads every transfer of the token up to the snapshot from a node. */
export async function fromNode(
  { program }: LoadedProgram,
  snapshot: Snapshot,
  { rpc, fromBlock = 0 }: SuggestOptions,
  out: Output,
): Promise<Followed> {
  const provider = await connect(rpc, program.chainId)
  const search = { token: program.token.address, from: fromBlock, to: snapshot.block.number }
  const transfers = await readTransfers(provider.rpc, search, (done, total) => {
    out.progress("blocks", done, total)
  })
  return {
    transfers,
    timeOf: async ({ block }) => new Date((await provider.getBlock(block)).timestamp * 1000),
    isContract: async (address) => await isJoiningContract(provider, address),
  }
}

/**
 * Returns true for a contract that may pass tokens between unrelated people. Plain accounts, also delegated ones
 * (EIP-7702), and Safes are not.
 */
async function isJoiningContract(provider: JsonRpcApiProvider, address: Address): Promise<boolean> {
  const code = await provider.getCode(address)
  if (code === "0x" || code.startsWith("0xef0100")) return false
  return await readSafe(provider, address).then(
    () => false,
    (error: unknown) => {
      if (error instanceof RpcError) throw error
      return true
    },
  )
}

/** Reads the transfers up to the snapshot from a CSV file. Addresses that the snapshot does not have remain unknown. */
export async function fromFile(
  { program }: LoadedProgram,
  snapshot: Snapshot,
  path: string,
): Promise<Followed> {
  const { transfers, times } = await readTransferFile(path, program.token.decimals)
  const end = new Date(snapshot.block.timestamp * 1000)
  return {
    transfers: transfers.filter(({ order }) => (times[order] ?? end) <= end),
    timeOf: ({ order }) => {
      const time = times[order]
      invariant(time !== undefined, `transfer ${order} has a time`)
      return Promise.resolve(time)
    },
    isContract: () => Promise.resolve(false),
  }
}
