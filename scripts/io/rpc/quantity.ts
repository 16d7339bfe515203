/** Reads numbers in a node's answer. Each is checked for its range, because answers are untrusted. */

/** Returns a quantity such as "0x1a" that is a safe integer; undefined for anything else. */
export function quantity(value: unknown): number | undefined {
  if (typeof value !== "string" || !/^0x[0-9a-f]{1,14}$/i.test(value)) return undefined
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : undefined
}
