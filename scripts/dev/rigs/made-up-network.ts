import { SESSION } from "../../core/session/contracts.ts"
import { ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import type { NetworkFile, NetworkNode, NetworkVesting } from "../embedded/network-file.ts"

const STAKE = 25_000_000_000_000n
const VESTING = 500
const RECIPIENTS = 800
const START = 1_747_785_600

/**
 * Returns a network like the real one. Half of the nodes are solo, the others have two to ten contributors, and every
 * fifth id is gone. There are as many stakers as a third of the nodes and 400 more, 500 vesting contracts, half of
 * which stake, and 800 recipients.
 */
export function madeUpNetwork(size: number): {
  readonly network: NetworkFile
  readonly recipients: readonly Address[]
} {
  const people = Array.from({ length: Math.ceil(size / 3) + 400 }, (_, i) => addressOf(`person ${i}`))
  const vesting = new Map(
    Array.from({ length: VESTING }, (_, i) => [addressOf(`vesting ${i}`), vestingOf(i, people)] as const),
  )
  const stakers = [
    ...people,
    ...[...vesting].filter(([, { kind }]) => kind === "vesting-staking").map(([address]) => address),
  ]
  const nodes = Array.from({ length: size }, (_, i) => nodeOf(i, stakers))
  const network: NetworkFile = {
    chainId: 42161,
    contracts: {
      token: SESSION.token,
      rewards: SESSION.rewards,
      pool: SESSION.pool,
      factory: SESSION.factory,
    },
    block: { number: 50, timestamp: START + 90_000 },
    stakingRequirement: STAKE,
    maxContributors: 10,
    totalNodes: size,
    nextServiceNodeID: (nodes.at(-1)?.id ?? 0n) + 1n,
    nodes,
    vesting,
    accounts: new Map(),
  }
  return { network, recipients: [...vesting.keys(), ...people.slice(0, RECIPIENTS - VESTING)] }
}

function vestingOf(i: number, people: readonly Address[]): NetworkVesting {
  const staking = i % 2 === 0
  return {
    kind: staking ? "vesting-staking" : "vesting-nostaking",
    beneficiary: people[i % people.length] ?? people[0] ?? ZERO_ADDRESS,
    revoker: addressOf("revoker"),
    revoked: i % 97 === 0,
    transferableBeneficiary: i % 3 === 0,
    ...(staking ? { start: START } : { cliff: START + 1000 + i }),
    end: START + 10_000_000 + i,
  }
}

function nodeOf(i: number, stakers: readonly Address[]): NetworkNode {
  const count = i % 2 === 0 ? 1 : 2 + ((i >> 1) % 9)
  const share = STAKE / BigInt(count)
  const contributors = Array.from({ length: count }, (_, j) => {
    const addr = stakers[(7 * i + 13 * j) % stakers.length] ?? ZERO_ADDRESS
    return { addr, beneficiary: addr, stakedAmount: j === 0 ? STAKE - share * BigInt(count - 1) : share }
  })
  return {
    id: BigInt(i + 1 + Math.floor(i / 4)),
    operator: contributors[0]?.addr ?? ZERO_ADDRESS,
    contributors,
    deposit: STAKE,
    addedTimestamp: START + i,
    leaveRequestTimestamp: i % 30 === 0 ? START + 2 * i + 1 : 0,
    latestLeaveRequestTimestamp: i % 30 === 0 ? START + 2 * i + 1 : 0,
    blsPubkey: { X: hashOf(`bls x ${i}`), Y: hashOf(`bls y ${i}`) },
    ed25519Pubkey: hashOf(`ed25519 ${i}`),
    tags: [],
  }
}

function addressOf(label: string): Address {
  return toHex(keccak256(new TextEncoder().encode(label)).subarray(12))
}

function hashOf(label: string): bigint {
  return BigInt(toHex(keccak256(new TextEncoder().encode(label))))
}
