/** A member of the outermost array or object of a JSON text. */
export interface JsonElement {
  /** The key, if the member is of an object. */
  readonly key: string | undefined
  readonly line: number
  /** The offset of the member, and that of the next one. */
  readonly start: number
  readonly end: number
}

const [QUOTE, BACKSLASH, LINE_FEED, COMMA] = [34, 92, 10, 44]
const isOpening = (code: number): boolean => code === 123 || code === 91
const isClosing = (code: number): boolean => code === 125 || code === 93

/** Finds the members of the outermost array or object of a valid JSON text, with their lines. */
export function jsonElements(text: string): JsonElement[] {
  const starts: { start: number; line: number; key: string | undefined }[] = []
  let [depth, line] = [0, 1]
  let isExpected = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LINE_FEED) line++
    if (code <= 32) continue
    const isStart = isExpected && depth === 1 && !isClosing(code)
    const start = { start: at, line, key: undefined as string | undefined }
    if (isStart) {
      isExpected = false
      starts.push(start)
    }
    if (code === QUOTE) {
      const end = endOfText(text, at)
      if (isStart && text.trimStart().startsWith("{")) start.key = String(JSON.parse(text.slice(at, end + 1)))
      at = end
    } else if (isOpening(code)) {
      if (depth++ === 0) isExpected = true
    } else if (isClosing(code)) depth--
    else if (code === COMMA && depth === 1) isExpected = true
  }
  return starts.map((one, i) => ({ ...one, end: starts[i + 1]?.start ?? text.length }))
}

/** Returns the end of a string that begins at a quote. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === QUOTE || at >= text.length) return at
  }
}
