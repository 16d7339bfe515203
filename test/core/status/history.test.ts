import { expect } from "chai"
import { foldHistory, type LoggedEvent } from "../../../scripts/core/status/history.ts"
import { statusLines } from "../../../scripts/core/status/status-text.ts"
import { madeUpStatus } from "../../support/made-up-status.ts"
import { programOf } from "../../support/made-up.ts"

const ACCOUNT = `0x${"a".repeat(40)}`
const START = 1_767_225_600

const event = (name: string, values: readonly string[], place: Partial<LoggedEvent>): LoggedEvent => ({
  name,
  values,
  block: 1,
  time: START,
  transaction: `0x${"f".repeat(64)}`,
  ...place,
})

describe("the history of a contract", () => {
  const history = foldHistory([
    event("Claimed", ["0", ACCOUNT, "5"], { log: 0, path: "self" }),
    event("ReserveClaimed", [ACCOUNT, "7", "7"], { log: 1, path: "self" }),
    event("ReserveClaimed", [ACCOUNT, "2", "9"], { log: 2, path: "pushed", time: START + 86_400 }),
  ])

  it("counts each payment under its own tranche", () => {
    expect(history.automatic).to.deep.include({ count: 1, amount: 5n })
    expect(history.automatic.byPath).to.deep.include({
      self: { count: 1, amount: 5n },
      pushed: { count: 0, amount: 0n },
    })
    expect(history.automatic.byDay).to.deep.equal([{ day: START, count: 1, amount: 5n }])
    expect(history.reserve).to.deep.include({ count: 2, amount: 9n })
    expect(history.reserve.byPath).to.deep.include({
      self: { count: 1, amount: 7n },
      pushed: { count: 1, amount: 2n },
    })
    expect(history.reserve.byDay).to.have.length(2)
  })

  it("is shown with the reserve's claims below the reserve", () => {
    const lines = statusLines(programOf({ decimals: 0 }), { ...madeUpStatus(1), history }, undefined)
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(start))
    expect(lines.slice(at("  unclaimed") + 1, at("  reserve"))).to.deep.equal([
      "         1  by the account itself, 5 TOK",
    ])
    expect(lines.slice(at("  reserve"), at("  funding"))).to.deep.equal([
      "  reserve      0 TOK paid of at most 0 TOK, in 2 claims",
      "         1  by the account itself, 7 TOK",
      "         1  pushed by another account, 2 TOK",
    ])
  })
})
