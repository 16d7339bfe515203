import { expect } from "chai"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import type { Allocation } from "../../../scripts/core/allocation/allocation.ts"
import {
  compareAllocations,
  refuseInconsistent,
} from "../../../scripts/core/allocation/compare-allocations.ts"
import { comparisonCsv, comparisonLines } from "../../../scripts/core/report/comparison-text.ts"

import { address, allocateStakes, snapshotOf, vestingFor, type ProgramGiven } from "../../support/made-up.ts"
import { expectThrown } from "../../support/errors.ts"

const [ANN, BOB, SAFE] = [address(1), address(2), address(9)]
const CONTRACT = { kind: "contract" } as const

/** Ann stakes through a vesting contract too; Bob contributes to a node of hers. */
const network = snapshotOf(
  [
    {
      stakes: [
        [ANN, 6n],
        [BOB, 2n],
      ],
    },
    { stakes: [[SAFE, 4n]] },
  ],
  [[SAFE, vestingFor(ANN)]],
)

function given(program: ProgramGiven = {}): Allocation {
  return allocateStakes(program, network)
}

/** As above the limit, when nobody's derivation is kept. */
function underived(allocation: Allocation): Allocation {
  return { ...allocation, isDerived: false, participants: [], unpaid: [] }
}

function told(before: Allocation, after: Allocation): string {
  return comparisonLines(compareAllocations(before, after), 9).join("\n")
}

describe("comparing allocations", () => {
  it("shows allocated and undistributed amounts", () => {
    const text = told(given(), given({ rules: { cap: 1n, minimum: 1n } }))
    expect(text).to.match(/^allocated +350,000 +0\.000000002 +-349,999\.999999998/m)
    expect(text).to.match(/^undistributed +0 +349,999\.999999998/m)
  })

  it("compares groups by value, and payees, where derivations are left out", () => {
    const weights = { solo: "3.25", operator: "1.25", contributor: "1" }
    const comparison = compareAllocations(underived(given()), underived(given({ weights })))
    expect(comparison.isDerived).to.equal(false)
    const solo = comparison.values.groups.find(({ group }) => group === "solo")
    expect([solo?.before, solo?.after]).to.deep.equal([600n, 1300n])
    expect(comparison.participants.map(({ account }) => account)).to.deep.equal([ANN, BOB])
    const text = comparisonLines(comparison, 9).join("\n")
    expect(text)
      .to.contain("Derivations are left out above 100,000 people")
      .and.to.match(/^solo +0\.000000006 /m)
    expect(text).to.match(/1 are paid more, 1 less, 0 the same/)
  })

  it("brings values of weights with other decimals to the same unit", () => {
    const weights = { solo: "1", operator: "1", contributor: "1" }
    const { values } = compareAllocations(given(), given({ weights }))
    const contributor = values.groups.find(({ group }) => group === "contributor")
    expect(contributor?.before).to.equal(contributor?.after)
  })

  it("compares payments when only one of the two has derivations", () => {
    const { participants } = compareAllocations(given({ rules: { payTo: "staker" } }), underived(given()))
    expect(participants.map(({ account }) => account)).to.deep.equal([ANN, BOB, SAFE])
  })

  it("shows who is paid instead when only payees change, and the risks that come with it", () => {
    const [before, after] = [given(), given({ rules: { payTo: "staker" } })]
    const { participants, payees } = compareAllocations(before, after)
    expect(participants.every((one) => one.before === one.after)).to.equal(true)
    expect(payees.filter((one) => one.before !== one.after).map(({ account }) => account)).to.deep.equal([
      ANN,
      SAFE,
    ])
    const text = told(before, after)
    expect(text).to.contain("0 get more, 0 less, 2 the same")
    expect(text).to.contain("1 are paid more, 1 less, 1 the same; 1 new, 0 no longer")
    expect(text).to.contain("payees at risk then: 1 unresolved, 1 new")
    expect(text).to.contain(`${toChecksum(SAFE)} (unresolved, new): a vesting contract`)
    const rows = [...comparisonCsv(compareAllocations(before, after), 9)]
    expect(rows.at(-1)).to.match(/,0\.0{9},0\.0{9},\+0\.0{9},0\.0{9},\d+\.\d{9},\+\d+\.\d{9}\n$/)
  })

  it("shows new risks and not those settled before", () => {
    const risky = snapshotOf([{ stakes: [[ANN, 1n]] }], [[ANN, CONTRACT]])
    const open = allocateStakes({}, risky)
    const overrides = [{ account: ANN, payTo: ANN, reason: "asked" }]
    const settled = allocateStakes({ rules: { overrides } }, risky)
    expect(told(settled, open)).to.contain("payees at risk then: 1 unresolved, 0 new")
    expect(told(open, settled)).to.not.contain("at risk")
  })

  it("keeps the sign of a change that is too small for its percentage", () => {
    const before = given()
    const text = told(before, { ...before, allocated: before.allocated - 1n })
    expect(text).to.match(/^allocated .* -0\.000000001 +-0\.00%$/m)
  })

  it("omits payments when each person is paid its own amount", () => {
    expect(told(given(), given())).to.not.contain("paid")
  })

  it("refuses a file whose figures do not add up, with the field", () => {
    const good = given()
    refuseInconsistent("x.json", good)
    const [first, ...rest] = good.participants
    if (first === undefined) throw new Error("nobody takes part")
    const bad: readonly (readonly [Allocation, RegExp])[] = [
      [
        { ...good, participants: [{ ...first, contributions: [] }, ...rest] },
        /x\.json: .*contributions of 0x.* do not add up/,
      ],
      [{ ...good, participants: [{ ...first, payments: [] }, ...rest] }, /payments of 0x.* do not add up/],
      [{ ...good, participants: [...rest, first] }, /is not above the account before it/],
      [{ ...good, participants: rest }, /do not add up to the allocated amount/],
      [{ ...underived(good), entries: [] }, /do not add up to the allocated amount/],
      [{ ...good, undistributed: 1n }, /do not add up to the pool/],
    ]
    for (const [allocation, why] of bad) {
      expectThrown(
        () => {
          refuseInconsistent("x.json", allocation)
        },
        "file-format",
        why,
      )
    }
  })
})
