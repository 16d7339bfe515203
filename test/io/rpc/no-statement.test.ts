import { expect } from "chai"
import { startEmbeddedChain, type EmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { connect, type NodeProvider } from "../../../scripts/io/rpc/provider.ts"
import { RpcError } from "../../../scripts/io/rpc/rpc-error.ts"
import type { SafeState } from "../../../scripts/io/safe/safe.ts"
import { readFeeLevel } from "../../../scripts/io/transactions/read-fees.ts"
import { assertTimelock } from "../../../scripts/stages/multisig/precheck-timelock.ts"
import { faultOf } from "../../../scripts/stages/reserve/check-evidence.ts"
import { errorFor, startFaultProxy, type Fault } from "../../support/fault-proxy.ts"

const [ANN, BOB] = [`0x${"a1".repeat(20)}`, `0x${"b2".repeat(20)}`] as const
const ZERO_HASH = `0x${"00".repeat(32)}` as const

/** A fault of the provider that reaches a caller may not become a statement about a contract, a signature or a fee. */
describe("A provider that does not answer", () => {
  let chain: EmbeddedChain
  let served: ServedChain
  before(async () => {
    chain = await startEmbeddedChain({ bare: true })
    served = await chain.serve()
  })
  after(async () => {
    await served.close()
    await chain.close()
  })

  const through = async <T>(
    fault: Fault | undefined,
    work: (provider: NodeProvider) => Promise<T>,
  ): Promise<T> => {
    const proxy = await startFaultProxy(served.url, fault === undefined ? [] : [fault])
    const provider = await connect(proxy.url, 42161, { pause: 1, attempts: 2 })
    try {
      return await work(provider)
    } finally {
      provider.destroy()
      await proxy.close()
    }
  }
  const refusing = (method: string, code: number, message: string): Fault =>
    errorFor((call) => call.method === method, code, message)
  const kindOf = async (work: Promise<unknown>): Promise<string> =>
    await work.then(String, (error: unknown) => (error instanceof RpcError ? error.kind : String(error)))
  const forms: readonly (readonly [code: number, message: string, kind: string])[] = [
    [-32603, "Internal error", "later"],
    [-32000, "Forbidden", "no-access"],
    [-32000, "header not found", "no-state"],
  ]

  it("does not say that a contract wallet has not signed", async () => {
    const evidence = {
      kind: "link",
      scheme: "erc1271",
      from: BOB,
      to: ANN,
      deadline: new Date("2030-01-01T00:00:00Z"),
      signature: "0x12",
    } as const
    const check = async (provider: NodeProvider): Promise<string | undefined> =>
      await faultOf({ program: "p", chainId: 42161 }, { account: ANN, evidence }, provider, SESSION.token)
    for (const [code, message, kind] of forms)
      expect(
        await through(refusing("eth_call", code, message), async (provider) => await kindOf(check(provider))),
      ).to.equal(kind)
    // There is no contract, so nothing has signed: that is an answer.
    expect(await through(undefined, check)).to.be.a("string")
  })

  it("does not say that a contract is no timelock", async () => {
    const step = { timelock: BOB, step: "schedule", delay: 1n, salt: ZERO_HASH } as const
    const safe = { address: ANN } as SafeState
    const check = async (provider: NodeProvider): Promise<string> =>
      await kindOf(assertTimelock(provider, safe, step, undefined))
    for (const [code, message, kind] of forms)
      expect(await through(refusing("eth_call", code, message), check)).to.equal(kind)
    expect(await through(undefined, check)).to.contain("does not answer as a TimelockController does")
  })

  it("does not say that a chain has no priority fee: only a node without the method does", async () => {
    const fees = async (provider: NodeProvider): Promise<string> =>
      await kindOf(readFeeLevel(provider).then(({ priorityFee }) => priorityFee))
    const method = "eth_maxPriorityFeePerGas"
    expect(await through(refusing(method, -32601, "method not found"), fees)).to.equal("0")
    expect(await through(refusing(method, -32603, "Internal error"), fees)).to.equal("later")
    expect(await through(refusing(method, 429, "rate limit"), fees)).to.equal("later")
  })
})
