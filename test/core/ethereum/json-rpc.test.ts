import { expect } from "chai"
import { parse } from "csv-parse/sync"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { errorIn, meaningOf, revertData, statusMeaning } from "../../../scripts/core/ethereum/json-rpc.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"

interface Row {
  readonly meaning: string
  readonly code: string
  readonly status?: string
  readonly message: string
  readonly "seen at": string
}

const OWN = join(PROJECT_ROOT, "test", "fixtures", "provider-words.csv")
/** Words from the field that are kept beside the repository, where there are any. */
const SHARED = join(PROJECT_ROOT, "..", "shared", "cases", "provider-words.csv")

const rowsOf = (path: string): readonly Row[] => parse(readFileSync(path), { columns: true })

describe("what a node's answer means", () => {
  const classify = ({ code, status = "200", message }: Row): string => {
    if (message.startsWith("<")) return statusMeaning(Number(status))?.kind ?? "none"
    return meaningOf({ code: code === "" ? undefined : Number(code), message }, Number(status)).kind
  }

  it("is read from each provider's recorded messages", () => {
    const rows = [...rowsOf(OWN), ...(existsSync(SHARED) ? rowsOf(SHARED) : [])]
    expect(rows.length).to.be.at.least(60)
    const wrong: string[] = []
    for (const row of rows) {
      const kind = classify(row)
      process.stdout.write(
        `      ${kind.padEnd(10)}${row.code.padEnd(8)}${row.message.slice(0, 90)} [${row["seen at"]}]\n`,
      )
      // A sequencer that is away for a while refuses nothing for good.
      const isWell = kind === row.meaning || (row.meaning === "rejected" && kind === "later")
      if (!isWell) wrong.push(`${row.meaning} taken for ${kind}: ${row.code} ${row.message}`)
    }
    expect(wrong).to.deep.equal([])
  })

  it("does not depend on letter case, nor on codes that a server uses for everything", () => {
    for (const row of rowsOf(OWN)) {
      if (row.meaning === "reverted" || row.code === "-32601" || row.message.startsWith("<")) continue
      expect(classify({ ...row, message: row.message.toUpperCase() }), row.message).to.equal(row.meaning)
    }
  })

  it("is a revert even if the contract's message looks like another error", () => {
    for (const message of ["rate limit exceeded", "block range too large", "method not found", "timeout"]) {
      expect(meaningOf({ code: 3, message: `execution reverted: ${message}` }).kind).to.equal("reverted")
      expect(meaningOf({ code: -32000, message: `execution reverted: ${message}` }).kind).to.equal("reverted")
    }
  })

  it("is read from nested messages, the status or the code if the message says nothing", () => {
    const nested = { code: -32603, message: "", data: { originalError: { message: "execution reverted" } } }
    expect(meaningOf(nested).kind).to.equal("reverted")
    expect(meaningOf({ code: -32603, data: "Reverted 0x08c379a0" }).kind).to.equal("reverted")
    expect(meaningOf({ message: "?" }, 429).kind).to.equal("later")
    expect(meaningOf({ message: "?" }, 403).kind).to.equal("no-access")
    expect(meaningOf({ code: "-32007", message: "?" }).kind).to.equal("later")
    expect(meaningOf({ code: -32005 })).to.include({ kind: "less", orLess: true, repeat: "short" })
    expect(meaningOf({})).to.include({ kind: "refused", orLess: true, repeat: "short" })
  })

  it("finds errors without an envelope, and revert data in every known field", () => {
    expect(errorIn({ error: "no batches" })).to.deep.equal({ code: undefined, message: "no batches" })
    expect(errorIn({ statusCode: 429, message: "slow down" })).to.deep.equal({
      code: 429,
      message: "slow down",
    })
    expect(errorIn({ result: null })).to.equal(undefined)
    expect(revertData({ data: { originalError: { data: "0x1234" } } })).to.equal("0x1234")
    expect(revertData("Reverted 0xabcd")).to.equal("0xabcd")
  })
})
