/** The interface of MerkleAirdrop, and the functions that its owner calls. */
import { Interface } from "ethers"
import { AIRDROP_ITEMS } from "./abi-items.ts"

export const AIRDROP = new Interface(AIRDROP_ITEMS)

/** The calls by which the owner runs an airdrop. A batch may hold these. */
export const OWNER_CALLS = [
  "submitReserveRoot",
  "acceptReserveRoot",
  "revokeReserveRoot",
  "publishProofs",
  "sweep",
  "rescue",
  "transferOwnership",
  "acceptOwnership",
] as const

export type OwnerCall = (typeof OWNER_CALLS)[number]

/** The calls that pay. A Safe makes them for its own claims, for others' and for batches of a distribution. */
export const CLAIM_CALLS = [
  "claim",
  "claimTo",
  "claimWithSignature",
  "claimRange",
  "claimReserve",
  "claimReserveTo",
  "claimReserveWithSignature",
] as const
