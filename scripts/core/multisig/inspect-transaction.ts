/** Inspects the way a Safe transaction runs its calls, and its refund of gas. */
import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Call } from "../ethereum/call.ts"
import { AirdropError } from "../primitives/error.ts"
import { decodeMultiSend } from "../safe/multi-send.ts"
import { DELEGATECALL, type SafeTransaction } from "../safe/safe-transaction.ts"

export interface OpenedTransaction {
  /** In order; empty if they cannot be read. */
  readonly calls: readonly Call[]
  readonly flags: readonly string[]
}

/**
 * Returns the calls of a transaction.
 * @param multiSends the libraries that it may delegate to, with the version of each
 */
export function openTransaction(
  transaction: SafeTransaction,
  multiSends: ReadonlyMap<Address, string>,
): OpenedTransaction {
  const flags = refundFlags(transaction)
  const { to, value, data, operation } = transaction
  if (operation !== DELEGATECALL) return { calls: [{ to, value, data }], flags }
  if (!multiSends.has(to)) {
    flags.push(
      `DELEGATECALL to ${toChecksum(to)}, which is not a MultiSendCallOnly that Safe has published: its code would act as the Safe and could take everything`,
    )
  }
  if (value !== 0n) flags.push(`the delegatecall has a value of ${value} wei`)
  try {
    const packed = decodeMultiSend(data)
    packed.forEach(({ operation: inner }, i) => {
      if (inner !== 0)
        flags.push(`call ${i + 1}: DELEGATECALL inside the batch, which MultiSendCallOnly refuses`)
    })
    return { calls: packed.map(({ to, value, data }) => ({ to, value, data })), flags }
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    return { calls: [], flags: [...flags, `what is delegated cannot be read: ${error.message}`] }
  }
}

/** Flags a refund of gas from the Safe to the executor. No transaction made here has one. */
function refundFlags({ gasPrice, gasToken, refundReceiver, baseGas, safeTxGas }: SafeTransaction): string[] {
  const flags: string[] = []
  if (gasPrice !== 0n || baseGas !== 0n || gasToken !== ZERO_ADDRESS || refundReceiver !== ZERO_ADDRESS) {
    flags.push(
      `the Safe would refund gas to ${toChecksum(refundReceiver)} in ${toChecksum(gasToken)} at ${gasPrice} a unit: tokens can be drained that way`,
    )
  }
  if (safeTxGas !== 0n) {
    flags.push(`safeTxGas is ${safeTxGas}: if a call fails, the nonce is used up all the same`)
  }
  return flags
}
