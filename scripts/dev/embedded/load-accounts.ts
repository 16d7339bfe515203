/** Puts vesting contracts, Safes and other accounts of a network file on the embedded chain. */
import { createRequire } from "node:module"
import { ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { mappingSlot, VESTING_SLOTS } from "../../core/session/storage-layout.ts"
import { artifactOf } from "../../io/project/artifacts.ts"
import { withImmutables } from "../../io/project/immutables.ts"
import type { Request } from "../../io/rpc/request.ts"
import type { NetworkAccount, NetworkFile, NetworkVesting } from "./network-file.ts"
import { safeContracts } from "../../io/safe/deployments.ts"
import { ARBITRUM_ONE } from "../../core/ethereum/chains.ts"

/** Writes one word of storage. */
export type Store = (address: Address, slot: bigint, value: bigint) => Promise<void>

/** The delegate of stakers that a network file calls "eip7702-staker": MetaMask's stateless delegator. */
const DEFAULT_DELEGATE: Address = "0x63c0c19a282a1b52b07dd5a65b58948a07dae32b"
const ONE_ETHER = "0xde0b6b3a7640000"
export const REPLICAS = "contracts/replica"

export async function placeVesting(
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

/** Returns the accounts at the stakers' and the named addresses, without the vesting contracts. */
export function accountsOf({ nodes, vesting, accounts }: NetworkFile): ReadonlyMap<Address, NetworkAccount> {
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

export async function placeAccount(
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

/**
 * Returns the storage of a Safe: singleton in slot 0, owners as a ring in a mapping at 2, their number in 3, threshold
 * in 4.
 */
function safeWords(
  owners: readonly Address[],
  threshold: number,
): readonly (readonly [slot: bigint, value: bigint])[] {
  const sentinel = 1n
  const ring = [sentinel, ...owners.map(BigInt), sentinel]
  const links = ring
    .slice(0, -1)
    .map((owner, i) => [mappingSlot(owner, 2n), ring[i + 1] ?? sentinel] as const)
  return [
    [0n, BigInt(safeContracts(ARBITRUM_ONE).singleton)],
    ...links,
    [3n, BigInt(owners.length)],
    [4n, BigInt(threshold)],
  ]
}

function safeProxyCode(): string {
  const artifact =
    "@safe-global/safe-contracts/build/artifacts/contracts/proxies/SafeProxy.sol/SafeProxy.json"
  return (createRequire(import.meta.url)(artifact) as { deployedBytecode: string }).deployedBytecode
}
