import { expect } from "chai"
import fc from "fast-check"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Allocation } from "../../../scripts/core/allocation/allocation.ts"
import { explain } from "../../../scripts/core/allocation/explain.ts"
import { explanationLines } from "../../../scripts/core/report/explanation-text.ts"
import { UNMERGED } from "../../../scripts/core/snapshot/people.ts"
import {
  missedBy,
  roundedOf,
  shareOnceLargerAreCapped,
  stakerShares,
} from "../../../scripts/core/allocation/explain-rounding.ts"
import { address, allocateRows, allocateStakes, snapshotOf, vestingFor } from "../../support/made-up.ts"

const [ANN, BOB, CID, DAN] = [address(1), address(2), address(3), address(4)]
const CONTRACT = { kind: "contract" } as const

/** Shares a pool without decimals by points. */
function byPoints(
  pool: bigint,
  points: readonly (readonly [Address, number])[],
  rules: NonNullable<Parameters<typeof allocateRows>[0]["rules"]> = {},
): Allocation {
  const source = { kind: "points", file: "points.csv", columns: { account: "account", points: "points" } }
  const rows = points.map(([account, count]) => [toChecksum(account), String(count)])
  return allocateRows({ pool, decimals: 0, source, rules }, { "points.csv": rows })
}

function told(allocation: Allocation, account: Address): string {
  const covered = { inputs: "points.csv", list: undefined }
  return explanationLines(allocation, explain(allocation, UNMERGED, covered, account)).join("\n")
}

describe("explaining an amount", () => {
  it("shows the direction of rounding, also for exact shares and ties", () => {
    const even = byPoints(10n, [
      [ANN, 1],
      [BOB, 1],
    ])
    expect(told(even, ANN)).to.contain("nothing to round").and.to.not.contain("rounded")
    const odd = byPoints(3n, [
      [ANN, 1],
      [BOB, 1],
    ])
    expect(told(odd, ANN)).to.contain("rounded up").and.to.contain("of equal fractions the lower address")
    expect(told(odd, BOB)).to.contain("rounded down: an equal fraction with a lower address came first")
    const uneven = byPoints(10n, [
      [ANN, 1],
      [BOB, 2],
    ])
    expect(told(uneven, ANN)).to.contain("rounded down: the units left over went to larger fractions")
    expect(told(byPoints(3n, [[ANN, 1]]), ANN)).to.contain("share: 1 of 1, 100.000000%")
    expect(told(uneven, BOB)).to.contain("as its fraction is among the largest")
  })

  it("does not mention ties when other derivations are omitted", () => {
    const odd = byPoints(3n, [
      [ANN, 1],
      [BOB, 1],
    ])
    expect(told({ ...odd, isDerived: false }, BOB)).to.contain("larger fractions, or equal ones with lower")
  })

  it("shows how much a share below one unit lacked", () => {
    const tiny = byPoints(10n, [
      [ANN, 1],
      [BOB, 99],
    ])
    expect(told(tiny, ANN))
      .to.contain("share: 1 of 100, 1.000000%")
      .and.to.contain("exact: 10 TOK × share = 0 TOK and 0.1")
  })

  it("shows a capped participant's share without the cap, and the cap", () => {
    const capped = byPoints(
      100n,
      [
        [ANN, 3],
        [BOB, 1],
        [CID, 2],
      ],
      { cap: 40n },
    )
    expect(told(capped, ANN))
      .to.contain("share without the cap: 3 of 6, 50.000000%")
      .and.to.contain("exact without the cap: 100 TOK × share = 50 TOK and 0.0")
      .and.to.contain("held down by the cap: 40 TOK")
    expect(told(capped, BOB)).to.contain("of what capped participants leave: 60 TOK")
  })

  it("shows why a share is capped that is above the cap only by what larger ones leave", () => {
    const both = byPoints(
      41n,
      [
        [ANN, 1],
        [BOB, 2],
      ],
      { cap: 20n },
    )
    expect(told(both, ANN))
      .to.contain("exact without the cap: 41 TOK × share = 13 TOK and 0.6")
      .and.to.contain("share once larger ones are capped: 1 of 1, 100.000000%")
      .and.to.contain("exact once larger ones are capped: 21 TOK × share = 21 TOK and 0.0")
    expect(told(both, BOB)).to.not.contain("once larger")
  })

  it("shows the share that is below the minimum even with all lesser ones left out", () => {
    const bounded = byPoints(
      100n,
      [
        [ANN, 60],
        [BOB, 30],
        [CID, 6],
        [DAN, 4],
      ],
      { minimum: 10n, cap: 50n },
    )
    expect(told(bounded, CID))
      .to.contain("share with those of less value left out: 6 of 36, 16.666666%")
      .and.to.contain("of what capped participants leave: 50 TOK")
      .and.to.contain("50 TOK × share = 8 TOK and 0.333333333 of a unit")
  })

  it("shows only the pool's figures for that when other derivations are omitted", () => {
    const bounded = byPoints(
      100n,
      [
        [ANN, 95],
        [BOB, 5],
      ],
      { minimum: 10n },
    )
    expect(told(bounded, BOB)).to.contain("exact with those of less value left out: 100 TOK × share = 5 TOK")
    const some = told({ ...bounded, isDerived: false }, BOB)
    expect(some)
      .to.contain("points: 5")
      .and.to.contain("those above the minimum, but below any cap, share 100 TOK by 95")
  })

  it("says that fixed amounts are rounded down to whole units", () => {
    const source = {
      kind: "conversion",
      file: "coins.csv",
      columns: { account: "account", amount: "amount", time: "time" },
      symbol: "OLD",
      decimals: 1,
      schedule: [{ from: "2020-01-01T00:00:00Z", rate: "0.5" }],
    }
    const rows = [
      [toChecksum(ANN), "1.3", "2020-02-01T00:00:00Z"],
      [toChecksum(BOB), "4", "2020-02-01T00:00:00Z"],
      [toChecksum(CID), "0.1", "2020-02-01T00:00:00Z"],
    ]
    const fixed = allocateRows({ pool: 10n, decimals: 0, source }, { "coins.csv": rows })
    expect(told(fixed, ANN))
      .to.contain("exact: 0 TOK and 0.650000000 of a unit")
      .and.to.contain("rounded down to whole units")
    expect(told(fixed, BOB)).to.contain("exact: 2 TOK and 0.000000000").and.to.contain("nothing to round")
    expect(told(fixed, CID)).to.contain("exact: 0 TOK and 0.050000000 of a unit")
  })

  it("shows no derivation for a list of amounts", () => {
    const source = { kind: "amounts", file: "list.csv", columns: { account: "account", amount: "amount" } }
    const list = allocateRows({ pool: 9n, decimals: 0, source }, { "list.csv": [[toChecksum(ANN), "9"]] })
    expect(told(list, ANN))
      .to.contain("amount: 9 TOK")
      .and.to.not.match(/exact|round/)
  })

  it("agrees with all amounts, and with the reasons of omitted shares", () => {
    const values = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 })
    const bounds = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 20, max: 60 }))
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 200 }), values, bounds, (pool, points, [minimum, cap]) => {
        // Else even those with the most share too little, and allocate refuses.
        const first = points.filter((count) => count === Math.max(...points)).length
        fc.pre(minimum * first <= pool)
        const given = points.map((count, i) => [address(i + 1), count] as const)
        const allocation = byPoints(BigInt(pool), given, { minimum: BigInt(minimum), cap: BigInt(cap) })
        for (const one of allocation.participants) {
          const exact = roundedOf(allocation, one)
          const { whole, remainder, rounding } = shareOnceLargerAreCapped(allocation, one) ?? exact
          if (one.capped)
            expect(whole > one.amount || (whole === one.amount && remainder > 0n)).to.equal(true)
          else expect(whole + (rounding?.startsWith("up") === true ? 1n : 0n)).to.equal(one.amount)
        }
        for (const one of allocation.unpaid) {
          const missed = missedBy(allocation, one)
          if (missed === undefined) throw new Error("nothing is known of what was missed")
          expect(missed.whole < (one.reason === "below-minimum" ? BigInt(minimum) : 1n)).to.equal(true)
        }
      }),
    )
  })

  it("splits an amount among stakers as it is paid", () => {
    const stake = fc.tuple(fc.integer({ min: 1, max: 6 }).map(address), fc.bigInt({ min: 1n, max: 99n }))
    const nodes = fc.array(fc.array(stake, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(nodes, (given) => {
        const vesting = [3, 4, 5].map((number) => [address(number), vestingFor(ANN)] as const)
        const snapshot = snapshotOf(
          given.map((stakes) => ({ stakes })),
          vesting,
        )
        const allocation = allocateStakes({ pool: 1_000n, rules: { payTo: "staker" } }, snapshot)
        for (const one of allocation.participants) {
          const shares = stakerShares(allocation, one)
          if (shares.length === 0) expect(one.payments.length).to.equal(1)
          else
            expect(
              shares
                .filter(({ amount }) => amount > 0n)
                .map(({ account, amount }) => ({ account, payee: account, amount })),
            ).to.deep.equal(one.payments)
        }
      }),
    )
  })

  it("warns of a payee at risk, its own or one that its share is paid to", () => {
    const nodes = [
      {
        stakes: [
          [ANN, 5n],
          [BOB, 5n],
        ] as const,
      },
    ]
    const risky = allocateStakes({}, snapshotOf(nodes, [[BOB, CONTRACT]]))
    expect(told(risky, BOB)).to.match(/at risk, and not settled: \S+: a contract of an unknown/)
    expect(told(risky, ANN)).to.not.contain("at risk")
    const overrides = [{ account: ANN, payTo: BOB, reason: "asked" }]
    const led = allocateStakes({ rules: { overrides } }, snapshotOf(nodes, [[BOB, CONTRACT]]))
    expect(told(led, ANN)).to.match(/to know: \S+: a contract of an unknown kind/)
  })
})
