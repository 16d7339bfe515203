import { AirdropError } from "../core/error.ts"

export interface SuggestOptions {
  readonly rpc?: string
  /** A CSV file of transfers, instead of a node. */
  readonly transfers?: string
  readonly fromBlock?: string
  readonly hops: string
  readonly minimum: string
  readonly hub: string
  /** A CSV file of accounts never to follow through. */
  readonly cut?: string
}

/** A number out of an option. */
export function whole(text: string, option: string, most: number): number {
  const value = /^[0-9]{1,13}$/.test(text) ? Number(text) : Number.NaN
  if (value <= most) return value
  throw new AirdropError(`${option} "${text}" is not a whole number up to ${most}`)
}
