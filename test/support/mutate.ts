/** Changes to valid inputs, as arbitraries: a fuzzer that knows the structure gets past the first check. */
import fc from "fast-check"

/** A JSON value that is being changed. */
export type Mutable = string | number | boolean | null | Mutable[] | { [name: string]: Mutable }

/** Texts that have broken other readers. */
const NASTY_TEXTS = [
  ...[
    "",
    " ",
    "0",
    "-0",
    "-1",
    "00",
    "0x",
    "0x0",
    "0x10",
    "1e3",
    "1e-7",
    "1E18",
    ".5",
    "5.",
    "1,000",
    "１２",
  ],
  ...["NaN", "Infinity", "null", "true", "__proto__", "constructor", "toString", "\u0000", "\uFEFF1", "a\nb"],
  ...[
    "999999999999999999999999999999999999999",
    "0.0000000001",
    "=1+1",
    "../../etc/passwd",
    "/dev/zero",
    "𝟙",
  ],
  ...["0x0000000000000000000000000000000000000000", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"],
  `0x${"f".repeat(64)}`,
  "9".repeat(5000),
  "[".repeat(20_000),
]

const NASTY_VALUES: readonly Mutable[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { __proto__x: 1 }],
  ...NASTY_TEXTS,
]

export const nastyText = fc.oneof(
  fc.constantFrom(...NASTY_TEXTS),
  fc.string({ unit: "binary", maxLength: 40 }),
)
const nastyValue: fc.Arbitrary<Mutable> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY_VALUES) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => structuredClone(value) as Mutable) },
)

type Change = "replace" | "remove" | "duplicate" | "swap" | "nudge"

/** Generates one to three changes at random positions of a JSON value. */
export function mutatedJson(original: unknown): fc.Arbitrary<Mutable> {
  const change = fc.record({
    at: fc.nat(),
    other: fc.nat(),
    how: fc.constantFrom<Change>("replace", "replace", "remove", "duplicate", "swap", "nudge"),
    value: nastyValue,
  })
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    let value = structuredClone(original) as Mutable
    for (const { at, other, how, value: replacement } of changes) {
      // A copy: the constants among them must not be changed by what comes after.
      value = changeAt(value, at, other, how, structuredClone(replacement))
    }
    return value
  })
}

/** Generates a text with bytes cut out, doubled or replaced. */
export function mutatedText(original: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat({ max: Math.max(original.length, 1) }),
    length: fc.nat({ max: 30 }),
    insert: fc.oneof({ weight: 3, arbitrary: nastyText }, { weight: 1, arbitrary: fc.constant("") }),
  })
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (text, { at, length, insert }) => text.slice(0, at) + insert + text.slice(at + length),
        original,
      ),
    )
}

/** Generates changes of a table: replaced cells, and doubled, dropped, widened or cut rows. */
export function mutatedCsv(original: string): fc.Arbitrary<string> {
  const rows = original
    .trimEnd()
    .split("\n")
    .map((row) => row.split(","))
  const edit = fc.record({
    row: fc.nat({ max: rows.length - 1 }),
    column: fc.nat({ max: 4 }),
    how: fc.constantFrom("cell", "cell", "cell", "double", "drop", "widen", "case", "quote"),
    text: nastyText,
  })
  const end = fc.constantFrom("\n", "\n", "\r\n", "\r", "")
  return fc.tuple(fc.array(edit, { minLength: 1, maxLength: 4 }), end).map(([edits, lineEnd]) => {
    const changed = rows.map((row) => [...row])
    for (const { row, column, how, text } of edits) {
      const cells = changed[row]
      if (cells === undefined) continue
      if (how === "cell") cells[column % cells.length] = text
      else if (how === "double") changed.push([...cells])
      else if (how === "drop") changed[row] = []
      else if (how === "widen") cells.push(text)
      else if (how === "quote") cells[column % cells.length] = `"${text}`
      else cells[column % cells.length] = cells[column % cells.length]?.toUpperCase() ?? ""
    }
    return changed.map((row) => row.join(",")).join(lineEnd) + lineEnd
  })
}

interface Place {
  readonly within: Mutable[] | Record<string, Mutable>
  readonly key: string | number
}

function changeAt(root: Mutable, at: number, other: number, how: Change, replacement: Mutable): Mutable {
  const places = placesOf(root)
  const place = places[at % Math.max(places.length, 1)]
  if (place === undefined) return replacement
  const { within, key } = place
  const value = read(place)
  if (how === "replace") write(place, replacement)
  else if (how === "nudge") write(place, nudged(value, other))
  else if (how === "remove") {
    if (Array.isArray(within)) within.splice(Number(key), 1)
    else Reflect.deleteProperty(within, key)
  } else if (how === "duplicate") {
    if (Array.isArray(within)) within.push(structuredClone(value))
    else within[`${key}2`] = structuredClone(value)
  } else {
    const target = places[other % places.length]
    if (target === undefined) return root
    // Copies, lest one end up within itself.
    const [here, there] = [structuredClone(value), structuredClone(read(target))]
    write(place, there)
    write(target, here)
  }
  return root
}

/** Returns a slightly different value of the same kind, which a check of the form alone does not notice. */
function nudged(value: Mutable, by: number): Mutable {
  if (typeof value === "number") return value + (by % 2 === 0 ? 1 : -1)
  if (typeof value === "boolean") return !value
  if (typeof value !== "string" || value === "") return value
  const at = by % value.length
  const character = value.charAt(at)
  const next = /[0-8]/.test(character) ? String(Number(character) + 1) : character === "a" ? "b" : "a"
  return value.slice(0, at) + next + value.slice(at + 1)
}

function placesOf(value: Mutable): Place[] {
  if (typeof value !== "object" || value === null) return []
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return keys.flatMap((key): Place[] => {
    const place = { within: value, key }
    return [place, ...placesOf(read(place))]
  })
}

function read({ within, key }: Place): Mutable {
  return (Array.isArray(within) ? within[Number(key)] : within[key]) ?? null
}

function write({ within, key }: Place, value: Mutable): void {
  if (Array.isArray(within)) within[Number(key)] = value
  else within[key] = value
}
