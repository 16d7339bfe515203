/** Finds where two snapshots of the same block differ. */
import { toChecksum } from "../primitives/address.ts"
import { firstDifference, type Fact } from "../readers/reader.ts"
import { sectionsOf, type Snapshot } from "./snapshot.ts"

/** Returns the first difference in the order of the file, as "field: one value and other value"; undefined if equal. */
export function snapshotDifference(one: Snapshot, other: Snapshot): string | undefined {
  const found = firstDifference(factsOf(one), factsOf(other))
  return found && `${found.what}: ${found.one ?? "nothing"} and ${found.other ?? "nothing"}`
}

function* factsOf(snapshot: Snapshot): Generator<Fact> {
  const { chainId, block, token, accounts } = snapshot
  yield { what: "chain id", value: chainId.toString() }
  yield { what: "block number", value: block.number.toString() }
  yield { what: "block hash", value: block.hash }
  yield { what: "block timestamp", value: block.timestamp.toString() }
  yield { what: "token", value: token.address }
  yield { what: `the implementation of ${toChecksum(token.address)}`, value: token.implementation }
  for (const [reader, section] of sectionsOf(snapshot)) {
    yield { what: "section", value: reader.name }
    yield* reader.facts(section)
  }
  yield { what: "the number of accounts", value: accounts.size.toString() }
  const ascending = [...accounts].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [i, [address, account]] of ascending.entries()) {
    yield { what: `account ${i + 1}`, value: toChecksum(address) }
    for (const [key, value] of Object.entries(account))
      yield { what: `account ${toChecksum(address)} ${key}`, value: String(value) }
  }
}
