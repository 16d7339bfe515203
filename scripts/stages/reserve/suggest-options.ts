/** What `grants P suggest` is told. */
export interface SuggestOptions {
  readonly rpc?: string
  /** A CSV file of transfers, instead of a node. */
  readonly transfers?: string
  readonly fromBlock?: number
  readonly hops: number
  readonly minimum: string
  readonly hub: number
  /** A CSV file of accounts never to follow through. */
  readonly cut?: string
}
