import { expect } from "chai"
import { readFile } from "node:fs/promises"
import { decodeCall } from "../../scripts/core/multisig/decode-call.ts"
import { describeCall } from "../../scripts/core/multisig/describe-call.ts"
import { drawScreens, PICTURE, signerScreens } from "../../scripts/dev/rigs/signer-picture.ts"
import { loadContext } from "../../scripts/stages/deployment/deployment-context.ts"
import { wordingOf } from "../../scripts/stages/multisig/context.ts"

describe("the picture of a device in docs/signers.md", () => {
  it("is what ./airdrop nodejs scripts/dev/release/pictures.ts writes", async () => {
    expect(await readFile(PICTURE, "utf8")).to.equal(drawScreens(await signerScreens()))
  })

  it("shows a call as inspect describes it in words", async () => {
    const context = await loadContext("sample")
    const { airdrop, program, creationCode } = context
    const contracts = { airdrop, token: program.token.address, timelock: undefined, creationCode }
    for (const { call, lines } of await signerScreens()) {
      const { headline, details } = describeCall(
        call,
        decodeCall(call, contracts),
        wordingOf(context, new Map()),
      )
      const words = [headline, ...details].join("\n")
      for (const [label, value] of lines) {
        if (/^(?:Amount sent|Root|Proofs at)$/.test(label)) expect(words, label).to.include(value)
      }
    }
  })
})
