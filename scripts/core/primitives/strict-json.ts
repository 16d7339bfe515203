import { quote, shortened, visible } from "./text.ts"

/** The positions of the values in a JSON text. */
export interface LocatedJson {
  /** The first fault: text that is not JSON, or a duplicate key. */
  readonly fault: { readonly line: number; readonly text: string } | undefined
  /** Returns the line of the value at a path, or of the nearest existing value around it. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

const TOKEN =
  /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y

/** The value of a JSON text, or the fault that makes it unreadable. */
export type StrictJson =
  | { readonly value: unknown; readonly fault?: undefined }
  | { readonly fault: NonNullable<LocatedJson["fault"]> }

/** The deepest nesting that is read. Files of a program have a few levels, and the stack is limited. */
const DEEPEST = 100

/** No file of a program has this key, and a copy of an object may lose it. */
const UNSAFE_KEY = "__proto__"

/** A fault while scanning, as a class of its own to tell it from other errors. */
class Fault extends Error {}

/**
 * Records the line of each value of a JSON text, so that an error about a value can name its line. Finds duplicate
 * keys, which JSON.parse accepts silently.
 */
export function locateJson(text: string): LocatedJson {
  const lines = new Map<string, number>()
  let [at, line, counted] = [0, 1, 0]
  const lineAt = (offset: number): number => {
    for (; counted < offset; counted++) if (text.charCodeAt(counted) === 10) line++
    return line
  }
  const next = (): string => {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) {
      at += (/^\s*/.exec(text.slice(at))?.[0] ?? "").length
      const found =
        at < text.length ? quote(text.slice(at, at + 20).split("\n")[0] ?? "") : "the end of the file"
      throw new Fault(`is not JSON: ${found} is not expected here`)
    }
    at = TOKEN.lastIndex
    lineAt(at)
    return match[1] ?? match[2] ?? match[3] ?? ""
  }
  const expect = (token: string, allowed: readonly string[]): string => {
    if (!allowed.includes(token))
      throw new Fault(`is not JSON: expected ${allowed.join(" or ")} instead of ${shown(token)}`)
    return token
  }
  const scan = (path: string, token: string, depth = 0): void => {
    if (depth > DEEPEST) throw new Fault(`is nested deeper than ${DEEPEST} levels`)
    lines.set(path, line)
    if (token === "{") {
      scanObject(path, depth)
    } else if (token === "[") {
      let token = next()
      for (let i = 0; token !== "]"; i++) {
        scan(`${path}/${i}`, token, depth + 1)
        token = expect(next(), [",", "]"])
        if (token === ",") token = notClosing(next())
      }
    } else if (/^[}\],:]/.test(token)) {
      throw new Fault(`is not JSON: expected a value instead of ${shown(token)}`)
    }
  }
  const scanObject = (path: string, depth: number): void => {
    const keys = new Set<string>()
    let token = next()
    while (token !== "}") {
      if (!token.startsWith('"')) throw new Fault(`is not JSON: expected a key instead of ${shown(token)}`)
      const key = String(JSON.parse(token))
      if (keys.has(key)) throw new Fault(`key ${shown(token)} comes twice in one object`)
      if (key === UNSAFE_KEY) throw new Fault(`key ${shown(token)} is not expected`)
      keys.add(key)
      expect(next(), [":"])
      scan(`${path}/${key}`, next(), depth + 1)
      token = expect(next(), [",", "}"])
      if (token === ",") token = notClosing(next())
    }
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const found = lines.get(
        path.slice(0, length).reduce<string>((key, part) => `${key}/${String(part)}`, ""),
      )
      if (found !== undefined) return found
    }
    return 1
  }
  try {
    scan("", next())
    const rest = text.slice(at).trimStart()
    if (rest !== "") throw new Fault(`is not JSON: ${quote(rest.slice(0, 20))} comes after its end`)
    return { fault: undefined, lineOf }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { fault: { line: lineAt(at), text: error.message }, lineOf }
  }

  function notClosing(token: string): string {
    if (token === "}" || token === "]") throw new Fault(`is not JSON: there is a comma before ${token}`)
    return token
  }
}

/**
 * Parses a text in which no key may appear twice in one object. JSON.parse reads it. If the result has fewer keys
 * than the text, the text is scanned for the line of the duplicate.
 */
export function parseStrictly(text: string): StrictJson {
  let value: unknown
  try {
    value = JSON.parse(text)
    if (countKeys(text) === keysOf(value, 0)) return { value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return { fault: locateJson(text).fault ?? { line: 1, text: "is not JSON" } }
}

/** Counts the keys of a JSON text, which are strings followed by a colon. */
function countKeys(text: string): number {
  let count = 0
  for (let start = text.indexOf('"'); start >= 0;) {
    let end = text.indexOf('"', start + 1)
    while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
    do end++
    while (text.charCodeAt(end) <= 32)
    if (text.charCodeAt(end) === 58) count++
    start = text.indexOf('"', end)
  }
  return count
}

/** Returns true after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === 92) before--
  return (at - before) % 2 === 1
}

/** Counts the keys of a value and of all values in it. Returns NaN if it is nested too deep or has {@link UNSAFE_KEY}. */
function keysOf(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null) return 0
  if (depth > DEEPEST || Object.hasOwn(value, UNSAFE_KEY)) return NaN
  const values: readonly unknown[] = Object.values(value)
  let count = Array.isArray(value) ? 0 : values.length
  for (const one of values) count += keysOf(one, depth + 1)
  return count
}

function shown(token: string): string {
  return visible(shortened(token, 80))
}
