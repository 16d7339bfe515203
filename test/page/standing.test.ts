import { expect } from "chai"
import type { AccountStatus, ContractStatus } from "../../web/src/chain/status.ts"
import { standingOf } from "../../web/src/claim/standing.ts"
import type { Due } from "../../web/src/data/due.ts"

const ROOT = `0x${"ab".repeat(32)}` as const
const OTHER = `0x${"cd".repeat(32)}` as const
const ACCOUNT = `0x${"11".repeat(20)}` as const

const DUE: Due = {
  account: ACCOUNT,
  automatic: { index: 3, amount: 70n, proof: [] },
  reserve: { root: ROOT, cumulativeAmount: 30n, proof: [] },
  derivation: undefined,
  absence: undefined,
  elsewhere: undefined,
  unread: [],
}
const UNPAID: AccountStatus = { claimed: false, reserveClaimed: 0n }
const STATUS: ContractStatus = {
  token: "0x",
  automaticRoot: OTHER,
  leafCount: 9n,
  reserveCap: 50n,
  sweepTime: 1_000n,
  owner: "0x",
  reserveRoot: ROOT,
  pendingRoot: `0x${"0".repeat(64)}`,
  acceptableAt: 0n,
  reservePaid: 0n,
  balance: 100n,
  now: 500n,
}
const standing = (changes: Partial<ContractStatus>, account = UNPAID): ReturnType<typeof standingOf> =>
  standingOf(DUE, {
    view: { kind: "contract", status: { ...STATUS, ...changes } },
    account,
    down: false,
    disagrees: false,
  })
const ready = { at: "ready", paid: 0n, isLate: false, only: undefined, later: undefined } as const

describe("the state beside an amount", () => {
  it("is ready with both tranches where the contract holds enough", () => {
    expect(standing({})).to.deep.equal({ ...ready, amount: 100n })
  })

  it("names a grant that opens later, with its time if the chain has one", () => {
    const waiting = { reserveRoot: OTHER, pendingRoot: ROOT, acceptableAt: 700n }
    const later = { until: "accepted", amount: 30n } as const
    expect(standing(waiting)).to.deep.equal({
      ...ready,
      amount: 70n,
      later: { ...later, opensAt: 700n },
    })
    expect(standing({ reserveRoot: OTHER })).to.deep.equal({
      ...ready,
      amount: 70n,
      later: { ...later, opensAt: undefined },
    })
    expect(standing(waiting, { claimed: true, reserveClaimed: 0n })).to.deep.equal({
      at: "announced",
      amount: 30n,
      opensAt: 700n,
    })
  })

  it("offers the larger tranche that the contract can pay, and names the rest", () => {
    expect(standing({ balance: 99n })).to.deep.equal({
      ...ready,
      amount: 70n,
      only: "automatic",
      later: { until: "funded", amount: 30n },
    })
    expect(standing({ balance: 69n })).to.deep.equal({
      ...ready,
      amount: 30n,
      only: "reserve",
      later: { until: "funded", amount: 70n },
    })
    expect(standing({ balance: 29n })).to.deep.equal({ at: "unfunded", amount: 100n })
  })

  it("is closed after the deadline only once the contract can pay neither tranche", () => {
    expect(standing({ balance: 69n, now: 1_000n })).to.include({ at: "ready", isLate: true, only: "reserve" })
    expect(standing({ balance: 0n, now: 1_000n })).to.deep.equal({ at: "closed", amount: 100n })
  })
})
