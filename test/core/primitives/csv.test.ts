import { expect } from "chai"
import { csvRow } from "../../../scripts/core/primitives/csv.ts"

describe("A CSV row for people", () => {
  it("makes no text a formula, and leaves signed numbers as they are", () => {
    const cells = ["=1+1", "+cmd", "-cmd", "@sum", "\tx", "\rx", "+1.5", "-2", "1", "a=b"]
    expect(csvRow(cells)).to.equal("'=1+1,'+cmd,'-cmd,'@sum,\"'\tx\",\"'\rx\",+1.5,-2,1,a=b\n")
  })

  it("quotes what would end a cell or a row", () => {
    expect(csvRow(['a"b', "c,d", "e\nf"])).to.equal('"a""b","c,d","e\nf"\n')
  })
})
