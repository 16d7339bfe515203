import { expect } from "chai"
import { printText, type Output } from "../../../scripts/io/terminal/output.ts"

describe("A text of several lines", () => {
  it("is printed line by line, without an empty line at its end", () => {
    const lines: string[] = []
    printText({ line: (line = "") => lines.push(line) } as unknown as Output, "name  gas\n\nclaim  70,257\n")
    expect(lines).to.deep.equal(["name  gas", "", "claim  70,257"])
  })
})
