import { expect } from "chai"
import { nameHint, nearest } from "../../../scripts/core/primitives/nearest.ts"

const VERBS = ["verify", "allocate", "build", "status", "page"]

describe("the nearest name", () => {
  it("forgives a letter that is missing, added, wrong or swapped", () => {
    for (const text of ["verfy", "verrify", "varify", "verfiy"])
      expect(nearest(text, VERBS)).to.equal("verify")
  })

  it("is undefined if more than half of the letters differ", () => {
    expect(nearest("sweep", VERBS)).to.equal(undefined)
    expect(nearest("", VERBS)).to.equal(undefined)
  })

  it("is the first of those that are equally close", () => {
    expect(nearest("cat", ["bat", "hat"])).to.equal("bat")
  })

  it("is replaced by the whole list in a hint if no name is close", () => {
    expect(nameHint("buld", VERBS)).to.equal("Did you mean build?")
    expect(nameHint("sweep", ["a", "b"])).to.equal("Give one of a, b.")
  })
})
