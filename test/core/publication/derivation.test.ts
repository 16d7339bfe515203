import { expect } from "chai"
import { MOST_VALUE_DECIMALS } from "../../../scripts/core/primitives/decimal.ts"
import { readDerivation, type Derivation } from "../../../scripts/core/publication/derivation.ts"

const ACCOUNT = `0x${"01".repeat(20)}` as const

/** A derivation of 30 of 100 units: 3 of 10 units of value, of which another participant has the rest. */
function written(given: { terms?: object; participant?: object; contribution?: object } = {}): unknown {
  const contribution = {
    account: ACCOUNT,
    origin: "1",
    group: "solo",
    quantity: "2",
    factor: "1.5",
    value: "3.0",
    ...given.contribution,
  }
  return {
    basis: "share",
    units: { origin: "node", quantity: "T", quantityDecimals: 0, factor: "f", value: "v", valueDecimals: 1 },
    pool: "100",
    allocated: "100",
    totalValue: "10.0",
    uncapped: { pool: "100", value: "10.0" },
    participants: [
      {
        account: ACCOUNT,
        amount: "30",
        value: "3.0",
        roundedUp: false,
        capped: false,
        payments: [{ account: ACCOUNT, payee: ACCOUNT, amount: "30" }],
        contributions: [contribution],
        ...given.participant,
      },
    ],
    ...given.terms,
  }
}

function read(json: unknown, amount = 30n): Derivation {
  return readDerivation(json, { account: ACCOUNT, amount, total: 100n, decimals: 0 })
}

function paying(amount: string, more: object = {}): object {
  return { amount, payments: [{ account: ACCOUNT, payee: ACCOUNT, amount }], ...more }
}

describe("A published derivation", () => {
  it("is read with what the page shows of it", () => {
    const { basis, units, pool, totalValue, participants } = read(written())
    expect({ basis, units, pool, totalValue }).to.deep.equal({
      basis: "share",
      units: { origin: "node", quantity: "T" },
      pool: 100n,
      totalValue: 100n,
    })
    expect(participants[0]).to.deep.include({ value: 30n, valueText: "3.0", capped: false })
  })

  it("may have as many decimals as an allocation", () => {
    const value = `1.${"3".repeat(MOST_VALUE_DECIMALS)}`
    const units = { quantityDecimals: MOST_VALUE_DECIMALS, valueDecimals: MOST_VALUE_DECIMALS }
    const json = (totalValue: string): unknown =>
      written({
        terms: {
          units: { origin: "node", quantity: "", factor: "", value: "", ...units },
          totalValue,
          uncapped: { pool: "100", value },
        },
        participant: { ...paying("100"), value },
        contribution: { quantity: value, factor: "1", value },
      })
    expect(read(json(value), 100n).participants[0]?.valueText).to.equal(value)
    expect(() => read(json(`${value}3`), 100n)).to.throw(/has 73 decimals/)
  })

  it("takes an amount rounded up, a capped one, and a fixed one", () => {
    expect(() => read(written({ participant: paying("31", { roundedUp: true }) }), 31n)).to.not.throw()
    expect(() => read(written({ participant: paying("12", { capped: true }) }), 12n)).to.not.throw()
    const terms = { basis: "amount", pool: "100" }
    expect(() => read(written({ terms, participant: paying("3") }), 3n)).to.not.throw()
  })

  const wrong: readonly (readonly [what: string, json: unknown, amount: bigint, problem: RegExp])[] = [
    ["another amount than the list's", written(), 31n, /comes to 30 base units, the list has 31/],
    ["more than the share", written({ participant: paying("31") }), 31n, /does not follow from its value/],
    ["less than the share", written({ participant: paying("29") }), 29n, /does not follow from its value/],
    [
      "a unit more than was rounded up",
      written({ participant: paying("30", { roundedUp: true }) }),
      30n,
      /does not follow from its value/,
    ],
    [
      "more than the share, called capped",
      written({ participant: paying("31", { capped: true }) }),
      31n,
      /does not follow from its value/,
    ],
    [
      "a fixed amount that is not the value",
      written({ terms: { basis: "amount" } }),
      30n,
      /does not follow from its value/,
    ],
    [
      "another quantity",
      written({ contribution: { quantity: "3" } }),
      30n,
      /not its quantity times its factor/,
    ],
    [
      "a factor with too many decimals",
      written({ contribution: { factor: "1.50001" } }),
      30n,
      /not its quantity/,
    ],
    [
      "contributions of more value",
      written({ contribution: { quantity: "4", value: "6.0" } }),
      30n,
      /do not come to its value/,
    ],
    [
      "a contribution that does not count",
      written({ contribution: { excludedReason: "leaving" } }),
      30n,
      /do not come to its value/,
    ],
    ["another total", written({ terms: { allocated: "99" } }), 30n, /not the total of the list/],
    ["a pool below what is paid", written({ terms: { pool: "99" } }), 30n, /less than is paid/],
    [
      "an uncapped pool above the whole",
      written({ terms: { uncapped: { pool: "101", value: "10.0" } } }),
      30n,
      /uncapped is more than the whole/,
    ],
    [
      "an uncapped value above the whole",
      written({ terms: { uncapped: { pool: "100", value: "10.1" } } }),
      30n,
      /uncapped is more than the whole/,
    ],
    [
      "a flag that is none",
      written({ participant: { capped: "no" } }),
      30n,
      /capped .* neither true nor false/,
    ],
    ["a key too many", written({ terms: { note: "" } }), 30n, /"note" is not expected/],
    ["a key too few", written({ terms: { uncapped: undefined } }), 30n, /uncapped/],
  ]
  for (const [what, json, amount, problem] of wrong) {
    it(`is refused with ${what}`, () => {
      expect(() => read(json, amount)).to.throw(problem)
    })
  }
})
