import { expect } from "chai"
import { chainOf } from "../../../scripts/core/ethereum/chains.ts"
import { costLines } from "../../../scripts/stages/distribution/cost-text.ts"

describe("The forecast of a distribution", () => {
  const total = { transactions: 2, gas: 60_000n, gasPrice: 10n ** 9n, wei: 60_000n * 10n ** 9n, l1Bytes: 900 }
  const lines = (chainId: number, l1Wei: bigint | undefined): string =>
    costLines(
      { size: 1, gasEach: 9_000n, fixedGas: 21_000n, total: { ...total, l1Wei } },
      chainOf(chainId),
    ).join("\n")

  it("is in the chain's own currency", () => {
    expect(lines(42161, undefined)).to.contain("2 transactions, 60000 gas, 0.00006 ETH at 1 gwei")
    expect(lines(137, undefined)).to.contain("0.00006 POL")
  })

  it("says the bytes of data on L1 on Arbitrum also where the node does not price them", () => {
    expect(lines(42161, undefined)).to.contain("900 bytes of data on L1, after compression")
    expect(lines(1, undefined)).to.not.contain("data on L1")
  })

  it("says which part pays for data on L1, or that this comes on top", () => {
    expect(lines(42161, 10n ** 13n)).to.contain("0.00001 ETH of it for 900 bytes of data on L1")
    for (const chainId of [10, 8453, 534352])
      expect(lines(chainId, undefined), String(chainId)).to.contain(
        "charges for data on Ethereum on top of it",
      )
    for (const chainId of [1, 42161, 56, 31337])
      expect(lines(chainId, undefined), String(chainId)).to.not.contain("on top")
  })
})
