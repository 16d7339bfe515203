/** Returns the TypeScript type of exactly this JSON value, as `as const` would infer it. */
export function literalType(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(literalType).join(", ")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(
    ([name, item]) => `readonly ${JSON.stringify(name)}: ${literalType(item)}`,
  )
  return `{ ${fields.join("; ")} }`
}
