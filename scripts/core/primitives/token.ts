import type { Address } from "./address.ts"
import { humanAmount } from "./amount.ts"

/** The token of a program. */
export interface Token {
  readonly address: Address
  readonly symbol: string
  readonly decimals: number
}

/** Writes base units for reading, with the token's symbol: "1,500.5 SESH". */
export function tokenAmount(amount: bigint, { symbol, decimals }: Omit<Token, "address">): string {
  return `${humanAmount(amount, decimals)} ${symbol}`
}
