/** A moment to the second, UTC. */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, "Z")
}

/** Seconds since 1970 as "2025-11-21T00:00:00Z". */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d{3}Z$/, "Z")
}

/** Seconds in words: "7 days", "90 seconds", "none". */
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

/** Seconds since 1970 as UTC, or as the bare number where no calendar reaches. */
export function instant(seconds: bigint): string {
  return seconds > 8640000000000n
    ? `${seconds} seconds since 1970 (beyond any calendar)`
    : new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z")
}
