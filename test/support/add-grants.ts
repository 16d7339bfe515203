/** Run as a process of its own: adds so many grants to a ledger, one at a time. Arguments: path, count, first account. */
import type { Address } from "../../scripts/core/primitives/address.ts"
import { addToLedger } from "../../scripts/stages/reserve/ledger-file.ts"

const [path = "", count = "0", first = "0"] = process.argv.slice(2)
for (let i = 0; i < Number(count); i++) {
  const account: Address = `0x${(BigInt(first) + BigInt(i)).toString(16).padStart(40, "0")}`
  await addToLedger(
    path,
    9,
    ({ grants }) => [
      {
        kind: "grant",
        id: grants.length + 1,
        account,
        amount: 1n,
        reason: "written by several at once".repeat(40),
        evidence: undefined,
        overriddenChecks: [],
        time: new Date(0),
      },
    ],
    (text) => process.stderr.write(`${text}\n`),
  )
  process.stdout.write(`${account}\n`)
}
