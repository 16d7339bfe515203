/** Random code of the operations that a view may use, most of which runs to its end. */
import fc from "fast-check"
import type { Address } from "../../scripts/core/primitives/address.ts"

export const CALLER: Address = `0x${"aa".repeat(20)}`
export const CALLEE: Address = `0x${"bb".repeat(20)}`

/** Two words in, one out. */
const BINARY = [
  ...["01", "02", "03", "04", "05", "06", "07", "0a", "0b", "10", "11", "12", "13", "14", "16", "17", "18"],
  ...["1a", "1b", "1c", "1d"],
]
/** One word in, one out; and none in, one out. */
const UNARY = ["15", "19", "35", "54"]
const CONSTANT = ["30", "33", "34", "36", "38", "3d", "42", "46", "58", "59", "36"]

const hexOf = (value: bigint, bytes: number): string => value.toString(16).padStart(2 * bytes, "0")
const push = (value: bigint): string => {
  const bytes = Math.max(1, Math.ceil(value.toString(16).length / 2))
  return (0x5f + bytes).toString(16) + hexOf(value, bytes)
}
const small = fc.bigInt(0n, 96n)
const EDGES = [0n, 1n, 31n, 32n, 255n, 256n, (1n << 255n) - 1n, 1n << 255n, (1n << 256n) - 1n]
const number = fc.oneof(small, fc.constantFrom(...EDGES), fc.bigInt(0n, (1n << 256n) - 1n)).map(push)

/** Arguments that stay within some bytes of memory and data, the last one on top. */
const within = (count: number, operation: string): fc.Arbitrary<string> =>
  fc.array(small, { minLength: count, maxLength: count }).map((all) => all.map(push).join("") + operation)

const call = fc
  .tuple(fc.constantFrom("f1", "f4", "fa"), fc.constantFrom(CALLEE, `0x${"cc".repeat(20)}`), small, small)
  .map(([operation, to, inSize, outSize]) => {
    const value = operation === "f1" ? "5f" : ""
    return `${push(outSize)}5f${push(inSize)}5f${value}73${to.slice(2)}5a${operation}`
  })

const step: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: number },
  { weight: 8, arbitrary: fc.constantFrom(...BINARY) },
  {
    weight: 2,
    arbitrary: fc.tuple(number, number, number, fc.constantFrom("08", "09")).map((all) => all.join("")),
  },
  { weight: 3, arbitrary: fc.constantFrom(...UNARY) },
  { weight: 3, arbitrary: fc.constantFrom(...CONSTANT) },
  { weight: 3, arbitrary: fc.integer({ min: 0x80, max: 0x93 }).map((code) => code.toString(16)) },
  { weight: 2, arbitrary: within(1, "51") },
  { weight: 2, arbitrary: small.map((offset) => `${push(offset)}52`) },
  { weight: 1, arbitrary: small.map((offset) => `${push(offset)}53`) },
  { weight: 1, arbitrary: within(2, "20") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("37", "39", "3e", "5e").chain((operation) => within(3, operation)),
  },
  { weight: 1, arbitrary: fc.constantFrom(CALLER, CALLEE).map((account) => `73${account.slice(2)}3b`) },
  { weight: 1, arbitrary: call },
  { weight: 1, arbitrary: fc.constantFrom("50", "5b", "fe", "56", "57", "00") },
)

/** Steps over one instruction if the word on top is zero. Destinations follow from the place, so it is made last. */
const body = fc.array(fc.tuple(step, fc.boolean()), { minLength: 1, maxLength: 30 }).map((steps) => {
  let code = "60016002600360046005600660076008" // so that few stacks run empty
  for (const [text, guarded] of steps) {
    const destination = code.length / 2 + 4 + 1 + text.length / 2
    code += guarded && text.length < 20 ? `8061${hexOf(BigInt(destination), 2)}57${text}5b` : text
  }
  return code
})

/** Code that returns, or reverts with, the four words on top of its stack and its first bytes of memory. */
export const viewCode: fc.Arbitrary<string> = fc
  .tuple(body, fc.constantFrom("f3", "f3", "f3", "fd"))
  .map(([code, end]) => `${code}6101005261012052610140526101605261018060${end === "f3" ? "00" : "20"}${end}`)

/** Call data of up to four words. */
export const viewInput: fc.Arbitrary<string> = fc
  .array(fc.bigInt(0n, (1n << 256n) - 1n), { maxLength: 4 })
  .map((words) => words.map((value) => hexOf(value, 32)).join(""))
