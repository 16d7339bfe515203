import { expect } from "chai"
import fc from "fast-check"
import { openViews, type World } from "../../scripts/core/ethereum/view-call.ts"
import { NotFollowed } from "../../scripts/core/ethereum/view-operations.ts"
import { ZERO_ADDRESS } from "../../scripts/core/primitives/address.ts"
import { fromHex, toHex } from "../../scripts/core/primitives/bytes.ts"
import { wordHex } from "../../scripts/core/primitives/words.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { announceSeed, DEEP, fuzzing } from "../support/fuzz.ts"
import { CALLEE, CALLER, viewCode, viewInput } from "../support/random-view.ts"

/** Slots that hold something at both contracts, each with its value at the caller. */
const SLOTS = [0n, 1n, 2n, 5n, 32n].map((slot) => [slot, slot * 0x123456789abcdef01n + 7n] as const)

/** Returns slots with other values for each contract. */
const slotsOf = (account: string): ReadonlyMap<bigint, bigint> =>
  new Map(SLOTS.map(([slot, value]) => [slot, account === CALLER ? value : value + 1n]))

describe("Random views", function () {
  this.timeout(DEEP ? 120_000 : 60_000)
  let chain: EmbeddedChain
  before(async () => {
    announceSeed()
    chain = await startEmbeddedChain({ bare: true })
  })
  after(async () => {
    await chain.close()
  })

  it("answer over proven state as on the chain, or are refused", async () => {
    const timestamp = BigInt((await chain.ethers.provider.getBlock("latest"))?.timestamp ?? 0)
    const tally = { followed: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(viewCode, viewCode, viewInput, async (own, other, input) => {
        const codes = new Map<string, string>([
          [CALLER, `0x${own}`],
          [CALLEE, `0x${other}`],
        ])
        const world: World = {
          timestamp,
          chainId: 42161n,
          code: (account) => Promise.resolve(fromHex(codes.get(account) ?? "0x")),
          storage: (account, slot) =>
            Promise.resolve((codes.has(account) ? slotsOf(account).get(slot) : undefined) ?? 0n),
        }
        const call = await openViews(world)
        const found = await call(CALLER, `0x${input}`).then(
          ({ success, data }) => (success ? toHex(data) : "failed"),
          (error: unknown) => {
            if (!(error instanceof NotFollowed)) throw error
            return undefined
          },
        )
        tally[found === undefined ? "refused" : "followed"]++
        if (found === undefined) return
        const overrides = Object.fromEntries(
          [...codes].map(([account, code]) => {
            const state = [...slotsOf(account)].map(([slot, value]) => [wordHex(slot), wordHex(value)])
            return [account, { code, state: Object.fromEntries(state) as unknown }]
          }),
        )
        const expected = await chain
          .request("eth_call", [{ from: ZERO_ADDRESS, to: CALLER, data: `0x${input}` }, "latest", overrides])
          .catch(() => "failed")
        expect(found).to.equal(expected)
      }),
      fuzzing({ cases: 400 }),
    )
    expect(tally.followed, "most are followed").to.be.greaterThan(tally.refused * 3)
  })
})
