import { expect } from "chai"
import { JsonRpcApiProvider, type JsonRpcError, type JsonRpcPayload } from "ethers"
import { revertReason } from "../../../scripts/io/transactions/revert.ts"

interface NodeAnswer {
  readonly code: number
  readonly message: string
  readonly data?: string
}

/** A node that answers every call with one error, which ethers then makes its own of. */
class RefusingNode extends JsonRpcApiProvider {
  readonly #answer: NodeAnswer

  constructor(answer: NodeAnswer) {
    super(1, { staticNetwork: true })
    this.#answer = answer
    this._start()
  }

  override _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcError[]> {
    const calls = Array.isArray(payload) ? payload : [payload]
    return Promise.resolve(calls.map(({ id }) => ({ id, error: this.#answer })))
  }
}

async function reasonOf(answer: NodeAnswer): Promise<string | undefined> {
  const node = new RefusingNode(answer)
  const error: unknown = await node
    .estimateGas({ to: `0x${"11".repeat(20)}` })
    .catch((thrown: unknown) => thrown)
  node.destroy()
  return revertReason(error, (data) => `the words for ${data}`)
}

describe("the reason of a refused call", () => {
  it("is the contract's error on a revert", async () => {
    const revert = { code: 3, message: "execution reverted" }
    expect(await reasonOf({ ...revert, data: "0x12345678" })).to.equal("the words for 0x12345678")
    expect(await reasonOf(revert)).to.equal("it reverts without a reason")
    const hello = "0x08c379a0".concat(
      32n.toString(16).padStart(64, "0"),
      5n.toString(16).padStart(64, "0"),
      Buffer.from("hello").toString("hex").padEnd(64, "0"),
    )
    expect(await reasonOf({ ...revert, data: hello })).to.equal("hello")
  })

  for (const message of [
    "request timed out",
    "no backend is currently healthy",
    "Internal error",
    "gas required exceeds allowance (16777216)",
    "missing trie node",
  ]) {
    it(`is not a revert where the node answers "${message}"`, async () => {
      expect(await reasonOf({ code: -32000, message })).to.equal(undefined)
    })
  }
})
