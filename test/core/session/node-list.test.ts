import { AbiCoder } from "ethers"
import { expect } from "chai"
import fc from "fast-check"
import { checkNodeList, type NodeList } from "../../../scripts/core/session/node-list.ts"
import { unusualNodes } from "../../../scripts/core/session/unusual-nodes.ts"
import { answerWord } from "../../../scripts/core/ethereum/answer-words.ts"
import { decodeIds, decodeNode } from "../../../scripts/core/session/decode-nodes.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import { address, nodesOf } from "../../support/made-up.ts"
import { expectThrown } from "../../support/errors.ts"

/** Returns a complete list of nodes with these ids, in this order. */
function listOf(ids: readonly bigint[]): NodeList {
  const [node] = nodesOf([{ stakes: [[address(1), 5n]] }])
  const nodes = ids.flatMap((id, i) =>
    node === undefined ? [] : [{ ...node, id, links: { prev: ids[i - 1] ?? 0n, next: ids[i + 1] ?? 0n } }],
  )
  return {
    totalNodes: ids.length,
    nextId: 100n,
    sentinel: { next: ids[0] ?? 0n, prev: ids.at(-1) ?? 0n },
    nodes,
  }
}

describe("the list of nodes", () => {
  it("is accepted if the links lead from the sentinel through all nodes and back", () => {
    for (const ids of [[], [1n], [3n, 4n, 9n, 99n]]) {
      expect(() => {
        checkNodeList(listOf(ids))
      }).to.not.throw()
    }
  })

  const whole = listOf([2n, 3n, 5n])
  const [first, second, third] = whole.nodes
  const cases: Readonly<Record<string, readonly [list: Partial<NodeList>, words: string]>> = {
    "a node left out": [{ nodes: whole.nodes.slice(0, 2) }, "it has 2 nodes, the contract counts 3"],
    "another count": [{ totalNodes: 4 }, "the contract counts 4"],
    "another first node": [{ sentinel: { next: 3n, prev: 5n } }, "after node 0 comes 3, not 2"],
    "another last node": [{ sentinel: { next: 2n, prev: 3n } }, "its last node is 5, the contract says 3"],
    "an id that was never given": [{ nextId: 5n }, "node 5 is not between 1 and 4"],
    "a link that leads elsewhere": [
      {
        nodes: [first, second && { ...second, links: { ...second.links, next: 7n } }, third].filter(
          (node) => node !== undefined,
        ),
      },
      "after node 3 comes 7, not 5",
    ],
    "a link that leads back elsewhere": [
      {
        nodes: [first, second, third && { ...third, links: { ...third.links, prev: 2n } }].filter(
          (node) => node !== undefined,
        ),
      },
      "node 5 says that 2 comes before it, not 3",
    ],
    "a last node with a link to another node": [
      {
        nodes: [first, second, third && { ...third, links: { ...third.links, next: 9n } }].filter(
          (node) => node !== undefined,
        ),
      },
      "after node 5 comes 9, which does not exist",
    ],
  }
  for (const [what, [change, words]] of Object.entries(cases)) {
    it(`is refused with ${what}`, () => {
      expectThrown(
        () => {
          checkNodeList({ ...whole, ...change })
        },
        "mismatch",
        words,
      )
    })
  }

  it("shows its unusual nodes", () => {
    const zero = `0x${"0".repeat(40)}` as const
    const nodes = nodesOf([
      { stakes: [[address(1), 5n]] },
      {
        stakes: [
          [address(1), 5n],
          [address(2), 0n],
          [address(1), 3n],
        ],
      },
      {
        stakes: [
          [address(3), 5n],
          [zero, 1n],
        ],
        leaving: true,
      },
    ])
    const found = Object.fromEntries(unusualNodes(nodes).map(({ what, nodes: ids }) => [what, ids]))
    expect(found).to.deep.equal({
      "have requested to leave and are still active": [3n],
      "name an address more than once": [2n],
      "name a contributor without stake": [2n],
      "name the zero address as contributor": [3n],
    })
  })
})

describe("the staking contract's answers", () => {
  const NODE =
    "tuple(uint64 next, uint64 prev, address operator, tuple(uint256 X, uint256 Y) bls, uint256 added, uint256 leave, uint256 latest, uint256 deposit, tuple(tuple(address addr, address beneficiary) staker, uint256 stake)[] contributors, uint256 ed25519)"
  const coder = AbiCoder.defaultAbiCoder()
  const word = fc.bigInt(0n, (1n << 256n) - 1n)
  const account = fc.bigInt(0n, (1n << 160n) - 1n).map((value) => `0x${wordHex(value).slice(26)}` as const)
  const seconds = fc.nat()

  it("are decoded as by a general decoder", () => {
    const uint64 = fc.bigInt(0n, (1n << 64n) - 1n)
    const contributor = fc.tuple(fc.tuple(account, account), word)
    const node = fc.tuple(
      ...([uint64, uint64, account, fc.tuple(word, word), seconds, seconds, seconds, word] as const),
      fc.array(contributor, { maxLength: 10 }),
      word,
    )
    fc.assert(
      fc.property(node, (values) => {
        const [next, prev, operator, , added, leave, , , contributors] = values
        expect(decodeNode(7n, coder.encode([NODE], [values]))).to.deep.equal({
          id: 7n,
          links: { next, prev },
          operator,
          addedTimestamp: added,
          leaveRequestTimestamp: leave,
          contributors: contributors.map(([[addr, beneficiary], stake]) => ({
            address: addr,
            beneficiary,
            stake,
          })),
        })
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(fc.array(uint64), (ids) => {
        const keys = ids.map((id) => [id, id])
        expect(decodeIds(coder.encode(["uint64[]", "tuple(uint256,uint256)[]"], [ids, keys]))).to.deep.equal(
          ids,
        )
      }),
    )
  })

  it("are refused if cut or of another form", () => {
    const right = coder.encode(
      [NODE],
      [[1, 2, address(1), [3, 4], 5, 6, 7, 8, [[[address(1), address(2)], 9]], 10]],
    )
    expect(decodeNode(1n, right)).to.not.equal(undefined)
    for (const wrong of [
      "0x",
      "0x00",
      right.slice(0, -64),
      right.slice(0, -2),
      `${right}${"0".repeat(64)}`,
      `${right.slice(0, -1)}g`,
    ]) {
      expect(decodeNode(1n, wrong), wrong.slice(-8)).to.equal(undefined)
      expect(decodeIds(wrong)).to.equal(undefined)
    }
    for (const who of [address(1), address(2)]) {
      const word = wordHex(BigInt(who)).slice(2)
      for (let at = right.indexOf(word); at !== -1; at = right.indexOf(word, at + 64)) {
        const tooLong = `${right.slice(0, at + 23)}1${right.slice(at + 24)}`
        expect(decodeNode(1n, tooLong), `more than an address at ${at}`).to.equal(undefined)
      }
    }
    expect(answerWord(wordHex(5n), 64n)).to.equal(5n)
    expect(answerWord("0x", 64n)).to.equal(undefined)
    expect(answerWord(wordHex(1n << 64n), 64n)).to.equal(undefined)
  })
})
