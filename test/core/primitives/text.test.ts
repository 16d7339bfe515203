import { expect } from "chai"
import fc from "fast-check"
import { quote, shortened, visible } from "../../../scripts/core/primitives/text.ts"

describe("Texts of others", () => {
  it("are shown with control characters as codes", () => {
    expect(visible("\u001b[2J\r\n\u0007\u009b")).to.equal("\\u{1b}[2J\\u{d}\\u{a}\\u{7}\\u{9b}")
  })

  it("are shown with invisible and reordering characters as codes", () => {
    const hidden = [
      ["right-to-left override", "\u202e"],
      ["right-to-left isolate", "\u2067"],
      ["Arabic letter mark", "\u061c"],
      ["zero-width space", "\u200b"],
      ["byte-order mark", "\ufeff"],
      ["soft hyphen", "\u00ad"],
      ["no-break space", "\u00a0"],
      ["narrow no-break space", "\u202f"],
      ["ideographic space", "\u3000"],
      ["Hangul filler", "\u3164"],
      ["Braille blank", "\u2800"],
      ["combining grapheme joiner", "\u034f"],
      ["tag letter", "\u{e0041}"],
      ["line separator", "\u2028"],
      ["lone surrogate", "\ud800"],
    ] as const
    for (const [name, character] of hidden) {
      const code = (character.codePointAt(0) ?? 0).toString(16)
      expect(visible(`a${character}b`), name).to.equal(`a\\u{${code}}b`)
    }
  })

  it("keep visible text and blanks, and are stable when escaped twice", () => {
    expect(visible("Grüße, 日本語 – 100 % 🎉")).to.equal("Grüße, 日本語 – 100 % 🎉")
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => visible(visible(text)) === visible(text)))
  })

  it("are quoted on one line of bounded length", () => {
    expect(quote('a"b\n\u202e')).to.equal('"a\\"b\\n\\u{202e}"')
    expect(shortened("abcdefgh", 6)).to.equal("abc...")
    expect(quote("x".repeat(500))).to.have.length(82)
  })
})
