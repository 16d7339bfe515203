import type { Address } from "../primitives/address.ts"

/** Session's contracts on Arbitrum One. */
export const SESSION = {
  token: "0x10ea9e5303670331bdddfa66a4cea47dae4fcf3b",
  rewards: "0xc2b9fc251ac068763ebdfdecc792e3352e351c00",
  pool: "0x11f040e89dfabba9070ffe6145e914ac68dbfea0",
  factory: "0x8129be2d5ef7acd39483c19f28de86b7ef19dbca",
} as const satisfies Record<string, Address>

/** The implementation behind the proxy of the staking contract, as its release of May 2025 records it. */
export const REWARDS_IMPLEMENTATION: Address = "0x40d1c84fcf7e18792b0431da2f744a6f0b664d46"
