/** The last second of the year 9999. Later dates have no common form. */
const LAST_SECOND = 253_402_300_799n

/**
 * Writes a time in UTC, to the second: "2025-11-21T00:00:00Z". A contract may hold any number; a time after the
 * year 9999 is written as seconds.
 * @param time seconds since 1970, or a date
 */
export function isoTime(time: number | bigint | Date): string {
  const seconds = time instanceof Date ? Math.floor(time.getTime() / 1000) : time
  if (seconds > LAST_SECOND) {
    return `${seconds} seconds since 1970 (after the year 9999)`
  }
  return new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z")
}

/** Writes the day of a time in UTC: "2025-11-21". */
export function isoDay(time: number | bigint | Date): string {
  const text = isoTime(time)
  return text.includes("T") ? text.slice(0, 10) : text
}

/** Writes a number of seconds in the largest unit that divides it: "7 days", "90 seconds". */
export function duration(seconds: bigint): string {
  if (seconds === 0n) return "no delay"
  for (const [unit, size] of [
    ["day", 86400n],
    ["hour", 3600n],
    ["minute", 60n],
  ] as const) {
    if (seconds % size === 0n) return `${seconds / size} ${unit}${seconds === size ? "" : "s"}`
  }
  return `${seconds} seconds`
}
