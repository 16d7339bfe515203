import { expect } from "chai"
import { parseAddress, type Address } from "../../../scripts/core/primitives/address.ts"
import { suggest, type SuggestTerms } from "../../../scripts/core/reserve/suggest-grants.ts"
import { strongestChain, transferGraph } from "../../../scripts/core/reserve/transfer-graph.ts"
import { type Transfer } from "../../../scripts/core/ethereum/transfer.ts"
import { seededRandom } from "../../support/send-faults.ts"

/** A network of its own: people, exchanges, and the moves that are to be found. */
interface Planted {
  readonly transfers: Transfer[]
  readonly terms: SuggestTerms
  /** New address by old person. */
  readonly moves: ReadonlyMap<Address, Address>
  /** Strangers who stake and got their tokens from an exchange that eligible people used too. */
  readonly strangers: ReadonlySet<Address>
}

const PEOPLE = 60
const MOVED = 20
const STRANGERS = 60

describe("suggestions for the reserve", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`find every planted move and no stranger who bought at an exchange (network ${seed})`, () => {
      const { transfers, terms, moves, strangers } = plant(seed)
      const { found } = suggest(transferGraph(transfers), terms)
      const named = new Map(found.map(({ account, paths }) => [account, paths]))
      for (const [person, target] of moves) {
        expect(
          named.get(target)?.map((path) => path.person),
          `${person} -> ${target}`,
        ).to.include(person)
      }
      for (const { account } of found) expect(strangers.has(account), account).to.equal(false)
      expect(named.size).to.equal(moves.size)
    })
  }

  it("give connected transfers as evidence, with the amount carried all the way", () => {
    const { transfers, terms } = plant(1)
    const { found } = suggest(transferGraph(transfers), terms)
    for (const { paths } of found) {
      for (const { transfers: hops, carried, person } of paths) {
        expect(terms.sources.get(hops[0]?.from ?? "0x")).to.equal(person)
        hops.slice(1).forEach((hop, i) => {
          expect(hop.from).to.equal(hops[i]?.to)
          expect(hop.order).to.be.greaterThan(hops[i]?.order ?? 0)
        })
        expect(hops.every(({ amount }) => amount >= carried)).to.equal(true)
      }
    }
  })

  it("ignore transfers of zero, which anyone can fake, and dust", () => {
    const [a, b] = [address(1), address(2)]
    const terms = termsOf([[a, a]], [[b, b]])
    for (const amount of [0n, 9n]) {
      expect(
        suggest(transferGraph([transfer(a, b, amount, 0)]), { ...terms, minimum: 10n }).found,
      ).to.deep.equal([])
    }
    expect(suggest(transferGraph([transfer(a, b, 10n, 0)]), { ...terms, minimum: 10n }).found).to.have.length(
      1,
    )
  })

  it("do not follow tokens backwards in time", () => {
    const [a, m, b] = [address(1), address(2), address(3)]
    const terms = termsOf([[a, a]], [[b, b]])
    expect(suggest(transferGraph([transfer(m, b, 5n, 0), transfer(a, m, 5n, 1)]), terms).found).to.deep.equal(
      [],
    )
    expect(
      suggest(transferGraph([transfer(a, m, 5n, 0), transfer(m, b, 5n, 1)]), terms).found,
    ).to.have.length(1)
  })

  it("follow at most --hops transfers", () => {
    const path = [1, 2, 3, 4, 5].map(address)
    const transfers = path.slice(1).map((to, i) => transfer(path[i] ?? to, to, 5n, i))
    const terms = termsOf([[address(1), address(1)]], [[address(5), address(5)]])
    expect(suggest(transferGraph(transfers), { ...terms, hops: 3 }).found).to.deep.equal([])
    expect(suggest(transferGraph(transfers), { ...terms, hops: 4 }).found).to.have.length(1)
  })

  it("stop at contracts and at exchanges that are known, and say so", () => {
    const [a, m, b] = [address(1), address(2), address(3)]
    const terms = termsOf([[a, a]], [[b, b]])
    const graph = transferGraph([transfer(a, m, 5n, 0), transfer(m, b, 5n, 1)])
    const result = suggest(graph, { ...terms, cut: new Map([[m, "it is an exchange"]]) })
    expect(result.found).to.deep.equal([])
    expect([...result.cut]).to.deep.equal([[m, "it is an exchange"]])
  })

  it("stop at an exchange that one eligible person has used and many others buy from", () => {
    const [a, deposit, exchange, b] = [1, 2, 3, 4].map(address) as [Address, Address, Address, Address]
    const terms = termsOf([[a, a]], [[b, b]])
    const customers = Array.from({ length: 8 }, (_, i) => transfer(exchange, address(100 + i), 5n, 2 + i))
    const transfers = [transfer(a, deposit, 9n, 0), transfer(deposit, exchange, 9n, 1), ...customers]
    const result = suggest(transferGraph([...transfers, transfer(exchange, b, 5n, 20)]), terms)
    expect(result.found).to.deep.equal([])
    expect(result.cut.get(exchange)).to.match(/sent to 9 addresses/)
  })

  it("stop at a small one that two eligible people have used and two others buy from", () => {
    const [a, b, exchange, c, d] = [1, 2, 3, 4, 5].map(address) as [
      Address,
      Address,
      Address,
      Address,
      Address,
    ]
    const terms = termsOf(
      [
        [a, a],
        [b, b],
      ],
      [
        [c, c],
        [d, d],
      ],
    )
    const transfers = [transfer(a, exchange, 5n, 0), transfer(b, exchange, 5n, 1)]
    const result = suggest(
      transferGraph([...transfers, transfer(exchange, c, 5n, 2), transfer(exchange, d, 5n, 3)]),
      terms,
    )
    expect(result.found).to.deep.equal([])
    expect(result.cut.get(exchange)).to.match(/several people/)
  })

  it("rank a direct move of the whole stake above a detour of a part", () => {
    const [a, b, c, m] = [1, 2, 3, 4].map(address) as [Address, Address, Address, Address]
    const terms = termsOf(
      [[a, a]],
      [
        [b, b],
        [c, c],
      ],
    )
    const graph = transferGraph([transfer(a, m, 40n, 0), transfer(m, b, 40n, 1), transfer(a, c, 100n, 2)])
    const { found } = suggest(graph, terms)
    expect(found.map(({ account }) => account)).to.deep.equal([c, b])
    expect(found.map(({ strength }) => strength)).to.deep.equal([1000, 200])
  })

  it("choose, of several transfers, the chain that carries the most", () => {
    const [a, m, b] = [address(1), address(2), address(3)]
    const graph = transferGraph([
      transfer(a, m, 3n, 0),
      transfer(m, b, 3n, 1),
      transfer(a, m, 50n, 2),
      transfer(m, b, 40n, 3),
      transfer(a, m, 90n, 4),
    ])
    expect(strongestChain(graph, [a, m, b])?.map(({ amount }) => amount)).to.deep.equal([50n, 40n])
    expect(strongestChain(graph, [b, a])).to.equal(undefined)
  })
})

function plant(seed: number): Planted {
  const random = seededRandom(seed)
  const pick = (n: number): number => Math.floor(random() * n)
  const steps: [from: Address, to: Address, amount: bigint][][] = []
  const sources: [Address, Address][] = []
  const targets: [Address, Address][] = []
  const moves = new Map<Address, Address>()
  const strangers = new Set<Address>()
  const exchanges = [1, 2].map((i) => address(900 + i))
  const whole = 25_000n
  for (let i = 0; i < PEOPLE; i++) {
    const person = address(1000 + i)
    sources.push([person, person])
    const vesting = address(2000 + i)
    if (i % 3 === 0) sources.push([vesting, person])
    if (i < MOVED) {
      const target = address(3000 + i)
      targets.push([target, target])
      moves.set(person, target)
      const origin = i % 3 === 0 ? vesting : person
      const between = Array.from({ length: pick(3) }, (_, j) => address(4000 + 10 * i + j))
      const path = [origin, ...between, target]
      // A part at a time, with something left behind on the way.
      steps.push(path.slice(1).map((to, j) => [path[j] ?? to, to, whole - BigInt(j)]))
      const bought = exchanges[pick(2)]
      if (bought !== undefined && i % 2 === 0) steps.push([[bought, target, 700n]])
    }
    if (i % 2 === 1) {
      const exchange = exchanges[pick(2)] ?? address(901)
      const deposit = address(5000 + i)
      steps.push([
        [person, deposit, 5_000n],
        [deposit, exchange, 5_000n],
      ])
    }
  }
  for (let i = 0; i < STRANGERS; i++) {
    const stranger = address(6000 + i)
    targets.push([stranger, stranger])
    strangers.add(stranger)
    const exchange = exchanges[pick(2)] ?? address(901)
    const through = address(7000 + i)
    steps.push(
      i % 2 === 0
        ? [[exchange, stranger, whole]]
        : [
            [exchange, through, whole],
            [through, stranger, whole],
          ],
    )
  }
  return { transfers: interleave(steps, random), terms: termsOf(sources, targets), moves, strangers }
}

/** Puts stories beside each other in a random order in which each keeps its own. */
function interleave(
  stories: readonly (readonly [from: Address, to: Address, amount: bigint][])[],
  random: () => number,
): Transfer[] {
  const waiting = stories.map((story) => [...story])
  const transfers: Transfer[] = []
  while (waiting.length > 0) {
    const at = Math.floor(random() * waiting.length)
    const next = waiting[at]?.shift()
    if (next !== undefined) transfers.push(transfer(...next, transfers.length))
    if (waiting[at]?.length === 0) waiting.splice(at, 1)
  }
  return transfers
}

function termsOf(
  sources: readonly (readonly [Address, Address])[],
  targets: readonly (readonly [Address, Address])[],
): SuggestTerms {
  return {
    sources: new Map(sources),
    targets: new Map(targets),
    stakes: new Map(targets.map(([target]) => [target, 100n])),
    ownStakes: new Map(),
    hops: 3,
    minimum: 1n,
    hub: 8,
    cut: new Map(),
  }
}

function address(number: number): Address {
  return parseAddress(`0x${number.toString(16).padStart(40, "0")}`)
}

function transfer(from: Address, to: Address, amount: bigint, order: number): Transfer {
  return { from, to, amount, order, block: order, transaction: `0x${order.toString(16).padStart(64, "0")}` }
}
