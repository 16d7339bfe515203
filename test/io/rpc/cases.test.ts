import { expect } from "chai"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import * as recipientsVerb from "../../../scripts/commands/recipients.ts"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { createRpc } from "../../../scripts/io/rpc/client.ts"
import { readLogs } from "../../../scripts/io/rpc/read-logs.ts"
import { setNoticeSink, type NoticeSink } from "../../../scripts/io/rpc/notices.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import {
  errorFor,
  httpStatus,
  logRange,
  startFaultProxy,
  type Fault,
  type FaultProxy,
  type RpcRequest,
} from "../../support/fault-proxy.ts"
import { hangingRange, htmlBody, nullBlock, passingError, PASSING_ERRORS } from "../../support/node-faults.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"
import { expectError } from "../../support/errors.ts"

describe("what nodes in the field do", () => {
  let served: ServedNetwork
  let notices: string[]
  let shown: NoticeSink

  beforeEach(() => {
    notices = []
    shown = setNoticeSink((text) => notices.push(text))
  })
  afterEach(() => {
    setNoticeSink(shown)
  })
  before(async () => {
    served = await serveNetwork()
  })
  after(async () => {
    await served.close()
  })

  interface Taken extends VerbRun {
    readonly proxy: FaultProxy
  }

  const snapshot = async (faults: readonly Fault[], ...options: readonly string[]): Promise<Taken> =>
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const proxy = await startFaultProxy(served.url, faults)
      const run = await runVerb(snapshotVerb, [program, "--rpc", proxy.url, ...options])
      await proxy.close()
      return { ...run, proxy }
    })
  const once = (matches: (call: RpcRequest) => boolean): ((call: RpcRequest) => boolean) => {
    let isDone = false
    return (call) => {
      if (isDone || !matches(call)) return false
      isDone = true
      return true
    }
  }
  const isCall = ({ method }: RpcRequest): boolean => method === "eth_call"
  const expectTaken = ({ error, status }: Taken): void => {
    expect(error).to.equal(undefined)
    expect(status).to.equal(0)
  }
  const expectCode = ({ error, status }: Taken, code: AirdropError["code"]): AirdropError => {
    expect(error).to.be.instanceOf(AirdropError)
    const refusal = error as AirdropError
    expect([refusal.code, status], refusal.message).to.deep.equal([code, 1])
    return refusal
  }

  for (const passing of PASSING_ERRORS) {
    it(`${passing[0]} "${passing[1].slice(0, 30)}" once in a while ends no snapshot`, async () => {
      let count = 0
      expectTaken(await snapshot([passingError(passing, () => ++count % 9 === 0)]))
      expect(count).to.be.greaterThan(9)
    })
  }

  it("an internal error each time ends it in the provider's own words, with exit 1", async () => {
    const refusal = expectCode(await snapshot([errorFor(isCall, -32603, "Internal error 7")]), "rpc-later")
    expect(refusal.message).to.contain("Internal error 7")
  })

  it("null for a block that exists is asked for again: at the start, in the search, at the last check", async () => {
    expectTaken(await snapshot([nullBlock(once(({ params }) => params[0] === "latest"))]))
    expectTaken(await snapshot([nullBlock(once(({ params }) => params[0] === "finalized"))]))
    let count = 0
    const time = ["--time", "2025-11-21T00:00:05Z", "--allow-unfinalized"]
    expectTaken(await snapshot([nullBlock(() => ++count % 5 === 0)], ...time))
    const number = "0x64"
    let seen = 0
    expectTaken(await snapshot([nullBlock(({ params }) => params[0] === number && ++seen === 2)]))
    const refusal = expectCode(
      await snapshot([nullBlock(({ params }) => params[0] === number)]),
      "rpc-answer",
    )
    expect(refusal.message).to.contain("null for block 100, which exists")
  })

  it("another hash at the last check is asked for again before it is believed", async () => {
    let seen = 0
    const stale: Fault = {
      onCall: (call) =>
        call.method === "eth_getBlockByNumber" && call.params[0] === "0x64" && ++seen === 2
          ? { ...call, params: ["0x63", false] }
          : call,
    }
    expectTaken(await snapshot([stale]))
  })

  it("one call that fails, or HTML with status 200, says nothing of the staking contract", async () => {
    for (const [code, message] of [
      [-32000, "request timed out"],
      [-32000, "no backend is currently healthy to serve traffic"],
    ] as const) {
      expectTaken(await snapshot([passingError([code, message], once(isCall))]))
      const refusal = expectCode(
        await snapshot([errorFor(isCall, code, message)]),
        message.includes("timed") ? "rpc-less" : "rpc-later",
      )
      expect(refusal.message).to.contain(message).and.not.contain("staking contract")
    }
    let count = 0
    expectTaken(await snapshot([htmlBody((calls) => calls.some(isCall) && ++count === 1)]))
    const refusal = expectCode(await snapshot([htmlBody((calls) => calls.some(isCall))]), "rpc-later")
    expect(refusal.message).to.contain("not JSON")
  })

  it("403 from the third request on is a matter of access, and no reason to weaken a check", async () => {
    const refusal = expectCode(await snapshot([httpStatus(403, (count) => count >= 3)]), "rpc-cannot")
    expect(refusal.message).to.contain("it refuses access (403)")
    expect(`${refusal.message} ${refusal.hint ?? ""}`).not.to.contain("--allow")
  })

  const logs = async (url: string, blocks: number, timeout?: number): Promise<number> => {
    let upTo = -1
    const rpc = createRpc(url, { pause: 1, ...(timeout === undefined ? {} : { timeout }) })
    await readLogs(rpc, { address: SESSION.token }, { from: 0, to: blocks - 1 }, (_, end) => {
      upTo = end
    })
    return upTo
  }
  const refusing = (blocks: number, code: number, message: string): Fault =>
    errorFor((call) => logRange(call) > blocks, code, message)

  for (const message of ["query timeout exceeded", "limit exceeded"]) {
    it(`-32005 "${message}" for wide ranges makes them smaller after a few repetitions`, async () => {
      const proxy = await startFaultProxy(served.url, [refusing(3_000, -32005, message)])
      expect(await logs(proxy.url, 30_000)).to.equal(29_999)
      const wide = proxy.calls.filter((call) => logRange(call) === 10_000)
      expect(wide.length).to.be.within(2, 3)
      expect(notices.join("\n")).to.contain("blocks of logs instead of 10000")
      await proxy.close()
    })
  }

  it("a wide range without an answer is halved after its time limit, with a notice", async () => {
    const proxy = await startFaultProxy(served.url, [hangingRange(700)])
    expect(await logs(proxy.url, 1_500, 300)).to.equal(1_499)
    expect(notices[0]).to.contain("instead of 1500 (no answer within 0.3 s)")
    // Each size is waited for once: with the limit of 30 s, a range of 10,000 blocks costs a minute or two.
    const hung = proxy.calls.map(logRange).filter((blocks) => blocks > 700)
    expect(hung).to.deep.equal([...new Set(hung)])
    await proxy.close()
  })

  it("a limit of ten blocks is announced with the number and time of the requests", async () => {
    const free =
      "Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Based on your parameters, this block range should work: [0x0, 0x9]."
    const proxy = await startFaultProxy(served.url, [refusing(10, -32600, free)])
    let atForecast = 0
    setNoticeSink((text) => {
      notices.push(text)
      if (text.includes("questions of 10 blocks")) atForecast ||= proxy.requests()
    })
    expect(await logs(proxy.url, 3_000)).to.equal(2_999)
    expect(
      notices.some((text) => /\d+ questions of 10 blocks are left, about \d+ second/.test(text)),
    ).to.equal(true)
    expect(atForecast).to.be.lessThan(5)
    await proxy.close()
  })

  it("a list of recipients survives logs that are refused in any words", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      await rm(join(program, "recipients.csv"))
      const proxy = await startFaultProxy(served.url, [refusing(20, -32000, "words that nobody has seen")])
      const run = await runVerb(recipientsVerb, [
        ...[program, "--rpc", proxy.url, "--from", SESSION.rewards],
        ...["--blocks", "0..100"],
      ])
      await proxy.close()
      // Nothing was sent: all ranges were read, down to the last.
      expectError(run.error, "unknown")
    })
  })
})
