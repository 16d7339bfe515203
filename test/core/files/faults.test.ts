import { expect } from "chai"
import { faultsOf } from "../../../scripts/core/files/faults.ts"

describe("the faults of a file", () => {
  it("are one line each, in the order of the lines", () => {
    const faults = faultsOf("list.csv")
    faults.add(3, `"x" is not an address`)
    faults.add(2, "1 field instead of 2")
    faults.add(undefined, "is empty")
    expect(faults.error().lines).to.deep.equal([
      "list.csv: is empty",
      "list.csv:2: 1 field instead of 2",
      `list.csv:3: "x" is not an address`,
    ])
    expect(faults.error().code).to.equal("file-format")
  })

  it("become one line for a kind that is frequent, with its number", () => {
    const faults = faultsOf("list.csv")
    for (let line = 1; line <= 1_000; line++) faults.add(line, `"${line}" is not an address`)
    const { lines } = faults.error()
    expect(lines).to.have.length(1)
    expect(lines[0]).to.match(/^list\.csv:1: "1" is not an address.*\b(999|1,000|1000)\b/)
  })

  it("throw only if there are any", () => {
    const faults = faultsOf("list.csv")
    faults.throwIfAny()
    faults.add(1, "is wrong")
    expect(() => {
      faults.throwIfAny()
    }).to.throw("list.csv:1: is wrong")
  })
})
