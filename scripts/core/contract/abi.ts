/** The interface of MerkleAirdrop, and the functions of it that its owner calls. */
import { Interface } from "ethers"
import { AIRDROP_ITEMS } from "./abi-items.ts"

export const AIRDROP = new Interface(AIRDROP_ITEMS)

/** The calls by which the owner runs an airdrop: those that a batch may hold. */
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

/** The calls that pay, as far as a Safe makes them: its own claims, and batches of a distribution. */
export const CLAIM_CALLS = ["claim", "claimTo", "claimRange", "claimReserve", "claimReserveTo"] as const
