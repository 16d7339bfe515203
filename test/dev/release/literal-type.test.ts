import { expect } from "chai"
import ts from "typescript"
import { literalType } from "../../../scripts/dev/release/literal-type.ts"

/** Returns the errors of assigning a JSON value to the type of another. */
function faultsOf(value: unknown, other: unknown): number {
  const source = `const value: ${literalType(other)} = ${JSON.stringify(value)}`
  const file = ts.createSourceFile("x.ts", source, ts.ScriptTarget.ESNext)
  const host = ts.createCompilerHost({})
  const program = ts.createProgram(
    ["x.ts"],
    { noEmit: true, strict: true, noLib: true, types: [] },
    {
      ...host,
      getSourceFile: (name) => (name === "x.ts" ? file : undefined),
      fileExists: (name) => name === "x.ts",
    },
  )
  return program.getSemanticDiagnostics(file).length
}

describe("The literal type of a JSON value", () => {
  const abi = [
    { type: "function", name: "claim", inputs: [{ name: "index", type: "uint256" }], outputs: [] },
    { type: "error", name: 'with "quotes"', "odd-key": [true, null, 7] },
  ]

  it("takes the value itself", () => {
    expect(faultsOf(abi, abi)).to.equal(0)
  })

  it("refuses every other value", () => {
    const [first, ...rest] = abi
    for (const other of [
      [],
      [...rest],
      [{ ...first, name: "claims" }, ...rest],
      [...abi, first],
      "text",
      null,
    ])
      expect(faultsOf(other, abi), JSON.stringify(other)).to.be.greaterThan(0)
  })
})
