/** Writes a network file into the storage of the replicas, slot by slot, as the real contracts would have it. */
import { createRequire } from "node:module"
import type { Address } from "../core/address.ts"
import { ZERO_ADDRESS } from "../core/address.ts"
import { InvariantError } from "../core/error.ts"
import {
  CONTRIBUTOR_WORDS,
  NODE_WORDS,
  REWARDS_SLOTS,
  VESTING_SLOTS,
  WORDS_PER_CONTRIBUTOR,
  contributorsBase,
  mappingSlot,
  nodeBase,
  wordHex,
} from "../core/session-layout.ts"
import { artifactOf, type Artifact } from "./artifacts.ts"
import type { Request } from "./embedded.ts"
import type { NetworkAccount, NetworkFile, NetworkNode, NetworkVesting } from "./network-file.ts"
import { SAFE_L2 } from "./places.ts"

/** What stakers that a network file calls "eip7702-staker" are delegated to: MetaMask's stateless delegator. */
const DEFAULT_DELEGATE: Address = "0x63c0c19a282a1b52b07dd5a65b58948a07dae32b"
/** The SESH that the pool of the network's own rewards began with, in base units. */
const POOL_BALANCE = 40_000_000_000_000_000n
const ONE_ETHER = "0xde0b6b3a7640000"
/** Slots of OpenZeppelin's ERC20: balances and total supply. */
const BALANCES = 0n
const TOTAL_SUPPLY = 2n
const REPLICAS = "contracts/replica"

type Store = (address: Address, slot: bigint, value: bigint) => Promise<void>

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

async function placeVesting(
  request: Request,
  store: Store,
  network: NetworkFile,
  address: Address,
  vesting: NetworkVesting,
): Promise<void> {
  const { token, rewards } = network.contracts
  const transferable = vesting.transferableBeneficiary ? 1n : 0n
  const end = BigInt(vesting.end)
  const [name, immutables] =
    vesting.kind === "vesting-staking"
      ? [
          "TokenVestingStaking",
          [BigInt(vesting.start ?? 0), end, BigInt(token), BigInt(rewards), transferable],
        ]
      : ["TokenVestingNoStaking", [BigInt(vesting.cliff ?? 0), end, transferable]]
  const artifact = await artifactOf(name, `${REPLICAS}/${name}.sol`)
  await request("hardhat_setCode", [address, withImmutables(artifact, immutables)])
  await request("hardhat_setNonce", [address, "0x1"])
  const slots = VESTING_SLOTS[vesting.kind]
  const words = new Map<bigint, bigint>()
  const add = (slot: bigint, value: bigint): unknown => words.set(slot, (words.get(slot) ?? 0n) | value)
  add(slots.beneficiary, BigInt(vesting.beneficiary))
  add(slots.revoker, BigInt(vesting.revoker))
  add(slots.revoked, (vesting.revoked ? 1n : 0n) << (8n * slots.revokedByte))
  for (const [slot, value] of words) await store(address, slot, value)
}

/** What stands at the stakers' and at the named addresses, vesting contracts apart. */
function accountsOf({ nodes, vesting, accounts }: NetworkFile): ReadonlyMap<Address, NetworkAccount> {
  const all = new Map<Address, NetworkAccount>()
  for (const node of nodes) {
    for (const { addr } of node.contributors) {
      if (addr !== ZERO_ADDRESS && !vesting.has(addr)) all.set(addr, { kind: "plain" })
    }
  }
  for (const node of nodes) {
    if (node.tags.includes("eip7702-staker"))
      all.set(node.operator, { kind: "eip7702", delegate: DEFAULT_DELEGATE })
  }
  for (const [address, account] of accounts) all.set(address, account)
  return all
}

async function placeAccount(
  request: Request,
  store: Store,
  address: Address,
  account: NetworkAccount,
): Promise<void> {
  switch (account.kind) {
    case "plain":
    case "eip7702": {
      const code = account.kind === "plain" ? "0x" : `0xef0100${account.delegate.slice(2)}`
      if (account.kind === "eip7702") await request("hardhat_setCode", [address, code])
      // An account that has staked has sent a transaction. Hardhat's own accounts have ether already.
      if ((await request("eth_getTransactionCount", [address, "latest"])) === "0x0") {
        if ((await request("eth_getBalance", [address, "latest"])) === "0x0") {
          await request("hardhat_setBalance", [address, ONE_ETHER])
        }
        await request("hardhat_setNonce", [address, "0x1"])
      }
      return
    }
    case "contract":
      await request("hardhat_setCode", [address, "0x00"])
      return
    case "safe": {
      await request("hardhat_setCode", [address, safeProxyCode()])
      for (const [slot, value] of safeWords(account.owners, account.threshold))
        await store(address, slot, value)
    }
  }
}

/** The storage of a Safe: singleton in slot 0, owners as a ring in a mapping at 2, their number in 3, threshold in 4. */
function safeWords(
  owners: readonly Address[],
  threshold: number,
): readonly (readonly [slot: bigint, value: bigint])[] {
  const sentinel = 1n
  const ring = [sentinel, ...owners.map(BigInt), sentinel]
  const links = ring
    .slice(0, -1)
    .map((owner, i) => [mappingSlot(owner, 2n), ring[i + 1] ?? sentinel] as const)
  return [[0n, BigInt(SAFE_L2)], ...links, [3n, BigInt(owners.length)], [4n, BigInt(threshold)]]
}

function safeProxyCode(): string {
  const artifact =
    "@safe-global/safe-contracts/build/artifacts/contracts/proxies/SafeProxy.sol/SafeProxy.json"
  return (createRequire(import.meta.url)(artifact) as { deployedBytecode: string }).deployedBytecode
}

/** Fills a contract's immutables in, in the order of their declarations, which is that of the compiler's numbers. */
function withImmutables(
  { contractName, deployedBytecode, immutableReferences }: Artifact,
  values: readonly bigint[],
): string {
  const ids = Object.keys(immutableReferences).sort((a, b) => Number(a) - Number(b))
  if (ids.length !== values.length) {
    throw new InvariantError(`${contractName} has ${ids.length} immutables in its code, not ${values.length}`)
  }
  let code = deployedBytecode
  ids.forEach((id, i) => {
    for (const { start } of immutableReferences[id] ?? []) {
      const at = 2 + 2 * start
      code = code.slice(0, at) + wordHex(values[i] ?? 0n).slice(2) + code.slice(at + 64)
    }
  })
  return code
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
