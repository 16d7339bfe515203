import { expect } from "chai"
import fc from "fast-check"
import {
  decodeCall,
  type DecodedCall,
  type KnownContracts,
} from "../../../scripts/core/multisig/decode-call.ts"
import {
  executeCall,
  ownerCall,
  scheduleCall,
  transferCall,
} from "../../../scripts/core/multisig/owner-calls.ts"
import { titleOf } from "../../../scripts/core/multisig/titles.ts"
import type { Call } from "../../../scripts/core/ethereum/call.ts"
import type { Address } from "../../../scripts/core/primitives/address.ts"

const address = (digit: string): Address => `0x${digit.repeat(40)}`
const CONTRACTS: KnownContracts = {
  airdrop: address("a"),
  token: address("b"),
  timelock: address("c"),
  creationCode: "0x6001",
}
const SALT = `0x${"00".repeat(32)}` as const

describe("decodeCall", () => {
  it("reads back each call that is built here", () => {
    expect(decodeCall(ownerCall(address("a"), "sweep"), CONTRACTS)).to.deep.equal({
      kind: "owner",
      name: "sweep",
      values: [],
    })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (amount) => {
        expect(decodeCall(transferCall(address("b"), address("1"), amount), CONTRACTS)).to.deep.equal({
          kind: "transfer",
          token: address("b"),
          to: address("1"),
          amount,
        })
      }),
      { numRuns: 50 },
    )
  })

  it("opens a timelock's batch down to its calls", () => {
    const calls = [ownerCall(address("a"), "sweep"), transferCall(address("b"), address("1"), 5n)]
    const terms = { timelock: address("c"), delay: 60n, salt: SALT }
    for (const [batch, kind] of [
      [scheduleCall(calls, terms), "schedule"],
      [executeCall(calls, terms), "execute"],
    ] as const) {
      const decoded = decodeCall(batch, CONTRACTS)
      expect(decoded.kind).to.equal(kind)
      if (decoded.kind !== "schedule" && decoded.kind !== "execute") throw new Error("not a batch")
      expect(decoded.calls.map((inner) => inner.decoded.kind)).to.deep.equal(["owner", "transfer"])
      expect(decoded.delay).to.equal(kind === "schedule" ? 60n : undefined)
    }
  })

  it("takes a known function at another address, and data with a byte too many, for unknown", () => {
    expect(decodeCall(ownerCall(address("d"), "sweep"), CONTRACTS).kind).to.equal("unknown")
    const call = ownerCall(address("a"), "sweep")
    expect(decodeCall({ ...call, data: `${call.data}00` }, CONTRACTS).kind).to.equal("unknown")
  })

  it("names a proposal after its calls, and no proposal after a call that no action makes", () => {
    const decode = (call: Call): DecodedCall => decodeCall(call, CONTRACTS)
    expect(titleOf("sample", [decode(ownerCall(address("a"), "sweep"))], address("a"))).to.match(/^sample: /)
    const unknown = decode(ownerCall(address("d"), "sweep"))
    expect(titleOf("sample", [unknown], address("a"))).to.equal(undefined)
  })
})
