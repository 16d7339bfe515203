import { expect } from "chai"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { RESERVED_FILES } from "../../../scripts/core/program/reserved-files.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"

describe("the reserved names of a program's folder", () => {
  const files = execFileSync("git", ["ls-files", "programs"], { cwd: PROJECT_ROOT, encoding: "utf8" })
    .trimEnd()
    .split("\n")

  it("and the inputs that program.json names are all files that programs have", () => {
    expect(files.length).to.be.above(10)
    for (const file of files) {
      const name = basename(file)
      if (RESERVED_FILES.has(name) || dirname(file) === "programs") continue
      const program = readFileSync(join(PROJECT_ROOT, dirname(file), "program.json"), "utf8")
      const isInput = program.includes(`"${name}"`)
      expect(isInput || name === "network.json" || name === "README.md", file).to.equal(true)
    }
  })

  it("are names of no input", () => {
    for (const file of files.filter((one) => basename(one) === "program.json")) {
      const text = readFileSync(join(PROJECT_ROOT, file), "utf8")
      const inputs = [...text.matchAll(/"file": "([^"]+)"/g)].map(([, name = ""]) => name)
      expect(inputs.filter((name) => RESERVED_FILES.has(name))).to.deep.equal([])
    }
  })
})
