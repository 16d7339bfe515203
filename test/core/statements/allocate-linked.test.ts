import { expect } from "chai"
import fc from "fast-check"
import { allocate } from "../../../scripts/core/allocation/allocate.ts"
import type { Allocation } from "../../../scripts/core/allocation/allocation.ts"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { peopleOf, type Links } from "../../../scripts/core/snapshot/people.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import { SOURCES } from "../../../scripts/core/sources/sources.ts"
import { address, paid, programOf, snapshotOf, vestingFor, type NodeGiven } from "../../support/made-up.ts"

const OLD = [address(1), address(2), address(3)] as const
const STAKERS = Array.from({ length: 6 }, (_, i) => address(i + 1))
const NEW = [address(11), address(12)] as const
const VESTING = address(20)

const networks: fc.Arbitrary<readonly NodeGiven[]> = fc.array(
  fc.record({
    stakes: fc.array(
      fc.tuple(fc.constantFrom(...STAKERS, VESTING), fc.bigInt({ min: 1n, max: 10n ** 13n })),
      { minLength: 1, maxLength: 5 },
    ),
  }),
  { minLength: 1, maxLength: 6 },
)
/** Links of old addresses to new ones; the new ones may have stakes of their own, with their consent. */
const links: fc.Arbitrary<Links> = fc
  .tuple(
    fc.subarray([...OLD, VESTING]),
    fc.array(fc.constantFrom<Address>(...NEW, address(5)), { minLength: 4, maxLength: 4 }),
  )
  .map(([from, to]) => new Map(from.map((old, i) => [old, to[i] ?? NEW[0]])))

function allocated(snapshot: Snapshot, linked: Links, payTo: "beneficiary" | "staker"): Allocation {
  const settled = { account: VESTING, payTo: VESTING, reason: "its owner asked" }
  const program = programOf({ rules: { payTo, overrides: [settled] }, match: "person" })
  const people = peopleOf(snapshot.accounts, linked)
  const valuation = SOURCES.get("session-staking")?.open({ program, snapshot, people }).finish()
  if (valuation === undefined) throw new Error("there is no such source")
  return allocate({ program, snapshot, people, valuation, listed: new Set([...STAKERS, VESTING]) })
}

const network = (nodes: readonly NodeGiven[]): Snapshot =>
  snapshotOf(nodes, [[VESTING, vestingFor(address(4))]])
const modes = fc.constantFrom("beneficiary", "staker")

describe("allocating with links", () => {
  it("pays the tranche to the last unit, and no linked address", () => {
    fc.assert(
      fc.property(networks, links, modes, (nodes, linked, payTo) => {
        const { entries, pool } = allocated(network(nodes), linked, payTo)
        expect(entries.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(pool)
        const accounts = entries.map(({ account }) => account)
        expect(new Set(accounts).size).to.equal(accounts.length)
        for (const old of linked.keys()) expect(accounts).not.to.include(old)
      }),
    )
  })

  it("does not depend on the order of the links", () => {
    fc.assert(
      fc.property(networks, links, modes, (nodes, linked, payTo) => {
        const reversed = new Map([...linked].reverse())
        const snapshot = network(nodes)
        expect(allocated(snapshot, reversed, payTo)).to.deep.equal(allocated(snapshot, linked, payTo))
      }),
    )
  })

  it("counts each stake once: values with and without links add up to the same, apart from roles", () => {
    fc.assert(
      fc.property(networks, links, (nodes, linked) => {
        const snapshot = network(nodes)
        const stake = ({ groups }: Allocation): bigint =>
          groups.reduce((sum, { quantity }) => sum + quantity, 0n)
        expect(stake(allocated(snapshot, linked, "beneficiary"))).to.equal(
          stake(allocated(snapshot, new Map(), "beneficiary")),
        )
      }),
    )
  })

  it("pays the new address what the old one would be paid, if nothing else is linked", () => {
    const nodes = [
      {
        stakes: [
          [OLD[0], 300n],
          [OLD[1], 100n],
        ] as const,
      },
    ]
    const before = paid(allocated(network(nodes), new Map(), "beneficiary"))
    const after = paid(allocated(network(nodes), new Map([[OLD[0], NEW[0]]]), "beneficiary"))
    expect(after.get(NEW[0])).to.equal(before.get(OLD[0]))
    expect(after.get(OLD[1])).to.equal(before.get(OLD[1]))
  })
})
