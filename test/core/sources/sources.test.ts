import { expect } from "chai"
import { type Address } from "../../../scripts/core/primitives/address.ts"
import { address, allocateRows, paid } from "../../support/made-up.ts"
import { expectThrown } from "../../support/errors.ts"

const [ANN, BOB, CID] = [address(1), address(2), address(3)]
const NO_ONE: Address = `0x${"0".repeat(39)}1`

describe("source points", () => {
  const referrals = { file: "r.csv", referrerBonus: "0.1", refereeBonus: "0.05" }
  const plain = { kind: "points", file: "p.csv", decimals: 1 }

  it("shares the pool by points, and lists who has none", () => {
    const allocation = allocateRows(
      { pool: 1000n, source: plain },
      {
        "p.csv": [
          [BOB, "1.5"],
          [ANN, "4.5"],
          [CID, "0"],
        ],
      },
    )
    expect([...paid(allocation)]).to.deep.equal([
      [ANN, 750n],
      [BOB, 250n],
    ])
    expect(allocation.unpaid.map(({ account, reason }) => [account, reason])).to.deep.equal([
      [CID, "no-contribution"],
    ])
  })

  it("adds referral bonuses on own points only, each with its line", () => {
    const { participants } = allocateRows(
      { source: { ...plain, referrals } },
      {
        "p.csv": [
          [ANN, "100"],
          [BOB, "200"],
          [CID, "400"],
        ],
        "r.csv": [
          [ANN, BOB],
          [BOB, CID],
        ],
      },
    )
    expect(participants.map(({ account, value }) => [account, value])).to.deep.equal([
      [ANN, 1000_00n + 200_00n],
      [BOB, 2000_00n + 400_00n + 100_00n],
      [CID, 4000_00n + 200_00n],
    ])
    expect(participants[1]?.contributions.map(({ group, origin }) => `${group} ${origin}`)).to.deep.equal([
      "points 3",
      "referee-bonus 2",
      "referrer-bonus 3",
    ])
  })

  it("takes the name of a file for a name, also where it is a word that notes have", () => {
    const named = { ...plain, decimals: 0, referrals: { ...referrals, file: "leaving" } }
    const rows = {
      "p.csv": [
        [ANN, "100"],
        [BOB, "100"],
      ],
      leaving: [[ANN, BOB]],
    }
    const [counted, excluded] = (["include", "exclude"] as const).map((leavingNodes) =>
      paid(allocateRows({ source: named, rules: { leavingNodes } }, rows)),
    )
    expect(excluded).to.deep.equal(counted)
  })

  it("refuses a referral of oneself, a second referrer, and circles", () => {
    const refer = (rows: readonly (readonly string[])[]) => (): unknown =>
      allocateRows({ source: { ...plain, referrals } }, { "p.csv": [[ANN, "1"]], "r.csv": rows })
    expectThrown(refer([[ANN, ANN]]), "invalid-value", ANN)
    expectThrown(
      refer([
        [ANN, CID],
        [BOB, CID],
      ]),
      "duplicate",
      "line 2",
    )
    expectThrown(
      refer([
        [ANN, BOB],
        [BOB, CID],
        [CID, ANN],
      ]),
      "invalid-value",
    )
  })
})

describe("source stake-history", () => {
  const source = {
    kind: "stake-history",
    file: "s.csv",
    symbol: "OXEN",
    decimals: 0,
    start: "2023-09-25T17:00:00Z",
    close: "2023-09-25T17:01:40Z",
    registrations: { file: "r.csv" },
  }
  const start = "2023-09-25T17:00:00Z"
  const inTime: readonly string[] = [ANN, "2023-09-25T17:01:39Z"]

  const valueOf = (stakes: readonly (readonly string[])[], registrations = [inTime]): bigint | undefined =>
    allocateRows(
      { source },
      { "s.csv": [[BOB, "1", start, ""], ...stakes], "r.csv": [[BOB, start], ...registrations] },
    ).participants.find(({ account }) => account === ANN)?.value

  it("counts stake times seconds, from the start (inclusive) to the close (exclusive)", () => {
    expect(valueOf([[ANN, "7", start, "2023-09-25T17:00:10Z"]])).to.equal(70n)
    expect(valueOf([[ANN, "7", "2020-01-01T00:00:00Z", "2023-09-25T17:00:01Z"]])).to.equal(7n)
    expect(valueOf([[ANN, "7", "2023-09-25T17:01:30Z", "2030-01-01T00:00:00Z"]])).to.equal(70n)
    expect(valueOf([[ANN, "7", "2023-09-25T17:01:40Z", ""]])).to.equal(undefined)
  })

  it("adds up stakes that overlap", () => {
    expect(
      valueOf([
        [ANN, "1", start, ""],
        [ANN, "2", "2023-09-25T17:00:50Z", ""],
      ]),
    ).to.equal(200n)
  })

  it("credits accounts that registered before the close from the start, and no later ones", () => {
    const stake = [[ANN, "1", start, ""]]
    expect(valueOf(stake)).to.equal(100n)
    expect(valueOf(stake, [[ANN, "2023-09-25T17:01:40Z"]])).to.equal(undefined)
    expect(valueOf(stake, [])).to.equal(undefined)
  })

  it("says who did not register in time", () => {
    const { unpaid } = allocateRows(
      { source },
      {
        "s.csv": [
          [ANN, "1", start, ""],
          [BOB, "1", start, ""],
        ],
        "r.csv": [[BOB, start]],
      },
    )
    expect(unpaid.map(({ account, reason }) => [account, reason])).to.deep.equal([[ANN, "not-registered"]])
  })

  it("refuses a stake that ends before it begins", () => {
    expectThrown(() => valueOf([[ANN, "1", start, "2023-09-25T16:00:00Z"]]), "invalid-value")
  })

  it("refuses a stake of zero, and a duplicate line", () => {
    const stake: readonly string[] = [ANN, "1", start, ""]
    expectThrown(() => valueOf([[ANN, "0", start, ""]]), "invalid-value")
    expectThrown(() => valueOf([stake, stake]), "duplicate", "line 3")
  })
})

describe("source conversion", () => {
  const source = {
    kind: "conversion",
    file: "c.csv",
    symbol: "OXEN",
    decimals: 9,
    schedule: [
      { from: "2025-05-22T00:00:00Z", rate: "0.54" },
      { from: "2025-08-01T00:00:00Z", rate: "0.5" },
      { from: "2025-11-21T00:00:00Z", rate: null },
    ],
  }
  const convert = (rows: readonly (readonly string[])[], pool?: bigint): ReturnType<typeof allocateRows> =>
    allocateRows({ source, ...(pool === undefined ? {} : { pool }) }, { "c.csv": rows })

  it("takes each amount at the rate of its time, a step's first second included", () => {
    const { participants } = convert([
      [ANN, "100", "2025-05-22T00:00:00Z"],
      [ANN, "100", "2025-07-31T23:59:59Z"],
      [ANN, "100", "2025-08-01T00:00:00Z"],
    ])
    expect(participants[0]?.amount).to.equal(158_000_000_000n)
  })

  it("rounds down once, on an account's sum", () => {
    const unit = "0.000000001"
    expect(
      convert([
        [ANN, unit, "2025-06-01T00:00:00Z"],
        [ANN, unit, "2025-06-02T00:00:00Z"],
      ]).allocated,
    ).to.equal(1n)
    const single = convert([
      [BOB, "1", "2025-06-01T00:00:00Z"],
      [ANN, unit, "2025-06-01T00:00:00Z"],
    ])
    expect(single.unpaid.map(({ account, reason }) => [account, reason])).to.deep.equal([
      [ANN, "below-one-unit"],
    ])
  })

  it("refuses times before the first step and from where no rate is published", () => {
    expectThrown(() => convert([[ANN, "1", "2025-05-21T23:59:59Z"]]), "invalid-value")
    expectThrown(() => convert([[ANN, "1", "2025-11-21T00:00:00Z"]]), "unknown", "2025-11-21T00:00:00Z")
  })

  it("refuses a duplicate line in any casing", () => {
    const account = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    const rows = [account, account.toLowerCase()].map((one) => [one, "1", "2025-06-01T00:00:00Z"])
    expectThrown(() => convert(rows), "duplicate", "line 2")
  })

  it("refuses a sum above the total, and leaves the rest undistributed", () => {
    const row = [[ANN, "100", "2025-06-01T00:00:00Z"]]
    expect(convert(row, 54_000_000_000n).undistributed).to.equal(0n)
    expect(convert(row, 60_000_000_000n).undistributed).to.equal(6_000_000_000n)
    expectThrown(() => convert(row, 53_999_999_999n), "invalid-amount", "54.000000000")
  })
})

describe("source amounts", () => {
  const source = { kind: "amounts", file: "a.csv" }

  it("pays the listed amounts; rules leave undistributed what they remove", () => {
    const rows = {
      "a.csv": [
        [ANN, "5"],
        [BOB, "0.5"],
        [CID, "3"],
      ],
    }
    const rules = {
      minimum: 1_000_000_000n,
      cap: 4_000_000_000n,
      exclude: [{ account: CID, reason: "refused it" }],
    }
    const allocation = allocateRows({ source, pool: 8_500_000_000n, rules }, rows)
    expect([...paid(allocation)]).to.deep.equal([[ANN, 4_000_000_000n]])
    expect(allocation.undistributed).to.equal(4_500_000_000n)
    expect(allocation.ruleEffects.map(({ rule, moved }) => [rule, moved])).to.deep.equal([
      ["exclude", 3_000_000_000n],
      ["minimum", 500_000_000n],
      ["cap", 1_000_000_000n],
    ])
  })

  it("refuses payments above 2^96 - 1 base units, after merging, and takes a larger row that a cap lowers", () => {
    const most = (1n << 96n) - 1n
    const over = "79228162514264337593.543950336"
    const given = { source, pool: 10n ** 40n }
    const row = { "a.csv": [[ANN, over]] }
    expectThrown(() => allocateRows(given, row), "invalid-amount")
    expect([...paid(allocateRows({ ...given, rules: { cap: most } }, row))]).to.deep.equal([[ANN, most]])
    const merged = { overrides: [{ account: ANN, payTo: BOB, reason: "lost" }] }
    const two = {
      "a.csv": [
        [ANN, "40000000000000000000"],
        [BOB, "40000000000000000000"],
      ],
    }
    expect(allocateRows(given, two).entries).to.have.length(2)
    expectThrown(() => allocateRows({ ...given, rules: merged }, two), "invalid-amount")
  })

  it("refuses sums that are longer than any reader takes", () => {
    const rows = { "p.csv": [ANN, BOB].map((account) => [account, "9".repeat(78)]) }
    const points = { kind: "points", file: "p.csv" }
    expectThrown(() => allocateRows({ source: points, pool: 1000n }, rows), "invalid-amount", "78")
  })

  it("refuses amounts of zero, and accounts that come twice in any casing", () => {
    const read =
      (...rows: readonly (readonly string[])[]) =>
      (): unknown =>
        allocateRows({ source, pool: 10n ** 40n }, { "a.csv": rows })
    expectThrown(read([ANN, "0"]), "invalid-amount")
    expect(read([ANN, "79228162514264337593.543950335"])).to.not.throw()
    const twice = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    expectThrown(read([twice, "1"], [twice.toLowerCase(), "1"]), "duplicate", "line 2")
    expectThrown(read([ANN, "9".repeat(79)]), "invalid-amount", "79")
  })

  it("refuses addresses without a key until they are excluded", () => {
    const rows = {
      "a.csv": [
        [ANN, "1"],
        [NO_ONE, "1"],
      ],
    }
    expect(allocateRows({ source }, rows).risks.map(({ kind, resolved }) => [kind, resolved])).to.deep.equal([
      ["reserved", false],
    ])
    const rules = { exclude: [{ account: NO_ONE, reason: "nobody has its key" }] }
    expect(allocateRows({ source, rules }, rows).risks).to.deep.equal([])
  })
})
