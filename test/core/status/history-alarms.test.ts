import { expect } from "chai"
import { toChecksum, ZERO_ADDRESS, type Address } from "../../../scripts/core/primitives/address.ts"
import { historyAlarms, type HistoryTerms } from "../../../scripts/core/status/history-alarms.ts"
import { foldHistory, type LoggedEvent } from "../../../scripts/core/status/history.ts"

const hash = (digit: string): string => `0x${digit.repeat(64)}`
const address = (digit: string): Address => `0x${digit.repeat(40)}`
const OWNER = address("a")
const STRANGER = address("b")
const TERMS: HistoryTerms = {
  owners: new Set([OWNER]),
  automaticRoot: hash("1"),
  reserveRoots: new Set([hash("2")]),
  grantedTo: new Map([[address("c"), 100n]]),
  cids: new Map([[hash("1"), "bafyours"]]),
  amount: (value) => `${value} T`,
}

describe("the alarms of a contract's history", () => {
  const alarmsOf = (
    ...events: readonly (readonly [name: string, ...values: string[]])[]
  ): readonly string[] =>
    historyAlarms(
      foldHistory(
        events.map(([name, ...values], i): LoggedEvent => ({
          name,
          values,
          block: i + 1,
          time: 1_767_225_600 + i,
          transaction: hash("f"),
          log: i,
        })),
      ),
      TERMS,
    )

  it("are none where the files account for all of it", () => {
    const alarms = alarmsOf(
      ["OwnershipTransferred", ZERO_ADDRESS, OWNER],
      ["ProofsPublished", hash("1"), ""],
      ["ProofsPublished", hash("1"), "ipfs://bafyours"],
      ["ReserveRootSubmitted", hash("2"), "1767225700"],
      ["ReserveRootAccepted", hash("2")],
      ["ReserveClaimed", address("c"), "100", "100"],
    )
    expect(alarms).to.deep.equal([])
  })

  it("name a false root that was accepted, drained and replaced", () => {
    const alarms = alarmsOf(
      ["ReserveRootAccepted", hash("e")],
      ["ReserveClaimed", STRANGER, "70", "70"],
      ["ReserveRootAccepted", hash("2")],
    )
    expect(alarms).to.deep.equal([
      `The reserve root ${hash("e")} was accepted at 2026-01-01T00:00:00Z and is in no ledger of this program.`,
      `The reserve has paid 70 T to ${toChecksum(STRANGER)}, which was granted 0 T.`,
    ])
  })

  it("name an account that was paid more than it was granted", () => {
    expect(alarmsOf(["ReserveClaimed", address("c"), "101", "101"])[0])
      .to.contain("paid 101 T")
      .and.contain("100 T")
  })

  it("name URIs with other roots, URIs that do not name their content, and other content", () => {
    expect(alarmsOf(["ProofsPublished", hash("9"), "ipfs://bafyours"])[0]).to.contain("not this program's")
    expect(alarmsOf(["ProofsPublished", hash("1"), "https://example.org/p"])[0]).to.contain(
      "does not name its content",
    )
    expect(alarmsOf(["ProofsPublished", hash("1"), "ipfs://bafyours/../x"])[0]).to.contain(
      "does not name its content",
    )
    expect(alarmsOf(["ProofsPublished", hash("1"), "ipfs://bafytheirs"])[0]).to.contain("ipfs://bafytheirs")
    expect(alarmsOf(["ProofsPublished", hash("1"), "ar://theirs"])[0]).to.contain("ar://theirs")
    expect(
      alarmsOf(["ReserveRootSubmitted", hash("2"), "1767225700", "https://evil.example/x"])[0],
    ).to.contain("does not name its content")
  })

  it("name an ownership that passed to another than the program's owner", () => {
    expect(
      alarmsOf(["OwnershipTransferred", OWNER, STRANGER], ["OwnershipTransferred", STRANGER, OWNER]),
    ).to.deep.equal([
      `The ownership passed from ${toChecksum(OWNER)} to ${toChecksum(STRANGER)} at 2026-01-01T00:00:00Z.`,
    ])
  })
})
