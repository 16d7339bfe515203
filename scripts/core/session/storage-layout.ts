/**
 * The storage layout of the Session contracts, ServiceNodeRewards and the vesting contracts, slot by slot. The
 * embedded chain writes its storage with it. Evidence is requested and checked with it.
 */
import { fromHex, toHex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { wordHex } from "../primitives/words.ts"

/** Single slots of ServiceNodeRewards. */
export const REWARDS_SLOTS = {
  /** isStarted in byte 0, designatedToken from byte 1. */
  token: 0n,
  /** foundationPool in byte 0, nextServiceNodeID from byte 20. */
  nextId: 1n,
  totalNodes: 2n,
  stakingRequirement: 11n,
  maxContributors: 12n,
} as const

/** The slot of the mapping of nodes. */
const NODES_SLOT = 16n

/** Words of a node, counted from its base. */
export const NODE_WORDS = {
  /** next in the low 64 bits, prev in the 64 above. */
  links: 0n,
  operator: 1n,
  blsX: 2n,
  blsY: 3n,
  added: 4n,
  leaveRequest: 5n,
  latestLeaveRequest: 6n,
  deposit: 7n,
  contributorCount: 8n,
  ed25519: 9n,
} as const

/** Words of a contributor, counted from its own first one. */
export const CONTRIBUTOR_WORDS = { address: 0n, beneficiary: 1n, stake: 2n } as const
export const WORDS_PER_CONTRIBUTOR = 3n

/**
 * Slots of the vesting contracts, by kind. `revokedByte` is the position of the flag in its slot, from the low
 * end.
 */
export const VESTING_SLOTS = {
  "vesting-staking": { beneficiary: 0n, revoker: 1n, revoked: 1n, revokedByte: 20n },
  "vesting-nostaking": { beneficiary: 0n, revoker: 1n, revoked: 3n, revokedByte: 0n },
} as const

/** Returns the first slot of a node. */
export function nodeBase(id: bigint): bigint {
  return hashWords(id, NODES_SLOT)
}

/** Returns the first slot of the contributors of the node that starts at `base`. Each contributor takes three slots. */
export function contributorsBase(base: bigint): bigint {
  return hashWords(base + NODE_WORDS.contributorCount)
}

/** Returns the slot of a mapping's value: keccak256(key . slot). */
export function mappingSlot(key: bigint, slot: bigint): bigint {
  return hashWords(key, slot)
}

function hashWords(...words: readonly bigint[]): bigint {
  const bytes = new Uint8Array(32 * words.length)
  words.forEach((word, i) => {
    bytes.set(fromHex(wordHex(word)), 32 * i)
  })
  return BigInt(toHex(keccak256(bytes)))
}
