import { expect } from "chai"
import { hexlify, getBytes, Signature as KeySignature, toBeHex } from "ethers"
import { ZERO_ADDRESS } from "../../../scripts/core/primitives/address.ts"
import { peopleOf, UNMERGED, type People } from "../../../scripts/core/snapshot/people.ts"
import type { Account } from "../../../scripts/core/snapshot/account.ts"
import { judgeLinks, judgeRedirects, linksOf } from "../../../scripts/core/statements/judge.ts"
import type { AcceptedStatement } from "../../../scripts/core/statements/statement.ts"
import { vestingFor } from "../../support/made-up.ts"
import { accept, ACCEPTED, accountOf, keyOf, sign, termsOf } from "../../support/statements.ts"

const [OLD, NEW, THIRD, OTHER] = [keyOf(1), keyOf(2), keyOf(3), keyOf(4)]
const [OLD_AT, NEW_AT, THIRD_AT] = [accountOf(OLD), accountOf(NEW), accountOf(THIRD)]
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

function faults(
  links: readonly AcceptedStatement[],
  people: People = UNMERGED,
): readonly (string | undefined)[] {
  return judgeLinks({ program: "made-up", chainId: 42161, people }, links).map(({ fault }) => fault)
}

describe("judging links", () => {
  const terms = termsOf({ from: OLD_AT, to: NEW_AT })

  it("accepts a link that its old address signed, as typed data and as a plain message", async () => {
    expect(faults([await accept(OLD, terms)])).to.deep.equal([undefined])
    expect(faults([await accept(OLD, terms, await sign(OLD, terms, "eip191"))])).to.deep.equal([undefined])
  })

  it("refuses a link that another key signed", async () => {
    expect(faults([await accept(OTHER, terms)])[0]).to.include(
      `is signed by ${OTHER.address}; ${OLD.address}`,
    )
  })

  it("refuses a link in which one field was changed after signing", async () => {
    const link = await accept(OLD, terms)
    for (const change of [
      { from: THIRD_AT },
      { to: THIRD_AT },
      { deadline: new Date("2026-01-01T00:00:00Z") },
    ])
      expect(faults([{ ...link, ...change }])[0]).to.match(/is signed by|not valid/)
    expect(faults([{ ...link, kind: "redirect" }])[0]).to.include("is signed by")
  })

  it("refuses a link of another program or chain, even with a valid signature", async () => {
    const other = termsOf({ ...terms, program: "other" })
    expect(faults([await accept(OLD, other)])[0]).to.equal(
      "is signed for other on chain 42161, this is made-up on chain 42161",
    )
    expect(faults([await accept(OLD, termsOf({ ...terms, chainId: 1 }))])[0]).to.include("on chain 1,")
  })

  it("refuses a link that was accepted after its deadline", async () => {
    const late = { accepted: new Date(terms.deadline.getTime() + 1000) }
    expect(faults([await accept(OLD, terms, { accepted: terms.deadline })])).to.deep.equal([undefined])
    expect(faults([await accept(OLD, terms, late)])[0]).to.include("after its deadline 2025-12-31T23:59:59Z")
  })

  it("refuses the zero address and a link to itself", async () => {
    expect(faults([await accept(OLD, termsOf({ from: OLD_AT, to: ZERO_ADDRESS }))])[0]).to.include(
      "zero address",
    )
    expect(faults([await accept(OLD, termsOf({ from: OLD_AT, to: OLD_AT }))])[0]).to.include("twice")
  })

  it("refuses two links of one address, chains and circles by line", async () => {
    const toNew = await accept(OLD, terms)
    const toThird = await accept(OLD, termsOf({ from: OLD_AT, to: THIRD_AT }))
    const onward = await accept(NEW, termsOf({ from: NEW_AT, to: THIRD_AT }))
    const back = await accept(NEW, termsOf({ from: NEW_AT, to: OLD_AT }))
    expect(faults([toNew, toThird])).to.deep.equal([
      undefined,
      `${OLD.address} has a statement already, in line 1`,
    ])
    expect(faults([toNew, onward])[0]).to.include(`${NEW.address} is linked on in line 2`)
    expect(faults([toNew, back])).to.satisfy((both: readonly string[]) =>
      both.every((fault) => fault.includes("is linked on in line")),
    )
  })

  it("accepts two old addresses of one new address", async () => {
    const second = await accept(THIRD, termsOf({ from: THIRD_AT, to: NEW_AT }))
    expect(faults([await accept(OLD, terms), second])).to.deep.equal([undefined, undefined])
  })

  it("lets the beneficiary sign for a vesting contract, and refuses the contract as the new address", async () => {
    const contract = accountOf(keyOf(9))
    const people = peopleOf(new Map<`0x${string}`, Account>([[contract, vestingFor(OLD_AT)]]))
    const moved = termsOf({ from: contract, to: NEW_AT })
    expect(faults([await accept(OLD, moved)], people)).to.deep.equal([undefined])
    expect(faults([await accept(keyOf(9), moved)], people)[0]).to.include(`${OLD.address} has to sign`)
    const into = await accept(NEW, termsOf({ from: NEW_AT, to: contract }))
    expect(faults([into], people)[0]).to.include(
      `is a vesting contract; link to its beneficiary ${OLD.address}`,
    )
    const own = await accept(OLD, termsOf({ from: contract, to: OLD_AT }))
    expect(faults([own], people)[0]).to.include("already")
  })

  it("refuses the second form of a signature and signatures of other lengths", async () => {
    const link = await accept(OLD, terms)
    const { r, s, v } = KeySignature.from(link.signature)
    const high = `${r}${toBeHex(ORDER - BigInt(s), 32).slice(2)}${v === 27 ? "1c" : "1b"}`
    const compact = KeySignature.from(link.signature).compactSerialized
    const zeroV = hexlify(getBytes(link.signature).fill(v - 27, 64))
    for (const signature of [high, compact, zeroV, `${link.signature}00`, "0x00"])
      expect(faults([{ ...link, signature }])[0], signature).to.include("the signature is not valid")
  })

  it("leaves the signature of a contract wallet to a node, and refuses it from an account without code", async () => {
    const link = await accept(OLD, terms, { scheme: "erc1271", signature: "0x1234" })
    const context = { program: "made-up", chainId: 42161, people: UNMERGED }
    expect(judgeLinks(context, [link])[0]?.open).to.have.length(1)
    const plain = peopleOf(new Map<`0x${string}`, Account>([[OLD_AT, { kind: "plain" }]]))
    expect(faults([link], plain)[0]).to.include("has no code")
  })

  it("checks the consent of the new address", async () => {
    const link = await accept(OLD, terms)
    expect(faults([{ ...link, consent: await sign(NEW, terms, "eip191") }])).to.deep.equal([undefined])
    expect(faults([{ ...link, consent: await sign(OTHER, terms) }])[0]).to.match(/^consent: is signed by/)
  })
})

describe("judging redirects", () => {
  const context = { program: "made-up", chainId: 42161, people: UNMERGED }
  const terms = termsOf({ kind: "redirect", from: OLD_AT, to: NEW_AT })

  it("accepts a redirect that its account signed and refuses one of an old address", async () => {
    const redirect = await accept(OLD, terms)
    expect(judgeRedirects(context, [redirect], new Map())[0]?.fault).to.equal(undefined)
    const links = linksOf([await accept(OLD, termsOf({ from: OLD_AT, to: THIRD_AT }))])
    expect(judgeRedirects(context, [redirect], links)[0]?.fault).to.include(`is linked to ${THIRD.address}`)
  })

  it("does not accept a signed link as a redirect", async () => {
    const link = await accept(OLD, termsOf({ from: OLD_AT, to: NEW_AT }))
    const forged = { ...link, kind: "redirect" as const, accepted: ACCEPTED }
    expect(judgeRedirects(context, [forged], new Map())[0]?.fault).to.include("is signed by")
  })
})
