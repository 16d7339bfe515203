/** Returns the node's own message, with the text that ethers adds removed. */
export function nodeMessage(error: unknown): string {
  const source = field(field(error, "info"), "error") ?? field(error, "error") ?? error
  return String(field(source, "message") ?? source)
    .slice(0, 300)
    .replace(/\n[^]*/, "")
}

/** Returns a property of a value of unknown shape, or undefined. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined
}
