import { expect } from "chai"
import { claimStatesOf, payableNow, type ClaimStates } from "../../../scripts/core/claim/claim-state.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"

const hash = (byte: string): Hex => `0x${byte.repeat(32)}`
const roots = { reserveRoot: hash("bb"), pendingRoot: hash("cc"), acceptableAt: 9n }

function statesOf(root: Hex, paid: { claimed?: boolean; reserveClaimed: bigint }): ClaimStates {
  const due = {
    account: `0x${"01".repeat(20)}`,
    automatic: { index: 0, amount: 5n, proof: [] },
    reserve: { cumulativeAmount: 7n, proof: [], root },
  } as const
  return claimStatesOf(due, { claimed: false, ...paid }, roots)
}

describe("the state of an account's claims", () => {
  it("is open for the automatic amount until it is claimed", () => {
    const open = { state: "open", payable: 5n, paid: 0n }
    expect(statesOf(hash("bb"), { reserveClaimed: 0n }).automatic).to.deep.equal(open)
    const claimed = statesOf(hash("bb"), { claimed: true, reserveClaimed: 0n })
    expect(claimed.automatic).to.deep.equal({ state: "claimed" })
  })

  it("is open for what the reserve has not paid, under the accepted root only", () => {
    const reserve = (root: Hex, reserveClaimed = 3n): unknown => statesOf(root, { reserveClaimed }).reserve
    expect(reserve(hash("bb"))).to.deep.equal({ state: "open", payable: 4n, paid: 3n })
    expect(reserve(hash("cc"))).to.deep.equal({ state: "pending", acceptableAt: 9n })
    expect(reserve(hash("dd"))).to.deep.equal({ state: "notSubmitted" })
    for (const root of [hash("bb"), hash("cc"), hash("dd")])
      expect(reserve(root, 7n)).to.deep.equal({ state: "claimed" })
  })

  it("is undefined for a tranche without an amount", () => {
    const due = { account: `0x${"01".repeat(20)}` } as const
    const states = claimStatesOf(due, { claimed: undefined, reserveClaimed: 0n }, roots)
    expect(states).to.deep.equal({ automatic: undefined, reserve: undefined })
    expect(payableNow(states)).to.deep.equal({ automatic: 0n, reserve: 0n })
  })

  it("lets a signed claim pay only the tranches that are signed", () => {
    const states = statesOf(hash("bb"), { reserveClaimed: 3n })
    const signed = { by: "signature", to: `0x${"02".repeat(20)}`, deadline: 1n } as const
    expect(payableNow(states)).to.deep.equal({ automatic: 5n, reserve: 4n })
    const reserveOnly = { ...signed, automatic: undefined, reserve: "0x12" }
    expect(payableNow(states, reserveOnly)).to.deep.equal({ automatic: 0n, reserve: 4n })
  })
})
