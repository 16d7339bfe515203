/**
 * Says on which line two texts differ first, and how.
 * @param first the number of the texts' first line
 */
export function difference(actual: string, expected: string, first = 1): string {
  let at = 0
  while (at < expected.length && actual[at] === expected[at]) at++
  const line = first + countLines(expected.slice(0, at))
  const start = at === 0 ? 0 : expected.lastIndexOf("\n", at - 1) + 1
  const lineFrom = (text: string): string => (text.slice(start).split("\n", 1)[0] ?? "").trim().slice(0, 120)
  return `line ${line} is ${quoted(lineFrom(actual))}; recomputed it is ${quoted(lineFrom(expected))}`
}

/** Counts the line ends of a text. */
export function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++
  return count
}

function quoted(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text)
}
