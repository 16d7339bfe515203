import { expect } from "chai"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import {
  contractKind,
  VIEW_NAMES,
  type View,
  type ViewAnswers,
} from "../../../scripts/core/snapshot/account-kind.ts"

const TOKEN: Address = `0x${"70".repeat(20)}`
const BENEFICIARY: Address = `0x${"be".repeat(20)}`
const REVOKER: Address = `0x${"4e".repeat(20)}`
const START = 1_750_000_000
const END = 1_790_000_000

const STAKING: ViewAnswers = {
  beneficiary: wordHex(BigInt(BENEFICIARY)),
  revoker: wordHex(BigInt(REVOKER)),
  revoked: wordHex(0n),
  start: wordHex(BigInt(START)),
  end: wordHex(BigInt(END)),
  SESH: wordHex(BigInt(TOKEN)),
}
const HOLDING: ViewAnswers = {
  getBeneficiary: wordHex(BigInt(BENEFICIARY)),
  getRevoker: wordHex(BigInt(REVOKER)),
  revoked: wordHex(1n),
  cliff: wordHex(BigInt(START)),
  end: wordHex(BigInt(END)),
}
const words = (...values: readonly bigint[]): string =>
  `0x${values.map((value) => wordHex(value).slice(2)).join("")}`
const SAFE: ViewAnswers = {
  getOwners: words(32n, 2n, BigInt(BENEFICIARY), BigInt(REVOKER)),
  getThreshold: wordHex(2n),
  VERSION: words(32n, 5n, BigInt(`0x${Buffer.from("1.4.1").toString("hex").padEnd(64, "0")}`)),
}

describe("the kind of a contract", () => {
  const kindOf = (answers: ViewAnswers): string => contractKind(answers, TOKEN).kind

  it("is recognized by the answers of its views", () => {
    const vesting = { beneficiary: BENEFICIARY, revoker: REVOKER, start: START, end: END }
    expect(contractKind(STAKING, TOKEN)).to.deep.equal({
      kind: "vesting-staking",
      ...vesting,
      revoked: false,
    })
    expect(contractKind(HOLDING, TOKEN)).to.deep.equal({
      kind: "vesting-nostaking",
      ...vesting,
      revoked: true,
    })
    expect(contractKind(SAFE, TOKEN)).to.deep.equal({
      kind: "safe",
      version: "1.4.1",
      threshold: 2,
      owners: [BENEFICIARY, REVOKER],
    })
    expect(kindOf({})).to.equal("contract")
  })

  it("is unknown for a contract that gives every view the same answer", () => {
    for (const answer of [wordHex(1n), wordHex(0n), wordHex(BigInt(TOKEN)), wordHex(BigInt(START)), "0x"]) {
      expect(kindOf(Object.fromEntries(VIEW_NAMES.map((view) => [view, answer]))), answer).to.equal(
        "contract",
      )
    }
  })

  it("is unknown for a vesting contract that lacks a view, or answers one that it cannot have", () => {
    for (const answers of [STAKING, HOLDING]) {
      for (const view of VIEW_NAMES) {
        const own = answers[view] !== undefined
        const changed = { ...answers, [view]: own ? undefined : wordHex(BigInt(BENEFICIARY)) }
        expect(kindOf(changed), `${own ? "without" : "with"} ${view}`).to.equal("contract")
      }
    }
    expect(kindOf({ ...STAKING, noContractHasThisView: "0x" }), "an empty answer is one").to.equal("contract")
  })

  it("is unknown where the answers do not fit together", () => {
    const cases: readonly (readonly [ViewAnswers, View, string])[] = [
      [STAKING, "end", wordHex(BigInt(START - 1))],
      [HOLDING, "end", wordHex(BigInt(START - 1))],
      [STAKING, "SESH", wordHex(BigInt(BENEFICIARY))],
      [STAKING, "revoked", wordHex(2n)],
      [STAKING, "beneficiary", wordHex(1n << 160n)],
      [STAKING, "start", wordHex(1n << 60n)],
      [STAKING, "beneficiary", words(BigInt(BENEFICIARY), 0n)],
      [SAFE, "getThreshold", wordHex(0n)],
      [SAFE, "getThreshold", wordHex(3n)],
      [SAFE, "getOwners", words(32n, 0n)],
      [SAFE, "getOwners", words(32n, 3n, BigInt(BENEFICIARY))],
    ]
    for (const [answers, view, answer] of cases) {
      expect(kindOf({ ...answers, [view]: answer }), `${view} ${answer}`).to.equal("contract")
    }
  })

  it("allows a vesting contract that starts and ends at once, as the real constructor does", () => {
    expect(kindOf({ ...STAKING, end: wordHex(BigInt(START)) })).to.equal("vesting-staking")
  })
})
