/** The fees offered per unit of gas, in wei. A node or a wallet without EIP-1559 takes legacy transactions only. */
export type Fees =
  | { readonly type: 2; readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }
  | { readonly type: 0; readonly gasPrice: bigint }

/** The fees that the chain requires, in wei. */
export interface FeeLevel {
  /** Undefined on a chain without EIP-1559. */
  readonly baseFee: bigint | undefined
  readonly priorityFee: bigint
  /** The node's own suggestion for a legacy transaction. */
  readonly gasPrice: bigint
}

/**
 * Returns the first offer. A type 2 offer of twice the base fee pays the base fee only. A legacy transaction pays
 * its whole offer, so it offers a quarter more only.
 * @param legacy true for a node or a wallet that refuses type 2; a chain with no base fee always gets legacy
 */
export function feesFor({ baseFee, priorityFee, gasPrice }: FeeLevel, legacy = false): Fees {
  if (baseFee === undefined) return { type: 0, gasPrice }
  return legacy
    ? { type: 0, gasPrice: max(gasPrice, (baseFee * 5n) / 4n + priorityFee) }
    : { type: 2, maxFeePerGas: 2n * baseFee + priorityFee, maxPriorityFeePerGas: priorityFee }
}

/**
 * Returns an offer that replaces a transaction of the same nonce. Nodes ask for a tenth or an eighth more of each
 * fee. The offer is also at least the chain's present fees.
 */
export function raiseFees(before: Fees, level: FeeLevel): Fees {
  const raised = (fee: bigint): bigint => fee + fee / 8n + 1n
  const now = feesFor(level, before.type === 0)
  if (before.type === 2 && now.type === 2) {
    return {
      type: 2,
      maxFeePerGas: max(raised(before.maxFeePerGas), now.maxFeePerGas),
      maxPriorityFeePerGas: max(raised(before.maxPriorityFeePerGas), now.maxPriorityFeePerGas),
    }
  }
  return { type: 0, gasPrice: max(raised(highestPrice(before)), highestPrice(now)) }
}

/** Returns the fees, reduced to a limit in wei. */
export function limitFees(fees: Fees, limit: bigint | undefined): Fees {
  if (limit === undefined || highestPrice(fees) <= limit) return fees
  if (fees.type === 0) return { type: 0, gasPrice: limit }
  const priority = fees.maxPriorityFeePerGas
  return { type: 2, maxFeePerGas: limit, maxPriorityFeePerGas: priority < limit ? priority : limit }
}

/** Returns the most that a unit of gas can cost. */
export function highestPrice(fees: Fees): bigint {
  return fees.type === 0 ? fees.gasPrice : fees.maxFeePerGas
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
