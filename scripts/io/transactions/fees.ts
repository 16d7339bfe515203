/** What is offered for a transaction, in wei a unit of gas. */
export interface Fees {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/** What the chain asks for. */
export interface FeeLevel {
  readonly baseFee: bigint
  readonly priorityFee: bigint
}

/** Twice the base fee, so that a few dearer blocks do not strand the transaction. Only the base fee is paid. */
export function feesFor({ baseFee, priorityFee }: FeeLevel): Fees {
  return { maxFeePerGas: 2n * baseFee + priorityFee, maxPriorityFeePerGas: priorityFee }
}

/**
 * What has to be offered for a transaction to replace one of the same nonce: nodes ask for a tenth more of both
 * fees, or an eighth; and at least what the chain asks for by now.
 */
export function raiseFees(before: Fees, level: FeeLevel): Fees {
  const raise = (fee: bigint): bigint => fee + fee / 8n + 1n
  const now = feesFor(level)
  return {
    maxFeePerGas: max(raise(before.maxFeePerGas), now.maxFeePerGas),
    maxPriorityFeePerGas: max(raise(before.maxPriorityFeePerGas), now.maxPriorityFeePerGas),
  }
}

/** Fees held down to a limit. */
export function limitFees(fees: Fees, limit: bigint | undefined): Fees {
  if (limit === undefined || fees.maxFeePerGas <= limit) return fees
  const priority = fees.maxPriorityFeePerGas
  return { maxFeePerGas: limit, maxPriorityFeePerGas: priority < limit ? priority : limit }
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
