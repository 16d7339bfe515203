import { AirdropError } from "../primitives/error.ts"
import { groupedCount } from "../primitives/amount.ts"
import { shortened, visible } from "../primitives/text.ts"

/** The most faults of one kind that are listed one by one. More become one line. */
const ONE_BY_ONE = 3
const MOST_LINES = 20
const MOST_NUMBERS = 5
const WIDTH = 300

/** Gathers the faults of a file, so that all of them can be mended after one run. */
export interface Faults {
  readonly add: (line: number | undefined, text: string) => void
  /** Throws {@link Faults.error} if there is a fault. */
  readonly throwIfAny: (hint?: string) => void
  /** Returns one error: a line for each fault, or for each kind of fault that is frequent. */
  readonly error: (hint?: string) => AirdropError
}

interface Kind {
  count: number
  readonly first: { readonly line: number | undefined; readonly text: string }[]
  readonly numbers: number[]
}

/**
 * Starts a list of faults.
 * @param file the path as shown: relative to the working folder if that is shorter
 */
export function faultsOf(file: string): Faults {
  const kinds = new Map<string, Kind>()
  const error = (hint?: string): AirdropError => {
    const all = [...kinds.values()].flatMap(linesOf).sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    const lines = all.slice(0, MOST_LINES).map(({ line, text }) => `${at(line)}: ${text}`)
    const more = all.length - lines.length
    if (more > 0) lines.push(`${file}: and ${groupedCount(more)} more`)
    return new AirdropError(lines, { code: "file-format", ...(hint === undefined ? {} : { hint }) })
  }
  const at = (line: number | undefined): string => (line === undefined ? file : `${file}:${line}`)
  return {
    add: (line, text) => {
      const key = kindOf(text)
      const kind = kinds.get(key) ?? { count: 0, first: [], numbers: [] }
      kinds.set(key, kind)
      kind.count++
      if (kind.first.length < ONE_BY_ONE) kind.first.push({ line, text: oneLine(text) })
      else if (line !== undefined && kind.numbers.length < MOST_NUMBERS) kind.numbers.push(line)
    },
    error,
    throwIfAny: (hint) => {
      if (kinds.size > 0) throw error(hint)
    },
  }
}

function linesOf({ count, first, numbers }: Kind): Kind["first"] {
  if (count <= ONE_BY_ONE) return first
  const [one] = first
  if (one === undefined) return []
  const lines = [...first.slice(1).flatMap(({ line }) => line ?? []), ...numbers].slice(0, MOST_NUMBERS)
  const rest = lines.length < count - 1 ? ", …" : ""
  const where = lines.length === 0 ? "" : `: lines ${lines.join(", ")}${rest}`
  return [{ line: one.line, text: `${one.text} (and ${groupedCount(count - 1)} more like it${where})` }]
}

/** Returns the text with its values removed. Faults that differ in values alone are of one kind. */
function kindOf(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/0x[0-9a-fA-F]+|[0-9]+/g, "0")
}

/** Returns a message in one line of limited length, since messages of libraries can repeat the file's content. */
function oneLine(text: string): string {
  return shortened(visible(text), WIDTH)
}
