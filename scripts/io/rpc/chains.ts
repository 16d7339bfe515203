/** Addresses on Arbitrum One that are the same for every program. */
import type { Address } from "../../core/primitives/address.ts"

export const SESSION = {
  token: "0x10ea9e5303670331bdddfa66a4cea47dae4fcf3b",
  rewards: "0xc2b9fc251ac068763ebdfdecc792e3352e351c00",
  pool: "0x11f040e89dfabba9070ffe6145e914ac68dbfea0",
  factory: "0x8129be2d5ef7acd39483c19f28de86b7ef19dbca",
} as const satisfies Record<string, Address>

export const MULTICALL3: Address = "0xca11bde05977b3631167028862be2a173976ca11"

/** The Safe singleton that new Safes on Arbitrum One stand on: SafeL2 1.4.1. */
export const SAFE_L2: Address = "0x29fcb43b46531bca003ddc8fcb67ffe91900c762"

/** Before this block Arbitrum One was not yet Nitro: its state cannot be read by the same means. */
export const FIRST_NITRO_BLOCK = 22_207_817
export const ARBITRUM_ONE = 42161
