/** What a node means when it does not take a transaction; no two say it alike. */
export type SendFault =
  /** It has this very transaction. */
  | "known"
  /** The nonce is used up by a mined transaction. */
  | "nonce-used"
  /** Another transaction of the same nonce waits, and pays as much. */
  | "underpriced"
  /** The fee is below the base fee of the moment. */
  | "fee-too-low"
  | "no-funds"
  | "too-large"
  /** Anything else, which may pass. */
  | "unknown"

const PATTERNS: readonly (readonly [SendFault, RegExp])[] = [
  ["known", /already known|known transaction|already imported|already exists|transaction already in/i],
  ["underpriced", /replacement|underpriced|gas price too low to replace|REPLACEMENT_/i],
  [
    "nonce-used",
    /nonce (is )?too low|nonce has already been used|NONCE_EXPIRED|lower than the current nonce|old nonce|invalid nonce/i,
  ],
  [
    "fee-too-low",
    /less than (the )?block base ?fee|max fee per gas (is )?(less|too low)|fee ?cap (is )?(too low|less)|lower than the next block's base fee|base fee exceeds/i,
  ],
  ["no-funds", /insufficient funds|doesn't have enough funds|insufficient balance|gas \* price \+ value/i],
  [
    "too-large",
    /exceeds (the )?(block )?gas limit|gas limit (is )?(too high|reached)|intrinsic gas|oversized|too large|exceeds (the )?transaction gas cap|max initcode|gas required exceeds/i,
  ],
]

/** Sorts what a node answered to a transaction. */
export function sendFaultOf(message: string): SendFault {
  return PATTERNS.find(([, pattern]) => pattern.test(message))?.[0] ?? "unknown"
}
