/** The reason why a node or a wallet does not take a transaction. Each software has its own words. */
export type SendFault =
  /** It has this transaction already. */
  | "known"
  /** The nonce is used up by a mined transaction. */
  | "nonce-used"
  /** The fee is below the base fee, below the node's minimum, or too low to replace a pending transaction. */
  | "underpriced"
  /** The gas limit does not cover the data at the present price of L1: a price, not a size. */
  | "gas-too-low"
  /** It takes only legacy transactions. */
  | "legacy-only"
  /** The user declined in the wallet. */
  | "declined"
  | "no-funds"
  /** Its gas or its data is above a limit. */
  | "too-large"
  /** Anything else. The node may have taken it, or may take it later. */
  | "unknown"

/** The patterns in order: the first that matches counts. */
const PATTERNS: readonly (readonly [SendFault, RegExp])[] = [
  [
    "known",
    /already ?known|known transaction|already ?imported|already ?exists|(transaction|tx) already in|already in (the )?(tx ?pool|mempool|pool)/i,
  ],
  [
    "declined",
    /user (rejected|denied|cancell?ed|declined|disapproved)|(rejected|denied|cancell?ed|declined) by (the )?user|transaction was (rejected|declined)|^transaction declined|ACTION_REJECTED|0x6985/i,
  ],
  [
    "gas-too-low",
    /intrinsic ?gas|below (the )?(intrinsic|minimum) gas|floor data gas|intrinsic cost|gas floor|gas cost.{0,20}exceeds the gas limit|not enough gas/i,
  ],
  [
    "underpriced",
    /replacement|(to|not) replace|underpriced|less than (the )?(current |pending |next )?block'?s? base ?fee|max ?fee ?per ?gas.{0,40}(less|lower|below|too low|under)|fee ?cap.{0,20}(too low|less|below)|lower than the (next|pending|current) block's base ?fee|base ?fee (exceeds|is higher)|(gas ?price|gas tip|tip cap|priority fee|fee).{0,30}(too low|below (the )?(min|current|configured|base)|less than (the )?(required )?min)|FeeTooLow|minimum needed/i,
  ],
  [
    "nonce-used",
    /nonce (is )?(too low|below)|nonce has already been used|NONCE_EXPIRED|lower than the current nonce|old ?nonce|invalid nonce|incorrect.?nonce|nonce.{0,20}already/i,
  ],
  [
    "legacy-only",
    /(transaction|tx)( envelope)? ?type.{0,20}(not|un|invalid)|(un|in|not )(supported|known|expected|valid) (transaction|tx) ?type|eip-?1559|1559.{0,20}(not|un|disabled)|typed (transaction|tx)|type (2|0x0?2) (transaction|tx)|only legacy|(maxFeePerGas|maxPriorityFeePerGas)\W.{0,20}(not|un|invalid)|(unknown|unexpected|unrecognized|invalid|extra|unsupported).{0,20}(maxFeePerGas|maxPriorityFeePerGas)/i,
  ],
  [
    "no-funds",
    /insufficient ?(funds|balance)|(doesn't|does not) have enough funds|gas \* price \+ value|not enough (funds|balance|ether)|exceeds (the |account )?balance|balance (is )?too low/i,
  ],
  [
    "too-large",
    /exceeds (the )?(current )?block ?gas ?limit|gas ?limit.{0,60}(too high|reached|exceed|greater than|above|cap\b)|gas ?limit ?(cap)? ?exceeded|exceeds (the )?(maximum |max |transaction )+gas|transaction gas cap|oversized|size ?exceeded|too (large|big|long)|max initcode|gas required exceeds/i,
  ],
]

/** Sorts the refusal of a node or a wallet by its words. */
export function sendFaultOf(message: string): SendFault {
  return PATTERNS.find(([, pattern]) => pattern.test(message))?.[0] ?? "unknown"
}
