/** Returns a count with its noun, such as "1 field" and "2 fields". */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`
}
