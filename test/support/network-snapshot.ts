import { REWARDS_IMPLEMENTATION } from "../../scripts/core/session/contracts.ts"
import type { NetworkFile } from "../../scripts/dev/embedded/network-file.ts"
import type { Address } from "../../scripts/core/primitives/address.ts"
import { parseJsonText } from "../../scripts/core/files/parsed-json.ts"
import { snapshotOf } from "../../scripts/core/snapshot/snapshot-json.ts"
import type { Account } from "../../scripts/core/snapshot/account.ts"
import type { Snapshot } from "../../scripts/core/snapshot/snapshot.ts"
import { sessionStaking } from "../../scripts/core/readers/session-staking.ts"

/** Returns the snapshot of a network file without a chain, for tests of later stages. */
export function snapshotOfNetwork(network: NetworkFile, recipients: readonly Address[]): Snapshot {
  const accounts = new Map<Address, Account>()
  for (const account of recipients) accounts.set(account, { kind: "plain" })
  for (const { operator, contributors } of network.nodes)
    for (const account of [operator, ...contributors.map(({ addr }) => addr)])
      accounts.set(account, { kind: "plain" })
  for (const { beneficiary } of network.vesting.values()) accounts.set(beneficiary, { kind: "plain" })
  for (const [account, { kind, beneficiary, revoker, revoked, start, cliff, end }] of network.vesting) {
    accounts.set(account, { kind, beneficiary, revoker, revoked, start: start ?? cliff ?? 0, end })
  }
  return {
    format: "merkle-airdrop/snapshot@1",
    chainId: network.chainId,
    block: { number: network.block.number, hash: `0x${"11".repeat(32)}`, timestamp: network.block.timestamp },
    token: { address: network.contracts.token, implementation: network.contracts.token },
    sections: new Map([
      [
        sessionStaking.name,
        {
          stakingContract: network.contracts.rewards,
          implementation: REWARDS_IMPLEMENTATION,
          token: network.contracts.token,
          stakingRequirement: network.stakingRequirement,
          maxContributors: network.maxContributors,
          nodes: network.nodes.map((node) => ({
            id: node.id,
            operator: node.operator,
            addedTimestamp: node.addedTimestamp,
            leaveRequestTimestamp: node.leaveRequestTimestamp,
            contributors: node.contributors.map(({ addr, beneficiary, stakedAmount }) => ({
              address: addr,
              beneficiary,
              stake: stakedAmount,
            })),
          })),
        },
      ],
    ]),
    accounts,
  }
}

/** Reads the text of a snapshot.json. */
export function parseSnapshot(text: string, file: string): Snapshot {
  return snapshotOf(parseJsonText(text, file), file)
}
