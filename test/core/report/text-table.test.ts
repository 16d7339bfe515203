import { expect } from "chai"
import { textTable } from "../../../scripts/core/report/text-table.ts"

describe("a table of plain text", () => {
  const rows = [
    ["", "now"],
    ["a long name", "1"],
    ["b", "1,000", "note"],
  ]

  it("has its columns as wide as their widest cell, also where rows differ in length", () => {
    expect(textTable(rows, "right")).to.deep.equal([
      "               now",
      "a long name      1",
      "b            1,000  note",
    ])
  })

  it("may have all columns to the left, and no blanks at the end of a line", () => {
    expect(textTable(rows, "left")).to.deep.equal([
      "             now",
      "a long name  1",
      "b            1,000  note",
    ])
  })
})
