import { expect } from "chai"
import { Interface } from "ethers"
import { CLAIM_ERRORS } from "../../../scripts/core/claim/claim-errors.ts"
import { revertWords } from "../../../scripts/core/claim/revert-words.ts"
import { merkleAirdropArtifact } from "../../../scripts/io/project/artifacts.ts"

/** Errors of the contract that neither a claim nor a batch of a distribution can meet. */
const OWNER_AND_DEPLOYMENT = [
  ...["AddressEmptyCode", "CannotRescueAirdropToken", "FailedCall", "InvalidShortString", "StringTooLong"],
  ...["OwnableInvalidOwner", "OwnableUnauthorizedAccount", "RenouncingDisabled", "ReserveRootNotAcceptable"],
  ...["ReserveRootNotPending", "SweepTimeNotInFuture", "SweepTooEarly", "TokenHasNoCode", "UnknownRoot"],
  ...["ZeroLeafCount", "ZeroRoot", "EmptyRange", "RangeCrossesLevels", "RangeOutOfBounds"],
]

describe("the errors of a claim in words", () => {
  it("have a meaning for every error of the contract that a claim can meet", async () => {
    const { abi } = await merkleAirdropArtifact()
    const known = new Set(Object.keys(CLAIM_ERRORS))
    new Interface(abi).forEachError((error) => {
      if (OWNER_AND_DEPLOYMENT.includes(error.name)) return
      expect(known.has(error.format("sighash")), error.format("sighash")).to.equal(true)
    })
  })

  it("show meaning and values, or the name, or at least the selector", async () => {
    const { abi } = await merkleAirdropArtifact()
    const contract = new Interface(abi)
    const words = (name: string, ...values: unknown[]): string =>
      revertWords(contract.encodeErrorResult(name, values), contract)
    expect(words("AlreadyClaimed", 7n)).to.equal("it has been claimed already (AlreadyClaimed(7))")
    expect(words("SweepTooEarly", 2n, 1n)).to.equal("SweepTooEarly(2, 1)")
    expect(revertWords("0x12345678", contract)).to.equal("it reverts with 0x12345678")
  })
})
