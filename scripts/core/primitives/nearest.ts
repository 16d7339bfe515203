/** Returns the known name that a mistyped one is closest to; undefined if none is close. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  let least = 4
  for (const name of names) {
    const distance = editDistance(text, name)
    if (distance < least && distance * 2 <= Math.max(text.length, name.length)) {
      best = name
      least = distance
    }
  }
  return best
}

/** Writes the hint for a mistyped name: the nearest one, or all of them if none is close. */
export function nameHint(text: string, names: readonly string[]): string {
  const close = nearest(text, names)
  return close === undefined ? `Give one of ${names.join(", ")}.` : `Did you mean ${close}?`
}

/** Counts the letters to insert, delete, replace or swap with the next one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return Math.max(a.length, b.length)
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        at(last, j) + 1,
        at(row, j - 1) + 1,
        at(last, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(before, j - 2) + 1 : Infinity,
      )
    }
    before = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
