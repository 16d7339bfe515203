import { expect } from "chai"
import { TransactionReceipt } from "ethers"
import fc from "fast-check"
import type { SendFault } from "../../../scripts/io/transactions/send-error.ts"
import {
  beginSending,
  nextStep,
  type SendEvent,
  type SendLimits,
  type SendStep,
  type Version,
} from "../../../scripts/io/transactions/send-machine.ts"

const LIMITS: SendLimits = { maxFee: undefined, replaceAfter: 1_000, patience: 10_000 }
const REQUEST = { to: "0x1", data: "0x", gasLimit: 100_000n }
const LEVEL = { baseFee: 100n, priorityFee: 1n, gasPrice: 110n }
const MINED = Object.create(TransactionReceipt.prototype, { status: { value: 1 } }) as TransactionReceipt

const version = (number: number): Version => ({ hash: `0x${number}`, raw: `0xraw${number}` })
const refusal = (fault: SendFault, number?: number): SendEvent => ({
  type: "refused",
  fault,
  why: fault,
  version: number === undefined ? undefined : version(number),
})
const nothing = (isKnown?: boolean, nonceUsed = false): SendEvent => ({
  type: "seen",
  receipt: undefined,
  nonceUsed,
  isKnown,
})

/** Runs the events, each a millisecond after the one before unless its time is given. */
function run(events: readonly (SendEvent | readonly [now: number, event: SendEvent])[]): SendStep {
  let step = beginSending(LIMITS, 0)
  let now = 0
  for (const one of events) {
    const [at, event] = "type" in one ? [now + 1, one] : one
    now = at
    step = nextStep(step.state, event, now)
  }
  return step
}

const PREPARED: SendEvent = { type: "prepared", request: REQUEST }
const PRICED: SendEvent = { type: "priced", level: LEVEL }
const sent = (number: number): SendEvent => ({ type: "sent", version: version(number) })

describe("the states of a transaction that is sent", () => {
  it("lead from the request over its price and its signature to the receipt", () => {
    expect(run([]).action.do).to.equal("prepare")
    expect(run([PREPARED]).action.do).to.equal("price")
    expect(run([PREPARED, PRICED]).action.do).to.equal("send")
    expect(run([PREPARED, PRICED, sent(1)]).action.do).to.equal("look")
    const { action } = run([
      PREPARED,
      PRICED,
      sent(1),
      { type: "seen", receipt: MINED, nonceUsed: true, isKnown: undefined },
    ])
    expect(action).to.deep.include({ do: "end", outcome: { kind: "mined", receipt: MINED } })
  })

  it("send nothing where nothing is left to send", () => {
    const { action } = run([{ type: "prepared", request: undefined }])
    expect(action).to.deep.equal({ do: "end", outcome: { kind: "nothing" } })
  })

  it("repeat a transaction that the node has lost, and replace one that it keeps too long", () => {
    const lost = run([PREPARED, PRICED, sent(1), [1_100, nothing(false)]])
    expect(lost.action).to.deep.include({ do: "repeat", version: version(1) })
    const slow = run([PREPARED, PRICED, sent(1), [1_100, nothing(true)]])
    expect(slow.action.do).to.equal("price")
    expect(nextStep(slow.state, PRICED, 1_101).action).to.deep.include({
      fees: { type: 2, maxFeePerGas: 227n, maxPriorityFeePerGas: 2n },
    })
  })

  it("estimate anew with more margin where the gas is too little, and go over to a legacy transaction", () => {
    const little = run([PREPARED, PRICED, refusal("gas-too-low", 1), [600, nothing(false)]])
    expect(little.action).to.deep.equal({ do: "prepare", margin: 30 })
    const legacy = run([PREPARED, PRICED, refusal("legacy-only", 1), PRICED])
    expect(legacy.action).to.deep.include({ fees: { type: 0, gasPrice: 126n } })
  })

  it("try the least margin before a transaction counts as too large", () => {
    const once = run([PREPARED, PRICED, refusal("too-large", 1)])
    expect(once.action).to.deep.equal({ do: "prepare", margin: 5 })
    const twice = run([
      PREPARED,
      PRICED,
      refusal("too-large", 1),
      PREPARED,
      PRICED,
      refusal("too-large", 2),
      nothing(),
    ])
    expect(twice.action).to.deep.equal({ do: "end", outcome: { kind: "too-large", why: "too-large" } })
  })

  it("ask the contract where the nonce is used and no version has a receipt", () => {
    const used = Array.from({ length: 5 }, () => nothing(undefined, true))
    expect(run([PREPARED, PRICED, sent(1), ...used]).action).to.deep.equal({
      do: "end",
      outcome: { kind: "displaced" },
    })
    const errors: SendEvent = { type: "unanswered", why: "indexing", nonceUsed: true }
    const unanswered = Array.from({ length: 30 }, () => errors)
    expect(run([PREPARED, PRICED, sent(1), ...unanswered]).action).to.deep.include({ do: "end" })
    expect(run([PREPARED, PRICED, sent(1), ...unanswered.slice(1)]).action.do).to.equal("look")
  })

  it("end with the last hash after the patience", () => {
    const { action } = run([PREPARED, PRICED, sent(1), [10_002, nothing()]])
    expect(action).to.deep.include({ do: "fail" })
    expect(JSON.stringify(action)).to.include("not-mined").and.include("0x1")
  })

  const FAULTS: readonly SendFault[] = [
    ...(["known", "nonce-used", "underpriced", "gas-too-low", "legacy-only"] as const),
    ...(["declined", "no-funds", "too-large", "unknown"] as const),
  ]
  const event: fc.Arbitrary<SendEvent> = fc.oneof(
    fc.constant(PREPARED),
    fc.constant(PRICED),
    fc.integer({ min: 1, max: 9 }).map(sent),
    fc
      .tuple(fc.constantFrom(...FAULTS), fc.integer({ min: 1, max: 9 }))
      .map(([fault, n]) => refusal(fault, n)),
    fc.boolean().map((known) => nothing(known)),
    fc.boolean().map((nonceUsed): SendEvent => ({ type: "unanswered", why: "no answer", nonceUsed })),
  )

  it("never say that nothing was sent after the node may have taken a version, and keep every version", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(event, fc.integer({ min: 0, max: 900 })), { maxLength: 40 }),
        (events) => {
          let step = beginSending(LIMITS, 0)
          let now = 0
          const hashes = new Set<string>()
          for (const [one, pause] of events) {
            const mayBeMined = step.state.mayBeMined
            now += pause
            step = nextStep(step.state, one, now)
            if ("version" in one && one.version !== undefined) hashes.add(one.version.hash)
            expect(new Set(step.state.versions.map(({ hash }) => hash))).to.deep.equal(hashes)
            if (step.action.do === "fail" && mayBeMined)
              expect(step.action.failure.kind).to.be.oneOf(["not-mined", "not-taken"])
            if (step.action.do === "end" && mayBeMined)
              expect(step.action.outcome.kind).to.be.oneOf(["mined", "reverted", "displaced"])
            if (step.action.do === "end" || step.action.do === "fail") break
            if (!step.state.mayBeMined) expect(mayBeMined).to.equal(false)
          }
        },
      ),
    )
  })
})
