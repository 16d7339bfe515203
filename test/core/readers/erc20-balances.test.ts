import { expect } from "chai"
import { ZERO_ADDRESS, type Address } from "../../../scripts/core/primitives/address.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import { erc20Balances, type TokenBalances } from "../../../scripts/core/readers/erc20-balances.ts"
import type { CallContracts } from "../../../scripts/core/readers/reader.ts"
import { SOURCES } from "../../../scripts/core/sources/sources.ts"
import { UNMERGED } from "../../../scripts/core/snapshot/people.ts"
import { expectThrown } from "../../support/errors.ts"
import { address, programOf, snapshotOf } from "../../support/made-up.ts"

const TOKEN = address(50)
const [ANN, BOB] = [address(1), address(2)]
const settings = { token: TOKEN, assets: false, fromBlock: 7 }
const terms = { chainId: 8453, token: address(60), settings }

/** Answers as a token with these balances, whose supply is all that was ever minted. */
function tokenWith(balances: ReadonlyMap<Address, bigint>, supply: bigint): CallContracts {
  return (calls) =>
    Promise.resolve(
      calls.map(({ data }) => {
        if (data.startsWith("0x18160ddd")) return wordHex(supply)
        if (data.startsWith("0x313ce567")) return wordHex(6n)
        return wordHex(balances.get(`0x${data.slice(-40)}`) ?? 0n)
      }),
    )
}

const read = async (balances: ReadonlyMap<Address, bigint>, supply: bigint): Promise<TokenBalances> => {
  const accounts = [BOB, ANN, BOB, ZERO_ADDRESS, address(3)]
  const section = await erc20Balances.byCalls?.read(tokenWith(balances, supply), { ...terms, accounts })
  return section ?? expect.fail("it reads by calls")
}

describe("the balances of a token", () => {
  it("count tokens that were sent to the zero address in the supply, and for nobody", async () => {
    const section = await read(
      new Map([
        [ANN, 30n],
        [BOB, 50n],
        [ZERO_ADDRESS, 20n],
      ]),
      100n,
    )
    expect(section.holders.map(({ account, balance }) => [account, balance])).to.deep.equal([
      [ZERO_ADDRESS, 20n],
      [ANN, 30n],
      [BOB, 50n],
    ])
    erc20Balances.require?.(section, terms)
    const program = {
      ...programOf({}),
      source: { kind: "erc20-balances", token: TOKEN, symbol: "HELD", fromBlock: 7 },
    }
    const snapshot = { ...snapshotOf([]), sections: new Map([[erc20Balances.name, section]]) }
    const run = SOURCES.get("erc20-balances")?.open({ program, snapshot, people: UNMERGED })
    const { contributions } = run?.finish() ?? expect.fail("the source is known")
    expect([contributions.at(0)?.account, contributions.at(1)?.account, contributions.length]).to.deep.equal([
      ANN,
      BOB,
      2,
    ])
  })

  it("stop one unit short of the supply, and one above it", async () => {
    for (const supply of [79n, 81n]) {
      const section = await read(
        new Map([
          [ANN, 30n],
          [BOB, 50n],
        ]),
        supply,
      )
      expectThrown(
        () => erc20Balances.require?.(section, terms),
        "inconsistent",
        /its supply is 0\.0000(79|81)/,
      )
    }
  })
})
