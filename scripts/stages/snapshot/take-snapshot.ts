/** Takes a snapshot: implementations, nodes and accounts at one block. */
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { VerifiedHeader } from "../../core/ethereum/block-header.ts"
import type { Snapshot } from "../../core/session/snapshot.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { requireKnownImplementation } from "../../core/session/implementation.ts"
import { readAccounts } from "./read-accounts.ts"
import { readImplementations } from "./read-implementations.ts"
import { nodeCall, readNodes } from "./read-nodes.ts"

export interface SnapshotRequest {
  readonly chainId: number
  readonly token: Address
  readonly stakingContract: Address
  /** Accounts to classify besides stakers and beneficiaries: recipients, and payees that rules name. */
  readonly accounts: readonly Address[]
  /** The implementation of the staking contract that the operators reviewed, if any. */
  readonly reviewedImplementation: Address | undefined
}

export type OnProgress = (label: string, done: number, total: number) => void

/**
 * Reads everything an allocation depends on at the reader's block.
 * @throws AirdropError if the contracts do not agree with each other or with the program
 */
export async function takeSnapshot(
  reader: PinnedReader,
  { chainId, token, stakingContract, accounts: listed, reviewedImplementation }: SnapshotRequest,
  onProgress: OnProgress = () => undefined,
): Promise<Snapshot> {
  const implementations = await readImplementations(reader, { token, stakingContract })
  const contracts = { token, stakingContract, implementations }
  requireKnownImplementation({ chainId, contracts }, reviewedImplementation)
  const network = await readNodes(reader, stakingContract, (done, total) => {
    onProgress("nodes", done, total)
  })
  if (network.token !== token) {
    throw new AirdropError(
      `the staking contract ${stakingContract} is for the token ${network.token}, not ${token}`,
      { code: "inconsistent" },
    )
  }
  const stakers = network.nodes.flatMap(({ operator, contributors }) => [
    operator,
    ...contributors.map(({ address }) => address),
  ])
  const accounts = await readAccounts(reader, [...listed, ...stakers], {
    token,
    canary: nodeCall(stakingContract, network.nodes[0]?.id ?? 0n),
    onProgress: (done, total) => {
      onProgress("accounts", done, total)
    },
  })
  return {
    format: "merkle-airdrop/snapshot@1",
    chainId,
    block: blockOf(reader.block),
    contracts,
    stakingRequirement: network.stakingRequirement,
    maxContributors: network.maxContributors,
    nodes: network.nodes,
    accounts: new Map([...accounts].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function blockOf({ number, hash, timestamp }: VerifiedHeader): Snapshot["block"] {
  return { number, hash, timestamp }
}
