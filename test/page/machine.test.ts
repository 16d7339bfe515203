import { expect } from "chai"
import fc from "fast-check"
import { createRpc, RpcRefused, RpcUnreachable } from "../../web/src/chain/rpc.ts"
import { selector } from "../../web/src/chain/words.ts"
import { disagreements } from "../../web/src/claim/disagreements.ts"
import { ClaimFailure, failureOf } from "../../web/src/claim/failure.ts"
import { IDLE, isBusy, next, type ClaimEvent, type ClaimState } from "../../web/src/claim/machine.ts"
import type { Sent } from "../../web/src/claim/sent.ts"
import type { ContractStatus } from "../../web/src/chain/status.ts"
import { fromLinkText, toLinkText } from "../../web/src/data/text.ts"
import { amountText, percentText } from "../../web/src/text/format.ts"
import { isRpcUrl } from "../../scripts/core/ethereum/rpc-url.ts"
import type { PageConfig } from "../../scripts/core/publication/page-config.ts"

const FAILURE = { code: "rpcDown", detail: undefined } as const

const SENT: Sent = {
  id: "0x1",
  hash: "0x1",
  contract: "0x",
  account: "0x",
  sender: "0x",
  nonce: 1,
  flags: [{ account: "0x", index: 1, reserve: undefined }],
  amount: "1",
  total: "1",
  to: "0x",
  at: 0,
}

const EVENTS: readonly ClaimEvent[] = [
  { type: "start" },
  { type: "rightChain" },
  { type: "simulated", digests: [] },
  { type: "sent", sent: SENT },
  { type: "signed", text: "{}" },
  { type: "paid", payment: { sent: SENT, hash: "0x1", time: 5 } },
  { type: "heard", fromRpc: false },
  { type: "failed", failure: FAILURE },
  { type: "reset" },
]

function after(...types: ClaimEvent["type"][]): ClaimState {
  return types.reduce<ClaimState>((state, type) => {
    const event = EVENTS.find((one) => one.type === type)
    return event === undefined ? state : next(state, event)
  }, IDLE)
}

/** Returns the hash of what was sent, as far as a state knows it. */
function sentIn(state: ClaimState): string | undefined {
  if (state.at === "failed") return state.hash
  if (state.at === "done") return state.payment.sent.hash
  return state.at === "waiting" ? state.sent.hash : undefined
}

describe("the way of a claim, without a browser", () => {
  it("goes through every step to the end, whether sent or signed", () => {
    expect(after("start", "rightChain", "simulated", "sent", "paid")).to.deep.equal({
      at: "done",
      payment: { sent: SENT, hash: "0x1", time: 5 },
    })
    expect(after("start", "rightChain", "simulated", "signed")).to.deep.equal({ at: "signed", text: "{}" })
  })

  it("never loses a sent transaction, and never sends while one is under way", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 30 }), (events) => {
        let state: ClaimState = IDLE
        for (const event of events) {
          const before: ClaimState = state
          state = next(before, event)
          if (before.at === "waiting" && event.type !== "reset") {
            expect(sentIn(state), "what was sent").to.equal(SENT.hash)
          }
          if (isBusy(before) && event.type === "start") expect(state).to.equal(before)
        }
      }),
    )
  })

  it("ignores late answers, except a sent transaction", () => {
    expect(after("rightChain")).to.equal(IDLE)
    expect(after("start", "reset", "simulated")).to.equal(IDLE)
    expect(after("start", "reset", "sent").at, "cancelled before the wallet answered").to.equal("waiting")
    expect(after("start", "failed", "sent").at).to.equal("waiting")
  })

  it("says while it waits whether the RPC answers", () => {
    expect(after("sent")).to.include({ unheard: false })
    expect(after("sent", "heard")).to.include({ at: "waiting", unheard: true })
  })

  it("recognizes the contract's errors in every field that wallets and nodes use", () => {
    const data = `${selector("AlreadyClaimed(uint256)")}${"0".repeat(64)}`
    for (const error of [
      new RpcRefused({ code: 3, message: "execution reverted", data }),
      new RpcRefused({ code: -32603, message: "error", data: { data } }),
      new RpcRefused({ code: -32000, message: "error", data: `Reverted ${data}` }),
      { code: -32603, message: "Internal", data: { originalError: { data } } },
      { code: "CALL_EXCEPTION", error: { data } },
    ]) {
      expect(failureOf(error).code, JSON.stringify(error)).to.equal("alreadyClaimed")
    }
  })

  it("leaves a silent RPC soon for the other one, and asks that one first from then on", async () => {
    const { fetch } = globalThis
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const asked: string[] = []
    const waits: number[] = []
    AbortSignal.timeout = (milliseconds) => {
      waits.push(milliseconds)
      return new AbortController().signal
    }
    globalThis.fetch = async (url) => {
      if (typeof url === "string") asked.push(url)
      if (url === "https://silent/") throw new DOMException("signal timed out", "TimeoutError")
      return await Promise.resolve(Response.json({ jsonrpc: "2.0", id: 1, result: "0x1" }))
    }
    try {
      const rpc = createRpc("https://silent/", "https://spare/")
      expect(await rpc.send("eth_chainId")).to.equal("0x1")
      expect(await rpc.send("eth_chainId")).to.equal("0x1")
    } finally {
      globalThis.fetch = fetch
      AbortSignal.timeout = timeout
    }
    expect(asked).to.deep.equal(["https://silent/", "https://spare/", "https://spare/"])
    expect(waits).to.deep.equal([5_000, 5_000, 5_000])
  })

  it("distinguishes failures, and keeps the message of unknown ones", () => {
    expect(failureOf(new RpcUnreachable("https://x", undefined)).code).to.equal("rpcDown")
    for (const code of [-32005, -32002, -32601]) {
      const refusal = new RpcRefused({ code, message: "not now" })
      expect(failureOf(refusal), String(code)).to.deep.equal({ code: "rpcDown", detail: "not now" })
    }
    expect(failureOf(new RpcRefused({ code: 3, message: "no words" })).code).to.equal("reverted")
    expect(failureOf({ code: 4001, message: "no" }).code).to.equal("refused")
    expect(failureOf({ message: "insufficient funds for gas * price + value" }).code).to.equal("noGas")
    expect(failureOf(new ClaimFailure("swept"))).to.deep.equal({ code: "swept", detail: undefined })
    expect(failureOf(new Error("what is this"))).to.deep.equal({ code: "unknown", detail: "what is this" })
    expect(failureOf(undefined).code).to.equal("unknown")
  })

  const status: ContractStatus = {
    token: `0x${"70".repeat(20)}`,
    automaticRoot: `0x${"aa".repeat(32)}`,
    leafCount: 3n,
    reserveCap: 100n,
    sweepTime: 0n,
    owner: "0x",
    reserveRoot: `0x${"bb".repeat(32)}`,
    pendingRoot: `0x${"cc".repeat(32)}`,
    acceptableAt: 9n,
    reservePaid: 0n,
    balance: 100n,
    now: 0n,
  }
  it("disagrees with any other root, token or number of leaves on chain", () => {
    const config: PageConfig = {
      title: "T",
      description: undefined,
      contact: undefined,
      draft: false,
      chainId: 1,
      chainName: "",
      currency: "",
      contract: `0x${"01".repeat(20)}`,
      automaticRoot: `0x${"aa".repeat(32)}`,
      leafCount: 3,
      token: { address: `0x${"70".repeat(20)}`, symbol: "T", decimals: 9 },
      rpcUrls: [],
      explorer: undefined,
      deployedBlock: undefined,
      network: undefined,
      safeOrigins: [],
      files: [],
    }
    const against = (change: Partial<ContractStatus>): readonly string[] =>
      disagreements(config, { kind: "contract", status: { ...status, ...change } })
    expect(against({})).to.deep.equal([])
    expect(against({ automaticRoot: "0x" })).to.deep.equal(["check.bad.root"])
    expect(against({ token: "0x" })).to.deep.equal(["check.bad.token"])
    expect(against({ leafCount: 4n })).to.deep.equal(["check.bad.leaves"])
  })

  it("writes amounts exactly, whatever their size, as each language does", () => {
    const amount = 123_456_789_012_345_678_901_234_567_890n
    expect(amountText("en", amount, 9)).to.equal("123,456,789,012,345,678,901.23456789")
    expect(amountText("de", amount, 9)).to.equal("123.456.789.012.345.678.901,23456789")
    expect(amountText("en", 1n, 18)).to.equal("0.000000000000000001")
    expect(percentText("en", 1n, 3n)).to.equal("33.33%")
    expect(percentText("en", 1n, 0n)).to.equal("0%")
  })

  it("takes any text into a link and back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(toLinkText(text)).to.match(/^[A-Za-z0-9_-]*$/)
        expect(fromLinkText(toLinkText(text))).to.equal(text)
      }),
    )
  })

  it("takes as RPC what the page's policy lets it reach, and nothing else", () => {
    for (const url of [
      "https://a.example/rpc?key=1",
      "http://127.0.0.1:8545",
      "http://localhost:1/",
      "https://a.example:8443",
    ]) {
      expect(isRpcUrl(url), url).to.equal(true)
    }
    for (const url of [
      "http://a.example",
      "ftp://a",
      "https://",
      "https://a b",
      "http://127.0.0.1.evil.example",
      "https://u:p@a.example",
      "javascript:1",
      "https://a; script-src *",
      "http://localhost@evil.example/",
    ]) {
      expect(isRpcUrl(url), url).to.equal(false)
    }
  })
})
