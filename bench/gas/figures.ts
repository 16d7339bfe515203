import type { ClaimCost, SettingsCost } from "./measure.ts"
import type { Share } from "./minimum.ts"

/** All figures of the bench, in gas; sizes in bytes of runtime code. */
export interface GasFigures {
  readonly typicalClaim: number
  readonly firstOfWord: number
  readonly holdingClaim: number
  readonly rangePerRecipient50: number
  readonly rangePerRecipient200: number
  readonly dispersePerRecipient50: number
  readonly dispersePerRecipient200: number
  readonly packedDropPerRecipient50: number
  readonly packedDropPerRecipient200: number
  /** One transaction that pays all 1,024 with an empty proof. */
  readonly levelOf1024: number
  /** A typical claim of the contract with Solady's proof library, which is not shipped. */
  readonly solady: number
  /** A typical claim of the least contract in plain Solidity. */
  readonly plainSolidity: number
  /** What Arbitrum bills for a transaction's data: bytes after brotli at quality 1. Of 200 recipients at once. */
  readonly claimBytes: number
  readonly rangeBytesPerRecipient: number
  readonly disperseBytesPerRecipient: number
  readonly deployment: number
  readonly codeSize: number
  readonly distributors: readonly ClaimCost[]
  /** A claim in a fresh word, by length of the proof: 0 to 20. */
  readonly byProofLength: readonly number[]
  readonly settings: readonly SettingsCost[]
  /** The parts of a typical claim's gas, compared with the gas schedule. */
  readonly shares: readonly Share[]
}

/** The limit of each figure. The peers' figures have none. */
export const BUDGET = {
  typicalClaim: 70500,
  firstOfWord: 87650,
  rangePerRecipient200: 29100,
} as const
