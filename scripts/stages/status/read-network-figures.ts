/** The staking network's own figures, as its holders know them. */
import type { JsonRpcApiProvider } from "ethers"
import type { Address } from "../../core/primitives/address.ts"
import { networkFigures, type NetworkFigures } from "../../core/status/network-figures.ts"
import { peopleOf, UNMERGED } from "../../core/snapshot/people.ts"
import type { Snapshot } from "../../core/snapshot/snapshot.ts"
import { findBlock } from "../../io/rpc/find-block.ts"
import { NO_JOURNAL } from "../../io/rpc/journal.ts"
import { pinTo } from "../../io/rpc/pinned-reader.ts"
import { ARBITRUM_ONE } from "../../core/ethereum/chains.ts"
import { SESSION } from "../../core/session/contracts.ts"
import { readNodes } from "../snapshot/read-nodes.ts"
import { createRpc } from "../../io/rpc/client.ts"
import { tokenBalance } from "../../io/transactions/token.ts"

export interface NetworkRequest {
  readonly chainId: number
  readonly token: Address
  readonly rewards: Address
  readonly block: number
  /** Groups stakes by person; without it every address counts as a person. */
  readonly snapshot: Snapshot | undefined
}

/**
 * Reads the nodes and the reward pool at a block.
 * @param url of the node; its own client reads in few requests
 */
export async function readNetworkFigures(
  url: string,
  provider: JsonRpcApiProvider,
  { chainId, token, rewards, block, snapshot }: NetworkRequest,
): Promise<NetworkFigures> {
  const rpc = createRpc(url)
  const header = await findBlock(rpc, { block }, { chainId, allowUnfinalized: true })
  const { nodes } = await readNodes(pinTo(rpc, header, NO_JOURNAL), rewards)
  const people = snapshot === undefined ? UNMERGED : peopleOf(snapshot.accounts)
  const isSession = chainId === ARBITRUM_ONE && token === SESSION.token
  const pool = isSession ? await tokenBalance(provider, token, SESSION.pool, block) : undefined
  return networkFigures(nodes, people, pool)
}
