import { expect } from "chai"
import { recoverAddress, Signature, SigningKey, Wallet } from "ethers"
import fc from "fast-check"
import { usualSignature } from "../../../scripts/core/ethereum/signature-form.ts"

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

describe("The form of a signature", () => {
  it("is the one that contracts accept, from each form that wallets write", () => {
    const key = new SigningKey(`0x${"42".repeat(32)}`)
    const account = new Wallet(key).address
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const digest = `0x${Buffer.from(bytes).toString("hex")}`
        const { serialized, compactSerialized, r, s, yParity } = key.sign(digest)
        const large = (ORDER - BigInt(s)).toString(16).padStart(64, "0")
        const forms = [
          serialized,
          serialized.toUpperCase().replace("0X", "0x"),
          compactSerialized,
          `${r}${s.slice(2)}0${yParity}`,
          `${r}${large}${yParity === 0 ? "1c" : "1b"}`,
          `${r}${large}0${1 - yParity}`,
        ]
        for (const form of forms) {
          expect(usualSignature(form)).to.equal(serialized)
          expect(recoverAddress(digest, Signature.from(usualSignature(form)))).to.equal(account)
        }
      }),
      { numRuns: 50 },
    )
  })

  it("leaves alone what is no key's signature", () => {
    for (const text of ["", "0x", "0x1234", `0x${"11".repeat(66)}`, `0x${"11".repeat(64)}1d`, "no signature"])
      expect(usualSignature(text)).to.equal(text)
  })
})
