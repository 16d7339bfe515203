import { expect } from "chai"
import { Interface } from "ethers"
import type { MerkleAirdropInterface } from "../../../types/MerkleAirdrop.ts"
import { encodeClaims } from "../../../scripts/core/claim/claim-calls.ts"
import type { ClaimSubmission } from "../../../scripts/core/claim/claim-submission.ts"
import type { ClaimStates } from "../../../scripts/core/claim/claim-state.ts"
import { merkleAirdropArtifact } from "../../../scripts/io/project/artifacts.ts"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { expectThrown } from "../../support/errors.ts"

const account: Address = `0x${"01".repeat(20)}`
const other: Address = `0x${"02".repeat(20)}`
const due = {
  account,
  automatic: { index: 3, amount: 5n, proof: [`0x${"aa".repeat(32)}`] },
  reserve: { cumulativeAmount: 7n, proof: [], root: `0x${"bb".repeat(32)}` },
} as const
const open = { state: "open", payable: 1n, paid: 0n } as const
const both: ClaimStates = { automatic: open, reserve: open }

describe("the calldata of a claim", () => {
  let abi: MerkleAirdropInterface

  before(async () => {
    const { abi: json } = await merkleAirdropArtifact()
    abi = new Interface(json) as MerkleAirdropInterface
  })

  const callsOf = (states: ClaimStates, how: ClaimSubmission): string[] => {
    const data = encodeClaims(abi, due, states, how)
    const parsed = abi.parseTransaction({ data })
    const calls = parsed?.name === "multicall" ? (parsed.args[0] as string[]) : [data]
    return calls.map((call) => abi.parseTransaction({ data: call })?.name ?? "unknown")
  }

  it("claims both open tranches in one multicall", () => {
    expect(callsOf(both, { by: "anyone" })).to.deep.equal(["claim", "claimReserve"])
  })

  it("leaves out a tranche that is not open", () => {
    const states: ClaimStates = { automatic: { state: "claimed" }, reserve: open }
    expect(callsOf(states, { by: "anyone" })).to.deep.equal(["claimReserve"])
  })

  it("names the recipient only where the account pays another address", () => {
    expect(callsOf(both, { by: "account", to: other })).to.deep.equal(["claimTo", "claimReserveTo"])
    expect(callsOf(both, { by: "account", to: account })).to.deep.equal(["claim", "claimReserve"])
  })

  it("leaves out a tranche whose signature is missing", () => {
    const signed = { by: "signature", to: other, deadline: 9n } as const
    const one = callsOf(both, { ...signed, automatic: undefined, reserve: "0x12" })
    expect(one).to.deep.equal(["claimReserveWithSignature"])
    const none: ClaimSubmission = { ...signed, automatic: undefined, reserve: undefined }
    expectThrown(() => callsOf(both, none), "refused")
  })

  it("carries index, accounts, amounts, deadline, signature and proof", () => {
    const signed = {
      by: "signature",
      to: other,
      deadline: 9n,
      automatic: "0x12",
      reserve: undefined,
    } as const
    const data = encodeClaims(abi, due, { automatic: open, reserve: undefined }, signed)
    const values = abi.parseTransaction({ data })?.args.toArray(true)
    const upper = (address: Address): string => address
    expect(values).to.deep.equal([3n, upper(account), upper(other), 5n, 9n, "0x12", [...due.automatic.proof]])
  })
})
