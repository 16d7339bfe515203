import { expect } from "chai"
import { connect } from "../../../scripts/io/rpc/provider.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { setNoticeSink, type NoticeSink } from "../../../scripts/io/rpc/notices.ts"
import { askInPieces, pieceSize } from "../../../scripts/io/rpc/split-requests.ts"
import { openProviders } from "../../../scripts/io/rpc/endpoints.ts"
import { RpcError, type RpcErrorKind } from "../../../scripts/io/rpc/rpc-error.ts"
import { createRpc, type RpcCall } from "../../../scripts/io/rpc/client.ts"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import {
  always,
  BATCH_REFUSALS,
  droppedConnection,
  httpStatus,
  noBatches,
  startFaultProxy,
  wrongJson,
  type Fault,
  type RpcReply,
  type RpcRequest,
} from "../../support/fault-proxy.ts"

describe("the JSON-RPC client", () => {
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

  const through = async <T>(faults: readonly Fault[], work: (url: string) => Promise<T>): Promise<T> => {
    const proxy = await startFaultProxy(served.url, faults)
    try {
      return await work(proxy.url)
    } finally {
      await proxy.close()
    }
  }
  const failureOf = async (url: string, attempts = 3): Promise<RpcError> => {
    const error: unknown = await createRpc(url, { attempts, pause: 1 })
      .call("eth_chainId", [])
      .catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(RpcError)
    return error as RpcError
  }

  it("waits for as long as the provider asks, with all its requests", async () => {
    await through([httpStatus(429, (count) => count === 1, 1)], async (url) => {
      const rpc = createRpc(url, { pause: 1, concurrency: 2 })
      const start = performance.now()
      await rpc.call("eth_chainId", [])
      expect(performance.now() - start).to.be.greaterThan(995)
      expect(rpc.stats.requests).to.equal(2)
      expect(rpc.stats.retries).to.equal(1)
    })
  })

  it("gives up after so many attempts, and says how it failed each time", async () => {
    const message = async (fault: Fault): Promise<string> =>
      await through([fault], async (url) => (await failureOf(url)).message)
    expect(await message(httpStatus(500, always))).to.contain("HTTP 500, 3 times in a row")
    expect(await message(httpStatus(429, always))).to.contain("limits the rate (429)")
    expect(await message(droppedConnection(always))).to.contain("no answer (")
    expect(await message(wrongJson(always))).to.contain("no answer to eth_chainId")
    expect(await message(wrongJson(always, "<html>"))).to.contain("not JSON")
  })

  it("does not ask again where the provider says no for good", async () => {
    await through([httpStatus(403, always)], async (url) => {
      const rpc = createRpc(url)
      expect(String(await rpc.call("eth_chainId", []).catch(String))).to.contain("refuses access (403)")
      expect(rpc.stats.requests).to.equal(1)
    })
  })

  it("is as patient with one call of a batch, and with the last one left of it, as with a call alone", async () => {
    const internal = ({ id }: RpcRequest): RpcReply => ({
      jsonrpc: "2.0",
      id,
      error: { code: -32603, message: "Internal error" },
    })
    let failed = 0
    const oneCall: Fault = {
      onCall: (call) => (call.method === "eth_gasPrice" && ++failed <= 6 ? { reply: internal(call) } : call),
    }
    let alone = 0
    const lastOne: Fault = {
      onCall: (call, count) =>
        call.method === "eth_gasPrice" && count <= 2 ? { reply: internal(call) } : call,
      onHttp: (response, count, calls) => {
        const fails = calls.length === 1 && count > 1 && ++alone <= 5
        if (fails) response.writeHead(200).end("<html>")
        return fails
      },
    }
    const restHangs: Fault = {
      onCall: (call, count) => (count === 2 || count === 3 ? { reply: internal(call) } : call),
      onHttp: (_response, count) => count === 2 || count === 3, // never answered
    }
    for (const fault of [oneCall, lastOne, restHangs]) {
      await through([fault], async (url) => {
        const methods = ["eth_chainId", "eth_gasPrice", "eth_blockNumber"]
        const calls = methods.map((method) => ({ method, params: [] }))
        const answers = await createRpc(url, { pause: 1, timeout: 500 }).batch(calls)
        expect(answers.map(({ ok }) => ok)).to.deep.equal([true, true, true])
      })
    }
  })

  it("asks a wide question again that no caller can make smaller", async () => {
    let failed = 0
    const fault: Fault = {
      onHttp: (response, _count, calls) => {
        const fails = calls.some(({ method }) => method === "eth_call") && ++failed <= 4
        if (fails) response.writeHead(200).end("<html>")
        return fails
      },
    }
    await through([fault], async (url) => {
      const provider = await connect(url, 42161, { pause: 1 })
      const data = `0x${"00".repeat(2_000)}`
      expect(await provider.call({ to: `0x${"11".repeat(20)}`, data })).to.equal("0x")
      expect(failed).to.equal(5)
      provider.destroy()
    })
  }).timeout(20_000)

  it("asks again only for those calls of a batch that were put off", async () => {
    let limited = 0
    const limitOnce: Fault = {
      onReply: (reply, { params }) =>
        params[0] === "0x1" && limited++ === 0
          ? {
              jsonrpc: "2.0",
              id: reply.id,
              error: { code: 429, message: "exceeded its compute units per second" },
            }
          : reply,
    }
    await through([limitOnce], async (url) => {
      const rpc = createRpc(url, { pause: 1 })
      const calls = ["0x0", "0x1", "0x2"].map((slot) => ({
        method: "eth_getStorageAt",
        params: [slot, `0x${"0".repeat(40)}`, "latest"],
      }))
      const answers = await rpc.batch(calls)
      expect(answers).to.have.length(3)
      expect(rpc.stats.calls).to.equal(4)
    })
  })

  const slots = ["0x0", "0x1", "0x2"].map((slot): RpcCall => ({
    method: "eth_getStorageAt",
    params: [`0x${"0".repeat(40)}`, slot, "latest"],
  }))

  it("sends requests one by one after a node refuses batches, from then on", async () => {
    for (const [status, text] of BATCH_REFUSALS.slice(0, 4)) {
      await through([noBatches(status, text)], async (url) => {
        const rpc = createRpc(url, { pause: 1 })
        for (const requests of [4, 7]) {
          const answers = await rpc.batch(slots)
          expect(
            answers.map(({ ok }) => ok),
            text,
          ).to.deep.equal([true, true, true])
          expect(rpc.stats.requests, text).to.equal(requests)
        }
      })
    }
  })

  it("halves a batch that is too large, and keeps that size", async () => {
    for (const [status, text] of BATCH_REFUSALS.slice(4)) {
      await through([noBatches(status, text)], async (url) => {
        const rpc = createRpc(url, { pause: 1 })
        const answers = await rpc.batch(slots)
        expect(
          answers.map(({ ok }) => ok),
          text,
        ).to.deep.equal([true, true, true])
        const before = rpc.stats.requests
        await rpc.batch(slots)
        expect(rpc.stats.requests - before, text).to.equal(3)
      })
    }
  })

  it("works with ethers when a node takes no batches, in every recorded wording", async () => {
    for (const [status, text] of BATCH_REFUSALS) {
      let requests = 0
      const counting: Fault = {
        onHttp: () => {
          requests++
          return false
        },
      }
      await through([counting, noBatches(status, text)], async (url) => {
        const provider = await connect(url, 42161, { pause: 1 })
        const ask = async (): Promise<readonly bigint[]> =>
          await Promise.all([1, 2, 3].map(async (i) => await provider.getBalance(`0x${`${i}`.repeat(40)}`)))
        try {
          expect(await ask(), text).to.deep.equal([0n, 0n, 0n])
          requests = 0
          await ask()
          expect(requests, text).to.equal(3)
        } finally {
          provider.destroy()
        }
      })
    }
  })

  it("sends no more requests at a time than it may", async () => {
    let open = 0
    let most = 0
    const counting: Fault = {
      onCall: (call) => {
        most = Math.max(most, ++open)
        return call
      },
      onReply: (reply) => {
        open--
        return reply
      },
    }
    await through([counting], async (url) => {
      const rpc = createRpc(url, { concurrency: 3 })
      await Promise.all(Array.from({ length: 20 }, async () => await rpc.call("eth_chainId", [])))
    })
    expect(most).to.be.within(1, 3)
  })

  it("finds a chain's node in that chain's own variable, from every entry point", async () => {
    const name = "ARBITRUM_SEPOLIA_RPC_URL"
    const before = process.env[name]
    const sepolia: Fault = {
      onReply: (reply, { method }) => (method === "eth_chainId" ? { ...reply, result: "0x66eee" } : reply),
    }
    try {
      await through([sepolia], async (url) => {
        process.env[name] = url
        const provider = await connect(undefined, 421614)
        expect((await provider.getNetwork()).chainId).to.equal(421614n)
        provider.destroy()
        expect((await openProviders(421614, []))[0]?.host).to.equal(new URL(url).host)
      })
      Reflect.deleteProperty(process.env, name)
      for (const open of [connect(undefined, 421614), openProviders(421614, [])]) {
        expect(await open.then(() => "opened", String)).to.contain(`${name} is not set`)
      }
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = before
    }
  })
})

describe("questions in pieces", () => {
  const PIECES = { what: "things", host: "host" }
  let notices: string[] = []
  let before: NoticeSink
  beforeEach(() => {
    notices = []
    before = setNoticeSink((text) => notices.push(text))
  })
  afterEach(() => {
    setNoticeSink(before)
  })

  it("are halved until the provider takes them, answered in order, with a notice", async () => {
    const sizes: number[] = []
    const items = Array.from({ length: 100 }, (_, i) => i)
    const answers = await askInPieces(
      items,
      (piece) => {
        sizes.push(piece.length)
        if (piece.length > 7) throw new RpcError("less", "host", "too large")
        return Promise.resolve(piece.map((item) => item * 2))
      },
      { ...PIECES, size: 60 },
    )
    expect(answers).to.deep.equal(items.map((item) => item * 2))
    expect(sizes.filter((size) => size > 7).length).to.be.lessThan(20)
    expect(notices[0]).to.contain("things: only")
  })

  it("keep their size if a single item is at fault, which bisection finds", async () => {
    let requests = 0
    const items = Array.from({ length: 1_200 }, (_, i) => i)
    const answers = await askInPieces(
      items,
      (piece) => {
        requests++
        if (piece.includes(333)) throw new RpcError("less", "host", "out of gas")
        return Promise.resolve([...piece])
      },
      { ...PIECES, size: 100, rescue: () => -1 },
    )
    expect(answers[333]).to.equal(-1)
    expect(answers.filter((answer, i) => answer === i)).to.have.length(1_199)
    expect(requests).to.be.at.most(12 + 14)
    expect(notices).to.deep.equal([])
  })

  it("grow again when enough of them were answered", async () => {
    const size = pieceSize(64)
    let busy = true
    const ask = async (count: number): Promise<unknown> =>
      await askInPieces(
        Array.from({ length: count }, (_, i) => i),
        (piece) => {
          if (busy && piece.length > 8) throw new RpcError("less", "host", "busy")
          return Promise.resolve([...piece])
        },
        { ...PIECES, size },
      )
    await ask(64)
    expect(size.current).to.equal(8)
    busy = false
    await ask(64 * 8)
    expect(size.current).to.be.greaterThan(8)
    await ask(64 * 64)
    expect(size.current).to.equal(64)
  })

  it("fail with what cannot be split any more, or is not about size", async () => {
    const failing = async (kind: RpcErrorKind): Promise<number> => {
      let asked = 0
      const error: unknown = await askInPieces(
        [1, 2, 3, 4],
        () => {
          asked++
          throw new RpcError(kind, "host", "no")
        },
        { ...PIECES, size: 4, concurrency: 1 },
      ).catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(RpcError)
      return asked
    }
    expect(await failing("less")).to.equal(3)
    for (const kind of ["later", "no-state", "no-method", "no-access", "reverted", "bad-answer"] as const) {
      expect(await failing(kind), kind).to.equal(1)
    }
  })
})
