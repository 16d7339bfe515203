import { expect } from "chai"
import fc from "fast-check"
import { CAPACITY, manyHasher, plainHasher, vectorHasher } from "../../../scripts/core/merkle/keccak-many.ts"
import { keccak256 } from "../../../scripts/core/primitives/keccak.ts"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"

describe("Keccak of many messages", () => {
  for (const length of [32, 64, 96] as const) {
    it(`gives each of any number of messages of ${length} bytes the hash that hash-wasm gives it`, () => {
      const vectors = vectorHasher(length) ?? expect.fail("this engine has no vectors")
      const plain = plainHasher(length)
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: CAPACITY }),
          fc.uint8Array({ minLength: length * 3, maxLength: length * 3 }),
          (count, some) => {
            for (const { messages, hash } of [vectors, plain]) {
              for (let at = 0; at < messages.length; at++)
                messages[at] = ((some[at % some.length] ?? 0) + Math.floor(at / some.length)) & 255
              hash(count)
            }
            expect(toHex(vectors.hashes.slice(0, 32 * count))).to.equal(
              toHex(plain.hashes.slice(0, 32 * count)),
            )
          },
        ),
        { numRuns: 60 },
      )
      for (const edge of [0x00, 0xff, 0x80, 0x01]) {
        vectors.messages.fill(edge)
        vectors.hash(3)
        const expected = toHex(keccak256(new Uint8Array(length).fill(edge)))
        for (const i of [0, 1, 2])
          expect(toHex(vectors.hashes.slice(32 * i, 32 * i + 32)), `${edge} ${i}`).to.equal(expected)
      }
    })
  }

  it("hashes one after the other where WebAssembly is forbidden, with the same interface", () => {
    const plain = plainHasher(64)
    const used = manyHasher(64)
    expect(used.messages.length).to.equal(plain.messages.length)
    expect(used.hashes.length).to.equal(plain.hashes.length)
    expect(manyHasher(64)).to.equal(used)
  })
})
