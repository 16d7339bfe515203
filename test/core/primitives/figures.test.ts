import { expect } from "chai"
import { cutAmount, groupedCount, humanAmount } from "../../../scripts/core/primitives/amount.ts"
import { fractionPercent, percent } from "../../../scripts/core/primitives/percent.ts"
import { tokenAmount } from "../../../scripts/core/primitives/token.ts"

describe("Figures for reading", () => {
  it("write amounts with grouped thousands and the token's symbol", () => {
    expect(humanAmount(1_234_567_500_000_000n, 9)).to.equal("1,234,567.5")
    expect(tokenAmount(1_500_000_000_000n, { symbol: "SESH", decimals: 9 })).to.equal("1,500 SESH")
    expect(groupedCount(1234567)).to.equal("1,234,567")
  })

  it("cut amounts, and keep three digits of one below a hundredth", () => {
    expect(cutAmount(1_239_999_999n, 9)).to.equal("1.23")
    expect(cutAmount(1_234_567n, 9)).to.equal("0.00123")
    expect(cutAmount(17_497_500n, 9)).to.equal("0.0174")
    expect(cutAmount(999_999_999n, 9)).to.equal("0.999")
    expect(cutAmount(0n, 9)).to.equal("0")
  })

  it("truncate a percentage, and give 0% of zero", () => {
    expect(percent(2n, 3n)).to.equal("66.6%")
    expect(percent(2n, 3n, 6)).to.equal("66.666666%")
    expect(percent(10n ** 40n, 10n ** 40n, 3)).to.equal("100.000%")
    expect(percent(0n, 0n)).to.equal("0%")
    expect(fractionPercent(0.25, 0)).to.equal("25%")
  })
})
