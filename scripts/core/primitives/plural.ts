/** Returns a count with its noun, such as "1 field" and "2 fields". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`
}
