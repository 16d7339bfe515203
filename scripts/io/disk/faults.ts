import { visible } from "../../core/primitives/text.ts"
import { shortened } from "../../core/primitives/text.ts"
import { AirdropError } from "../../core/primitives/error.ts"

const BOUND = 20
const WIDTH = 300

/** Gathers the faults of a file, so that somebody with ten to mend need not run ten times. */
export interface Faults {
  readonly add: (line: number | undefined, text: string) => void
  /** Throws {@link Faults.error} if there is a fault. */
  readonly throwIfAny: (hint?: string) => void
  /** Returns one error with a line for each of the first faults. */
  readonly error: (hint?: string) => AirdropError
}

/** @param file as it is shown: relative to where the user is, where that is shorter */
export function faultsOf(file: string): Faults {
  const lines: string[] = []
  let count = 0
  const error = (hint?: string): AirdropError => {
    const more = count > lines.length ? [`${file}: and ${count - lines.length} more`] : []
    return new AirdropError([...lines, ...more], hint === undefined ? {} : { hint })
  }
  return {
    add: (line, text) => {
      count++
      if (lines.length < BOUND) lines.push(`${file}${line === undefined ? "" : `:${line}`}: ${oneLine(text)}`)
    },
    error,
    throwIfAny: (hint) => {
      if (count > 0) throw error(hint)
    },
  }
}

/** Messages of libraries can repeat what was in the file, at any length. */
function oneLine(text: string): string {
  return shortened(visible(text), WIDTH)
}
