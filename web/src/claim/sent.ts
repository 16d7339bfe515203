/** What a claim sets on chain: its outcome is read from these. */
export interface Flags {
  readonly account: string
  /** The index that will be claimed; undefined if only the reserve is claimed. */
  readonly index: number | undefined
  /**
   * The reserve's cumulative amount after the claim, as a decimal; undefined if only the automatic amount is
   * claimed.
   */
  readonly reserve: string | undefined
}

/** A claim that a wallet has sent. */
export interface Sent {
  /** The answer of the wallet: a transaction's hash, a Safe's hash, or the id of EIP-5792 calls. */
  readonly id: string
  /** The transaction's hash, once it is known. */
  readonly hash: string | undefined
  readonly contract: string
  readonly account: string
  readonly sender: string
  /** The sender's nonce when the claim was sent. */
  readonly nonce: number | undefined
  /** Of every claim in the transaction. All of them are paid, or none by this transaction. */
  readonly flags: readonly Flags[]
  /** Base units, as a decimal. */
  readonly amount: string
  /** Base units of all claims in the same transaction, as a decimal. */
  readonly total: string
  readonly to: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A claim whose payment was seen on chain. */
export interface Payment {
  readonly sent: Sent
  /** Undefined if the payment was seen, but not its transaction. */
  readonly hash: string | undefined
  /** The time of the payment's block, or of the block at which it was seen. Unix seconds. */
  readonly time: number
}

const HASH = /^0x[0-9a-fA-F]{64}$/

/** Returns true for a text that may be the hash of a transaction. */
export function isHash(id: string): boolean {
  return HASH.test(id)
}
