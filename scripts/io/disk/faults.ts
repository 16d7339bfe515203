import { visible } from "../../core/primitives/text.ts"
import { shortened } from "../../core/primitives/text.ts"
import { AirdropError } from "../../core/primitives/error.ts"

const BOUND = 20
const WIDTH = 300

/** Gathers the faults of a file, so that somebody with ten to mend need not run ten times. */
export interface Faults {
  readonly add: (line: number | undefined, text: string) => void
  /** Throws one error with a line for each of the first faults, if there are any. */
  readonly throwIfAny: (hint?: string) => void
}

/** @param file as it is shown: relative to where the user is, where that is shorter */
export function faultsOf(file: string): Faults {
  const lines: string[] = []
  let count = 0
  return {
    add: (line, text) => {
      count++
      if (lines.length < BOUND) lines.push(`${file}${line === undefined ? "" : `:${line}`}: ${oneLine(text)}`)
    },
    throwIfAny: (hint) => {
      if (count === 0) return
      const more = count > lines.length ? [`${file}: and ${count - lines.length} more`] : []
      throw new AirdropError([...lines, ...more].join("\n"), hint === undefined ? {} : { hint })
    },
  }
}

/** Messages of libraries can repeat what was in the file, at any length. */
function oneLine(text: string): string {
  return shortened(visible(text), WIDTH)
}
