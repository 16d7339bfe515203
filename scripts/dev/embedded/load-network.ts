/** Writes a network file into the storage of the replicas, slot by slot, as the real contracts would have it. */
import type { Address } from "../../core/primitives/address.ts"
import {
  CONTRIBUTOR_WORDS,
  NODE_WORDS,
  REWARDS_SLOTS,
  WORDS_PER_CONTRIBUTOR,
  contributorsBase,
  mappingSlot,
  nodeBase,
} from "../../core/session/storage-layout.ts"
import { wordHex } from "../../core/primitives/words.ts"
import { artifactOf } from "../../io/project/artifacts.ts"
import { withImmutables } from "../../io/project/immutables.ts"
import type { Request } from "../../io/rpc/request.ts"
import { accountsOf, placeAccount, placeVesting, REPLICAS, type Store } from "./load-accounts.ts"
import type { NetworkFile, NetworkNode } from "./network-file.ts"

/** The SESH that the pool of the network's own rewards began with, in base units. */
const POOL_BALANCE = 40_000_000_000_000_000n
/** Slots of OpenZeppelin's ERC20: balances and total supply. */
const BALANCES = 0n
const TOTAL_SUPPLY = 2n

/** Loads all of a network file and mines up to its block, or one block on where the chain is past that already. */
export async function loadNetwork(request: Request, network: NetworkFile): Promise<void> {
  const store: Store = async (address, slot, value) => {
    if (value !== 0n)
      await request("hardhat_setStorageAt", [address, `0x${slot.toString(16)}`, wordHex(value)])
  }
  await storeRewards(store, network)
  await storePool(request, network)
  await storeBalances(store, network)
  for (const [address, vesting] of network.vesting)
    await placeVesting(request, store, network, address, vesting)
  for (const [address, account] of accountsOf(network)) await placeAccount(request, store, address, account)
  await mineTo(request, network.block)
}

async function storeRewards(store: Store, network: NetworkFile): Promise<void> {
  const { rewards, token, pool } = network.contracts
  await store(rewards, REWARDS_SLOTS.token, (BigInt(token) << 8n) | 1n)
  await store(rewards, REWARDS_SLOTS.nextId, (network.nextServiceNodeID << 160n) | BigInt(pool))
  await store(rewards, REWARDS_SLOTS.totalNodes, BigInt(network.totalNodes))
  await store(rewards, REWARDS_SLOTS.stakingRequirement, network.stakingRequirement)
  await store(rewards, REWARDS_SLOTS.maxContributors, BigInt(network.maxContributors))
  const links = (next: bigint, prev: bigint): bigint => (prev << 64n) | next
  const { nodes } = network
  await store(rewards, nodeBase(0n), links(nodes[0]?.id ?? 0n, nodes.at(-1)?.id ?? 0n))
  for (const [i, node] of nodes.entries()) {
    await storeNode(store, rewards, node, links(nodes[i + 1]?.id ?? 0n, nodes[i - 1]?.id ?? 0n))
  }
}

async function storeNode(store: Store, rewards: Address, node: NetworkNode, links: bigint): Promise<void> {
  const base = nodeBase(node.id)
  await store(rewards, base + NODE_WORDS.links, links)
  await store(rewards, base + NODE_WORDS.operator, BigInt(node.operator))
  await store(rewards, base + NODE_WORDS.blsX, node.blsPubkey.X)
  await store(rewards, base + NODE_WORDS.blsY, node.blsPubkey.Y)
  await store(rewards, base + NODE_WORDS.added, BigInt(node.addedTimestamp))
  await store(rewards, base + NODE_WORDS.leaveRequest, BigInt(node.leaveRequestTimestamp))
  await store(rewards, base + NODE_WORDS.latestLeaveRequest, BigInt(node.latestLeaveRequestTimestamp))
  await store(rewards, base + NODE_WORDS.deposit, node.deposit)
  await store(rewards, base + NODE_WORDS.contributorCount, BigInt(node.contributors.length))
  await store(rewards, base + NODE_WORDS.ed25519, node.ed25519Pubkey)
  let at = contributorsBase(base)
  for (const { addr, beneficiary, stakedAmount } of node.contributors) {
    await store(rewards, at + CONTRIBUTOR_WORDS.address, BigInt(addr))
    await store(rewards, at + CONTRIBUTOR_WORDS.beneficiary, BigInt(beneficiary))
    await store(rewards, at + CONTRIBUTOR_WORDS.stake, stakedAmount)
    at += WORDS_PER_CONTRIBUTOR
  }
}

async function storePool(request: Request, network: NetworkFile): Promise<void> {
  const { pool, token } = network.contracts
  const artifact = await artifactOf("RewardRatePool", `${REPLICAS}/RewardRatePool.sol`)
  await request("hardhat_setCode", [pool, withImmutables(artifact, [BigInt(token)])])
}

async function storeBalances(store: Store, { contracts, nodes }: NetworkFile): Promise<void> {
  const staked = nodes.reduce((sum, { deposit }) => sum + deposit, 0n)
  await store(contracts.token, mappingSlot(BigInt(contracts.rewards), BALANCES), staked)
  await store(contracts.token, mappingSlot(BigInt(contracts.pool), BALANCES), POOL_BALANCE)
  await store(contracts.token, TOTAL_SUPPLY, staked + POOL_BALANCE)
}

async function mineTo(
  request: Request,
  target: { readonly number: number; readonly timestamp: number },
): Promise<void> {
  const latest = (await request("eth_getBlockByNumber", ["latest", false])) as {
    number: string
    timestamp: string
  }
  const missing = target.number - Number(latest.number) - 1
  const spare = target.timestamp - Number(latest.timestamp) - 1
  if (missing > 0) {
    await request("evm_setNextBlockTimestamp", [`0x${(Number(latest.timestamp) + 1).toString(16)}`])
    await request("hardhat_mine", ["0x1"])
    if (missing > 1) await request("hardhat_mine", [`0x${(missing - 1).toString(16)}`, "0x1"])
  }
  if (spare > Math.max(missing, 0)) {
    await request("evm_setNextBlockTimestamp", [`0x${target.timestamp.toString(16)}`])
  }
  await request("hardhat_mine", ["0x1"])
}
