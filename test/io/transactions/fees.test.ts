import { expect } from "chai"
import { feesFor, limitFees, raiseFees, type FeeLevel } from "../../../scripts/io/transactions/fees.ts"

const level: FeeLevel = { baseFee: 100n, priorityFee: 8n, gasPrice: 110n }
const old: FeeLevel = { baseFee: undefined, priorityFee: 0n, gasPrice: 110n }

describe("the fees of a transaction", () => {
  it("offer twice the base fee, of which only the base fee is paid", () => {
    expect(feesFor(level)).to.deep.equal({ type: 2, maxFeePerGas: 208n, maxPriorityFeePerGas: 8n })
  })

  it("are a gas price on a chain without a base fee, and for a wallet without EIP-1559", () => {
    expect(feesFor(old)).to.deep.equal({ type: 0, gasPrice: 110n })
    expect(feesFor(level, true)).to.deep.equal({ type: 0, gasPrice: 133n })
  })

  it("rise by an eighth at least, and to what the chain asks for now", () => {
    const raised = raiseFees(feesFor(level), level)
    expect(raised).to.deep.equal({ type: 2, maxFeePerGas: 235n, maxPriorityFeePerGas: 10n })
    const dearer = raiseFees(feesFor(level), { ...level, baseFee: 1000n })
    expect(dearer).to.deep.equal({ type: 2, maxFeePerGas: 2008n, maxPriorityFeePerGas: 10n })
    expect(raiseFees(feesFor(old), old)).to.deep.equal({ type: 0, gasPrice: 124n })
    expect(raiseFees({ type: 0, gasPrice: 133n }, level)).to.deep.equal({ type: 0, gasPrice: 150n })
  })

  it("stay within a limit", () => {
    const fees = { type: 2, maxFeePerGas: 235n, maxPriorityFeePerGas: 10n } as const
    expect(limitFees(fees, 200n)).to.deep.equal({ ...fees, maxFeePerGas: 200n })
    expect(limitFees(fees, 5n)).to.deep.equal({ type: 2, maxFeePerGas: 5n, maxPriorityFeePerGas: 5n })
    expect(limitFees({ type: 0, gasPrice: 124n }, 100n)).to.deep.equal({ type: 0, gasPrice: 100n })
    expect(limitFees(fees, undefined)).to.equal(fees)
  })
})
