import fc from "fast-check"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { address } from "../made-up.ts"
import { accountOf, keyOf } from "../statements.ts"
import type { Network, Pair, Situation, SourceCase } from "./situation.ts"

/** People with keys, who can sign statements. */
export const KEYS = Array.from({ length: 8 }, (_, i) => keyOf(i))
const PEOPLE = KEYS.map(accountOf)
/** The people whose addresses are replaced by a link, and those that replace them. */
const [OLD, NEW] = [PEOPLE.slice(0, 2), PEOPLE.slice(2)]
const VESTING = [1, 2, 3, 4].map((number) => address(number))
const ELSEWHERE = [5, 6].map((number) => address(number))
const ACCOUNTS = [...PEOPLE, ...VESTING]
const NOBODY: Address = `0x${"0".repeat(40)}`
const START = 1_700_000_000

const anyone = fc.constantFrom(...ACCOUNTS)
/** Few distinct numbers, so that equal values and equal fractions are frequent, and large ones. */
const whole = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }).map(BigInt) },
  { weight: 1, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 15n }) },
)
const decimalsOf = (most: number): fc.Arbitrary<number> =>
  fc.constantFrom(0, 1, 3, 9).filter((n) => n <= most)

/** A decimal number above zero with at most so many decimals. */
function quantity(decimals: number): fc.Arbitrary<string> {
  return fc.tuple(whole, fc.constantFrom("", "5", "25", "333333333")).map(([number, fraction]) => {
    const cut = fraction.slice(0, decimals)
    return cut === "" ? `${number}` : `${number}.${cut}`
  })
}

const weight = fc.constantFrom("1", "1", "1.5", "1.25", "0.333333333", "0", "2")
const bonus = fc.constantFrom("0", "0.1", "0.05", "0.333", "1")
const time = fc.integer({ min: START - 500, max: START + 1500 })

/** One row for each account of a few, each once. */
function rowsOf<T>(cells: fc.Arbitrary<T>): fc.Arbitrary<(readonly [Address, T])[]> {
  return fc.uniqueArray(fc.tuple(anyone, cells), {
    minLength: 1,
    maxLength: 9,
    selector: ([account]) => account,
  })
}

/** Several rows, in which an account may return. */
function repeatedRowsOf<T>(cells: fc.Arbitrary<T>): fc.Arbitrary<(readonly [Address, T])[]> {
  return fc.array(fc.tuple(anyone, cells), { minLength: 1, maxLength: 9 })
}

const staking: fc.Arbitrary<SourceCase> = fc.record({
  kind: fc.constant("session-staking" as const),
  weights: fc.record({ solo: weight, operator: weight, contributor: weight }),
})

const points: fc.Arbitrary<SourceCase> = decimalsOf(9).chain((decimals) =>
  fc.record({
    kind: fc.constant("points" as const),
    decimals: fc.constant(decimals),
    rows: rowsOf(quantity(decimals)),
    referrals: fc.option(
      fc.record({
        // A referee has one referrer, who comes before it in the list, so that there are no circles.
        rows: fc
          .uniqueArray(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4, selector: ([, referee]) => referee })
          .map((pairs) =>
            pairs
              .filter(([a, b]) => a < b)
              .map(([a, b]) => [ACCOUNTS[a] ?? NOBODY, ACCOUNTS[b] ?? NOBODY] as const),
          )
          .filter(({ length }) => length > 0),
        referrerBonus: bonus,
        refereeBonus: bonus,
      }),
      { nil: undefined },
    ),
  }),
)

const stakeHistory: fc.Arbitrary<SourceCase> = decimalsOf(9).chain((decimals) =>
  fc.record({
    kind: fc.constant("stake-history" as const),
    decimals: fc.constant(decimals),
    start: fc.constant(START),
    close: fc.constant(START + 1000),
    rows: repeatedRowsOf(
      fc.tuple(quantity(decimals), time, fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined })),
    ).map((rows) =>
      rows.map(
        ([account, [stake, from, length]]) =>
          [account, stake, from, length === undefined ? undefined : from + length] as const,
      ),
    ),
    registrations: rowsOf(fc.oneof(time, fc.constantFrom(START, START + 999, START + 1000))),
  }),
)

const conversion: fc.Arbitrary<SourceCase> = decimalsOf(9).chain((decimals) =>
  fc.record({
    kind: fc.constant("conversion" as const),
    decimals: fc.constant(decimals),
    rows: repeatedRowsOf(fc.tuple(quantity(decimals), fc.integer({ min: START, max: START + 300 }))).map(
      (rows) => rows.map(([account, [amount, at]]) => [account, amount, at] as const),
    ),
    schedule: fc
      .tuple(fc.constantFrom("0.54", "1", "0.333333333"), fc.constantFrom("0.27", "2"), fc.boolean())
      .map(([first, second, hasStep]) =>
        hasStep
          ? ([
              [START, first],
              [START + 150, second],
            ] as const)
          : ([[START, first]] as const),
      ),
  }),
)

function amounts(decimals: number): fc.Arbitrary<SourceCase> {
  return fc.constantFrom("token" as const, "base" as const).chain((unit) =>
    fc.record({
      kind: fc.constant("amounts" as const),
      unit: fc.constant(unit),
      rows: rowsOf(quantity(unit === "base" ? 0 : decimals)),
    }),
  )
}

const network: fc.Arbitrary<Network> = fc.record({
  nodes: fc.array(
    fc
      .record({
        operator: anyone,
        isOperatorFirst: fc.boolean(),
        leaving: fc.nat(3).map((n) => n === 0),
        stakes: fc.array(
          fc.tuple(
            fc.oneof({ weight: 20, arbitrary: anyone }, { weight: 1, arbitrary: fc.constant(NOBODY) }),
            fc.oneof({ weight: 12, arbitrary: whole }, { weight: 1, arbitrary: fc.constant(0n) }),
          ),
          { minLength: 1, maxLength: 4 },
        ),
      })
      .map(({ isOperatorFirst, operator, stakes, leaving }) => ({
        operator: isOperatorFirst ? (stakes[0]?.[0] ?? operator) : operator,
        stakes,
        leaving,
      })),
    { minLength: 1, maxLength: 6 },
  ),
  vesting: fc
    .tuple(
      ...VESTING.map(() =>
        fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...PEOPLE) },
          { weight: 3, arbitrary: fc.constantFrom(...VESTING) },
          { weight: 1, arbitrary: fc.constant(NOBODY) },
        ),
      ),
    )
    .map((beneficiaries) => beneficiaries.map((to, i) => [VESTING[i] ?? NOBODY, to] as const)),
})

/** At most so many pairs, each account once. */
function pairs(
  accounts: readonly Address[],
  targets: readonly Address[],
  maxLength: number,
): fc.Arbitrary<readonly Pair[]> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...accounts), fc.constantFrom(...targets)), {
      maxLength,
      selector: ([from]) => from,
    })
    .map((list) => list.filter(([from, to]) => from !== to))
}

/** Overrides of a few people, and of each vesting contract, which could not use its payment. */
const overrides: fc.Arbitrary<readonly Pair[]> = fc
  .tuple(
    pairs(PEOPLE.slice(2, 5), [...ELSEWHERE, ...PEOPLE], 2),
    ...VESTING.map((contract) =>
      fc
        .constantFrom(contract, contract, ...ELSEWHERE, ...PEOPLE)
        .map((to): readonly Pair[] => [[contract, to]]),
    ),
  )
  .map((lists) => lists.flat())

/** A part of the pool, or an amount of a few units. */
function limit(pool: bigint): fc.Arbitrary<bigint> {
  return fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0n, 0n, 1n)).map(([part, more]) => {
    const amount = pool / BigInt(part) + more
    return amount === 0n ? 1n : amount
  })
}

/** Any program of about a dozen accounts that the readers accept. */
export const anySituation: fc.Arbitrary<Situation> = fc
  .record({
    decimals: fc.constantFrom(0, 2, 9, 18),
    pool: fc.oneof(
      fc.bigInt({ min: 1n, max: 60n }),
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      fc.bigInt({ min: 10n ** 15n, max: 10n ** 16n }),
    ),
    hasNetwork: fc.boolean(),
    isSigned: fc.nat(4).map((n) => n === 0),
  })
  .chain(({ decimals, pool, hasNetwork, isSigned }) =>
    fc.oneof(staking, staking, points, stakeHistory, conversion, amounts(decimals)).chain((source) => {
      const isFixed = source.kind === "amounts" || source.kind === "conversion"
      return fc.record({
        pool: fc.constant(isFixed ? pool * 10n ** BigInt(decimals) * 1000n : pool),
        decimals: fc.constant(decimals),
        source: fc.constant(source),
        network: source.kind === "session-staking" || hasNetwork ? network : fc.constant(undefined),
        eligibility: fc.option(
          fc.record({
            match: fc.constantFrom("person" as const, "address" as const),
            listed: fc.uniqueArray(anyone, { minLength: 1, maxLength: 10 }),
          }),
          { nil: undefined },
        ),
        links: isSigned ? pairs(OLD, NEW, 2) : fc.constant([]),
        redirects: isSigned ? pairs(PEOPLE.slice(5), ELSEWHERE, 2) : fc.constant([]),
        rules: limit(isFixed ? 100n * 10n ** BigInt(decimals) : pool).chain((cap) =>
          fc.record({
            payTo: fc.constantFrom("beneficiary" as const, "staker" as const),
            leavingNodes: fc.constantFrom("include" as const, "exclude" as const),
            minimum: fc.oneof(fc.constant(0n), limit(cap)),
            cap: fc.constantFrom(undefined, cap),
            exclude: fc.uniqueArray(anyone, { maxLength: 2 }),
            overrides,
          }),
        ),
      })
    }),
  )
