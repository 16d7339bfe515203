import { plural } from "../../core/primitives/plural.ts"
import { notice } from "./notices.ts"

/** The number of blocks in one request, estimated from the provider's answers. */
export interface RangeLength {
  readonly length: number
  /** Records that a range was refused, and makes the next one smaller. */
  refused(blocks: number, words: string): void
  /** Records that a range was answered, in how many milliseconds, and how many blocks are left. */
  answered(blocks: number, milliseconds: number, left: number): void
}

const FIRST = 10_000
const LONGEST = 10_000_000
/**
 * The number of answered ranges of the present length after which a doubled length is tried, because only one
 * stretch may be crowded.
 */
const STEADY = 50
/** The number of requests from which on their count and time are reported beforehand. */
const MANY = 50

export function createRangeLength(host: string): RangeLength {
  let length = FIRST
  let longest = LONGEST
  let steady = 0
  /** The length for which the number of requests was reported. */
  let told = 0

  return {
    get length() {
      return length
    },
    refused: (blocks, words) => {
      // Each refusal may cost several attempts, so a length that was refused is not tried again soon.
      const named = namedLimit(words, blocks)
      longest = named ?? Math.max(1, Math.floor(blocks / 2))
      length = named ?? Math.max(1, Math.floor(blocks / 4))
      steady = 0
      notice(
        `${host}: asking for ${plural(length, "block")} of logs instead of ${blocks} (${words.replace(`${host}: `, "")})`,
      )
    },
    answered: (blocks, milliseconds, left) => {
      if (length === longest && ++steady % STEADY === 0) longest = Math.min(LONGEST, longest * 2)
      length = Math.min(longest, Math.max(length, blocks) * 2)
      const questions = Math.ceil(left / longest)
      if (questions < MANY || told === longest || length < longest) return
      told = longest
      const seconds = Math.ceil((questions * milliseconds) / 1000)
      notice(
        `${host}: ${questions} questions of ${plural(longest, "block")} are left, about ${time(seconds)}`,
      )
    },
  }
}

/** Returns the number of blocks that the provider's message allows, such as "up to a 10 block range". */
function namedLimit(words: string, blocks: number): number | undefined {
  for (const [, digits = "", k] of words.matchAll(/(\d[\d,]*)(k?)[ -]*(?:blocks?|range)/gi)) {
    const limit = Number(digits.replaceAll(",", "")) * (k === "" ? 1 : 1_000)
    if (limit >= 1 && limit < blocks) return limit
  }
  return undefined
}

function time(seconds: number): string {
  if (seconds < 120) return plural(seconds, "second")
  return seconds < 7_200
    ? plural(Math.round(seconds / 60), "minute")
    : plural(Math.round(seconds / 3_600), "hour")
}
