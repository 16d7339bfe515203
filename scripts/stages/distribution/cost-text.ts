import { nativeAmount, type Chain } from "../../core/ethereum/chains.ts"
import { humanAmount } from "../../core/primitives/amount.ts"
import { plural } from "../../core/primitives/plural.ts"
import type { Estimate } from "./distribution-plan.ts"

/** Returns what a distribution would cost, in words. */
export function costLines(
  { size, gasEach, fixedGas, total }: Pick<Estimate, "size" | "gasEach" | "fixedGas" | "total">,
  chain: Chain,
): string[] {
  const { transactions, gas, wei, gasPrice, l1Bytes, l1Wei } = total
  const money = (amount: bigint): string => nativeAmount(amount, chain)
  return [
    `Measured: ${gasEach} gas a recipient and ${fixedGas} a transaction; ${plural(size, "recipient")} a transaction.`,
    `Estimated: ${plural(transactions, "transaction")}, ${gas} gas, ${money(wei)} at ${humanAmount(gasPrice, 9)} gwei.`,
    ...(l1Wei === undefined
      ? unpricedData(l1Bytes, chain)
      : [`  ${money(l1Wei)} of it for ${l1Bytes} bytes of data on L1, after compression`]),
    ...(chain.hasDataFee
      ? [`  ${chain.name} charges for data on Ethereum on top of it, which is not estimated here`]
      : []),
  ]
}

function unpricedData(bytes: number, { isArbitrum }: Chain): string[] {
  return isArbitrum
    ? [`  ${bytes} bytes of data on L1, after compression, which this node does not price`]
    : []
}
