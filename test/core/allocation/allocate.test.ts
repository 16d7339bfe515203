import { DEPLOYMENT_PROXY } from "../../../scripts/core/ethereum/create2.ts"
import { expect } from "chai"
import fc from "fast-check"
import { ZERO_ADDRESS, type Address } from "../../../scripts/core/primitives/address.ts"
import { allocate, DERIVATION_LIMIT } from "../../../scripts/core/allocation/allocate.ts"
import { UNMERGED } from "../../../scripts/core/snapshot/people.ts"
import { sourceOf } from "../../../scripts/core/sources/source-of.ts"
import {
  address,
  allocateStakes,
  nodesOf,
  OWNER,
  paid,
  programOf,
  snapshotOf,
  TOKEN,
  vestingFor,
  type NodeGiven,
} from "../../support/made-up.ts"
import { expectThrown } from "../../support/errors.ts"
import { networkIn, withNetwork } from "../../support/staking-section.ts"

const [ANN, BOB, CID, DAN] = [address(1), address(2), address(3), address(4)]
const SESH = 10n ** 9n
const FULL = 25_000n * SESH

/** Networks of up to eight nodes over the first six people, some stakes zero, some addresses twice in a node. */
const networks: fc.Arbitrary<readonly NodeGiven[]> = fc.array(
  fc.record({
    stakes: fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 6 }).map(address),
        fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: FULL })),
      ),
      { minLength: 1, maxLength: 6 },
    ),
    leaving: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)
const staked = networks.filter((nodes) => nodes.some(({ stakes }) => stakes.some(([, stake]) => stake > 0n)))

describe("allocating by stakes", () => {
  it("pays the tranche to the last unit", () => {
    fc.assert(
      fc.property(staked, (nodes) => {
        const { entries, pool, allocated, undistributed } = allocateStakes({}, snapshotOf(nodes))
        expect(allocated).to.equal(pool)
        expect(undistributed).to.equal(0n)
        expect(entries.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(pool)
      }),
    )
  })

  it("does not depend on the order of nodes, list or accounts", () => {
    fc.assert(
      fc.property(staked, fc.nat(), (nodes, turn) => {
        const snapshot = snapshotOf(nodes)
        const shuffled = {
          ...withNetwork(snapshot, { nodes: rotate(networkIn(snapshot).nodes, turn).reverse() }),
          accounts: new Map([...snapshot.accounts].reverse()),
        }
        const listed = [1, 2, 3, 4, 5, 6].map(address)
        const first = allocateStakes({}, snapshot, listed)
        expect(paid(allocateStakes({}, shuffled, rotate(listed, turn)))).to.deep.equal(paid(first))
      }),
    )
  })

  it("is not changed by splitting one's stakes over one's own vesting contracts", () => {
    const split = fc.array(fc.nat({ max: 3 }), { minLength: 48, maxLength: 48 })
    fc.assert(
      fc.property(staked, split, fc.nat({ max: 100 }), (nodes, to, percent) => {
        // Each stake is cut in two, and the second part goes to one of the staker's contracts, the last of which
        // names another contract as its beneficiary.
        let next = 0
        const contract = (person: Address, i: number): Address =>
          address(100 * Number(BigInt(person) & 0xffn) + i)
        const splitNodes = nodes.map(({ stakes, ...node }) => ({
          ...node,
          stakes: stakes.flatMap(([staker, stake]) => {
            const part = (stake * BigInt(percent)) / 100n
            const target = to[next++ % to.length] ?? 0
            if (target === 0) return [[staker, stake] as const]
            return [[staker, stake - part] as const, [contract(staker, target), part] as const]
          }),
        }))
        const contracts = [1, 2, 3, 4, 5, 6]
          .map(address)
          .flatMap((person) => [
            [contract(person, 1), vestingFor(person)] as const,
            [contract(person, 2), vestingFor(person)] as const,
            [contract(person, 3), vestingFor(contract(person, 2))] as const,
          ])
        const listed = [1, 2, 3, 4, 5].map(address)
        const hasShare = nodes.some(({ stakes }) =>
          stakes.some(([who, stake]) => stake > 0n && listed.includes(who)),
        )
        if (!hasShare) return
        const whole = allocateStakes({}, snapshotOf(nodes), listed)
        const parted = allocateStakes({}, snapshotOf(splitNodes, contracts), listed)
        expect(paid(parted)).to.deep.equal(paid(whole))
      }),
    )
  })

  it("gives a role by persons: alone in a node, its operator, or a contributor to another's", () => {
    const nodes = [
      { stakes: [[ANN, FULL]] },
      {
        stakes: [
          [ANN, 15n * SESH],
          [address(10), 10n * SESH],
        ],
      },
      {
        stakes: [
          [BOB, 10n * SESH],
          [ANN, 10n * SESH],
          [address(20), 5n * SESH],
        ],
      },
      {
        stakes: [
          [CID, FULL],
          [DAN, 0n],
        ],
      },
      {
        stakes: [
          [CID, FULL],
          [ZERO_ADDRESS, 1n],
        ],
      },
    ] as const
    const snapshot = snapshotOf(nodes, [
      [address(10), vestingFor(ANN)],
      [address(20), vestingFor(BOB)],
    ])
    const { participants } = allocateStakes({}, snapshot)
    const roles = new Map(
      participants.map(({ account, contributions }) => [
        account,
        contributions.map(({ origin, group }) => `${origin} ${group}`),
      ]),
    )
    expect(roles.get(ANN)).to.deep.equal(["1 solo", "2 solo", "2 solo", "3 contributor"])
    expect(roles.get(BOB)).to.deep.equal(["3 operator", "3 operator"])
    expect(roles.get(CID)).to.deep.equal(["4 solo", "5 operator"])
    expect(roles.has(ZERO_ADDRESS)).to.equal(false)
  })

  it("sums stake times weight exactly, with weights of different decimals", () => {
    const nodes = [
      { stakes: [[ANN, 3n]] },
      {
        stakes: [
          [BOB, 2n],
          [CID, 1n],
        ],
      },
    ] as const
    const weights = { solo: "1.333", operator: "0.5", contributor: "2" }
    const { participants, totalValue } = allocateStakes({ weights }, snapshotOf(nodes))
    expect(participants.map((one) => one.value)).to.deep.equal([3999n, 1000n, 2000n])
    expect(totalValue).to.equal(6999n)
  })

  it("ignores stakes of weight zero, and lists the accounts that get nothing", () => {
    const nodes = [
      { stakes: [[ANN, 3n]] },
      {
        stakes: [
          [BOB, 2n],
          [CID, 1n],
        ],
      },
    ] as const
    const { entries, unpaid } = allocateStakes(
      { weights: { solo: "1", operator: "1", contributor: "0" } },
      snapshotOf(nodes),
    )
    expect(entries.map(({ account }) => account)).to.deep.equal([ANN, BOB])
    expect(unpaid.map(({ account, reason }) => [account, reason])).to.deep.equal([[CID, "no-contribution"]])
  })

  it("refuses a network in which no eligible account has a stake", () => {
    expectThrown(() => allocateStakes({}, snapshotOf([{ stakes: [[ANN, FULL]] }]), [BOB]), "refused")
  })

  it("reports each unpaid account, also where derivations are not kept", () => {
    const program = programOf({ source: { kind: "points", file: "p.csv" }, pool: 1000n })
    const run = sourceOf(program).open({ program, snapshot: undefined, people: UNMERGED })
    const count = DERIVATION_LIMIT + 1
    for (let i = 1; i <= count; i++) run.tables[0]?.row([address(i), i === 7 ? "0" : "1"], i + 1)
    const found: string[] = []
    const inputs = { program, snapshot: undefined, people: UNMERGED, listed: undefined }
    const allocation = allocate(
      { ...inputs, valuation: run.finish() },
      { onUnpaid: ({ account, reason }) => found.push(`${account} ${reason}`) },
    )
    expect(allocation.isDerived).to.equal(false)
    expect(found).to.have.length(allocation.unpaidCount)
    expect(found.find((line) => line.includes("no-contribution"))).to.equal(`${address(7)} no-contribution`)
  })
})

describe("eligibility", () => {
  const vesting = address(10)
  const nodes = [{ stakes: [[ANN, FULL]] }, { stakes: [[vesting, FULL]] }, { stakes: [[BOB, FULL]] }] as const
  const snapshot = snapshotOf(nodes, [[vesting, vestingFor(ANN)]])

  it("of one address counts all stakes of its person, once", () => {
    for (const listed of [[ANN], [vesting], [ANN, vesting]]) {
      const { participants, entries } = allocateStakes({}, snapshot, listed)
      expect(entries.map(({ account }) => account)).to.deep.equal([ANN])
      expect(participants[0]?.contributions.length).to.equal(2)
    }
  })

  it("of listed stakes counts only the stakes of listed addresses", () => {
    const { participants } = allocateStakes({ match: "address" }, snapshot, [vesting, BOB])
    const ann = participants.find(({ account }) => account === ANN)
    expect(ann?.contributions.map(({ account, excludedReason }) => [account, excludedReason])).to.deep.equal([
      [ANN, "not-listed"],
      [vesting, undefined],
    ])
    expect(ann?.amount).to.equal(participants.find(({ account }) => account === BOB)?.amount)
  })

  it("is reported with its effect and the stakes that do not count", () => {
    // Three equal stakes: two of one person, of whom then only one counts; the third is not on the list.
    const ofBoth = allocateStakes({ pool: 900n }, snapshot, [ANN])
    expect(ofBoth.ruleEffects).to.deep.equal([
      { rule: "eligibility", moved: 300n, losers: 1, gainers: 1 },
      { rule: "merge", moved: 450n, losers: 1, gainers: 1 },
    ])
    const ofListed = allocateStakes({ pool: 900n, match: "address" }, snapshot, [ANN, BOB])
    expect(ofListed.ruleEffects).to.deep.equal([{ rule: "eligibility", moved: 150n, losers: 1, gainers: 1 }])
  })

  it("is distinguished from having no stake", () => {
    const { unpaid } = allocateStakes({}, snapshot, [ANN, CID])
    expect(unpaid.map(({ account, reason }) => [account, reason])).to.deep.equal([
      [BOB, "not-listed"],
      [CID, "no-contribution"],
    ])
  })
})

describe("rules", () => {
  const nodes = [
    { stakes: [[ANN, 50n]] },
    { stakes: [[BOB, 30n]] },
    { stakes: [[CID, 20n]], leaving: true },
  ] as const
  const snapshot = snapshotOf(nodes)
  const amountsWith = (rules: Parameters<typeof allocateStakes>[0]["rules"]): readonly unknown[] => {
    const { participants, ruleEffects, undistributed } = allocateStakes(
      { pool: 1000n, ...(rules && { rules }) },
      snapshot,
    )
    expect(undistributed).to.equal(0n)
    return [
      participants.map(({ amount }) => Number(amount)),
      ruleEffects.map(({ rule, moved, losers, gainers }) => [rule, Number(moved), losers, gainers]),
    ]
  }

  it("count leaving nodes by default, and report the effect of excluding them", () => {
    expect(amountsWith({})).to.deep.equal([[500, 300, 200], []])
    expect(amountsWith({ leavingNodes: "exclude" })).to.deep.equal([
      [625, 375],
      [["leavingNodes", 200, 1, 2]],
    ])
  })

  it("exclude a person by any of its addresses, and report the effect", () => {
    const exclude = [{ account: ANN, reason: "by its own wish" }]
    expect(amountsWith({ exclude })).to.deep.equal([[600, 400], [["exclude", 500, 1, 2]]])
    const withVesting = snapshotOf(nodes, [[address(10), vestingFor(ANN)]])
    const byVesting = allocateStakes(
      { rules: { exclude: [{ account: address(10), reason: "x" }] } },
      withVesting,
    )
    expect(byVesting.unpaid.map(({ account, detail }) => [account, detail])).to.deep.equal([
      [ANN, "is excluded: x"],
    ])
  })

  it("redistribute shares below the minimum and amounts above the cap, in this order", () => {
    expect(amountsWith({ minimum: 250n })).to.deep.equal([[625, 375], [["minimum", 200, 1, 2]]])
    expect(amountsWith({ cap: 400n })).to.deep.equal([[400, 360, 240], [["cap", 100, 1, 2]]])
    expect(amountsWith({ minimum: 220n, cap: 400n })).to.deep.equal([
      [400, 360, 240],
      [
        ["minimum", 200, 1, 2],
        ["cap", 240, 2, 1],
      ],
    ])
  })

  it("pay each staker its own share with payTo staker, to the last unit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999n }), fc.bigInt({ min: 1n, max: 999n }), (own, other) => {
        const split = [
          { stakes: [[ANN, own]] },
          { stakes: [[address(10), other]] },
          { stakes: [[BOB, 500n]] },
        ] as const
        const accounts = [[address(10), vestingFor(ANN)]] as const
        const merged = allocateStakes({}, snapshotOf(split, accounts))
        const apart = allocateStakes({ rules: { payTo: "staker" } }, snapshotOf(split, accounts))
        const amounts = paid(apart)
        expect((amounts.get(ANN) ?? 0n) + (amounts.get(address(10)) ?? 0n)).to.equal(paid(merged).get(ANN))
        expect(apart.allocated).to.equal(merged.allocated)
        const moved = amounts.get(address(10)) ?? 0n
        const some = moved > 0n ? 1 : 0
        const merge = moved > 0n ? [{ rule: "merge", moved, losers: 1, gainers: 1 }] : []
        expect(merged.ruleEffects).to.deep.equal(merge)
        expect(apart.ruleEffects).to.deep.equal([
          ...merge,
          { rule: "payTo", moved, losers: some, gainers: some },
        ])
      }),
    )
  })

  it("pay another payee by an override, added to what the payee gets itself", () => {
    const overrides = [{ account: ANN, payTo: BOB, reason: "lost its key" }]
    const allocation = allocateStakes({ pool: 1000n, rules: { overrides } }, snapshot)
    expect(Object.fromEntries(paid(allocation))).to.deep.equal({ [BOB]: 800n, [CID]: 200n })
    expect(allocation.ruleEffects).to.deep.equal([{ rule: "overrides", moved: 500n, losers: 1, gainers: 1 }])
  })

  it("warn of exclusions and overrides of accounts that do not take part", () => {
    const { warnings } = allocateStakes(
      {
        rules: {
          exclude: [{ account: DAN, reason: "x" }],
          overrides: [{ account: DAN, payTo: BOB, reason: "x" }],
        },
      },
      snapshot,
    )
    expect(warnings.length).to.equal(2)
  })
})

describe("payees at risk", () => {
  const risksOf = (
    accounts: Parameters<typeof snapshotOf>[1],
    rules: Parameters<typeof allocateStakes>[0]["rules"] = {},
    staker: Address = ANN,
  ): unknown[] =>
    allocateStakes({ rules }, snapshotOf([{ stakes: [[staker, FULL]] }], accounts)).risks.map(
      ({ account, kind, resolved }) => [account, kind, resolved],
    )

  it("are unknown contracts, settled by an override to themselves or to another", () => {
    const accounts = [[ANN, { kind: "contract" }]] as const
    expect(risksOf(accounts)).to.deep.equal([[ANN, "contract", false]])
    const toItself = [{ account: ANN, payTo: ANN, reason: "known to forward" }]
    expect(risksOf(accounts, { overrides: toItself })).to.deep.equal([[ANN, "contract", true]])
    expect(risksOf(accounts, { overrides: [{ account: ANN, payTo: BOB, reason: "x" }] })).to.deep.equal([])
  })

  it("are vesting contracts that would be paid themselves, or that have no beneficiary", () => {
    const vesting = [[ANN, vestingFor(BOB)]] as const
    expect(risksOf(vesting)).to.deep.equal([])
    expect(risksOf(vesting, { payTo: "staker" })).to.deep.equal([[ANN, "vesting-staking", false]])
    expect(risksOf([[ANN, vestingFor(ANN)]])).to.deep.equal([[ANN, "vesting-staking", false]])
    const circle = [
      [ANN, vestingFor(BOB)],
      [BOB, vestingFor(ANN)],
    ] as const
    expect(risksOf(circle)).to.deep.equal([[ANN, "vesting-staking", false]])
  })

  it("are not plain accounts, Safes or EIP-7702 accounts; a never used address is only noted", () => {
    expect(risksOf([[ANN, { kind: "eip7702", delegate: BOB }]])).to.deep.equal([])
    expect(risksOf([[ANN, { kind: "safe", version: "1.4.1", threshold: 1, owners: [BOB] }]])).to.deep.equal(
      [],
    )
    expect(risksOf([[ANN, { kind: "empty" }]])).to.deep.equal([[ANN, "empty", true]])
  })

  it("are the token, shared contracts and addresses without a key, even with an override", () => {
    const low: Address = `0x${"0".repeat(36)}dead`
    expect(risksOf([], {}, low)).to.deep.equal([[low, "reserved", false]])
    const last: Address = `0x${(2n ** 64n - 1n).toString(16).padStart(40, "0")}`
    expect(risksOf([], {}, last)).to.deep.equal([[last, "reserved", false]])
    expect(risksOf([], {}, `0x${(2n ** 64n).toString(16).padStart(40, "0")}`)).to.deep.equal([])
    const MULTI_SEND_CALL_ONLY: Address = "0x9641d764fc13c8b624c04430c7356c1c7c8102e2"
    for (const lost of [TOKEN, MULTI_SEND_CALL_ONLY, DEPLOYMENT_PROXY]) {
      const overrides = [{ account: ANN, payTo: lost, reason: "x" }]
      expect(risksOf([], { overrides })).to.deep.equal([[lost, "contract", false]])
    }
  })
})

describe("people", () => {
  it("are found through chains of vesting contracts; a contract without beneficiary is its own person", () => {
    const [first, second, third] = [address(11), address(12), address(13)]
    const nodes = [{ stakes: [[first, 60n]] }, { stakes: [[third, 40n]] }] as const
    const accounts = [
      [first, vestingFor(second)],
      [second, vestingFor(ANN)],
      [third, vestingFor(ZERO_ADDRESS)],
    ] as const
    const { participants } = allocateStakes({ pool: 100n }, snapshotOf(nodes, accounts))
    expect(participants.map(({ account, amount }) => [account, amount])).to.deep.equal([
      [ANN, 60n],
      [third, 40n],
    ])
  })

  it("of a circle of contracts are its lowest address, from every entry", () => {
    const [entry, low, high] = [address(20), address(11), address(12)]
    const nodes = [{ stakes: [[entry, 1n]] }, { stakes: [[high, 1n]] }, { stakes: [[low, 1n]] }] as const
    const accounts = [
      [entry, vestingFor(high)],
      [high, vestingFor(low)],
      [low, vestingFor(high)],
    ] as const
    const { participants } = allocateStakes({}, snapshotOf(nodes, accounts))
    expect(participants.map(({ account }) => account)).to.deep.equal([low])
  })

  it("are the stakers, whatever a node's own beneficiary field says", () => {
    const snapshot = snapshotOf([{ stakes: [[ANN, FULL]] }])
    const moved = withNetwork(snapshot, {
      nodes: nodesOf([{ stakes: [[ANN, FULL]] }]).map((node) => ({
        ...node,
        contributors: node.contributors.map((one) => ({ ...one, beneficiary: OWNER })),
      })),
    })
    expect([...paid(allocateStakes({}, moved)).keys()]).to.deep.equal([ANN])
  })
})

function rotate<Item>(list: readonly Item[], by: number): Item[] {
  const at = by % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}
