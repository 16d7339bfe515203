import type { UnpaidReport } from "./allocation.ts"

/** Gathers the lines of unpaid.csv while an allocation is computed. */
export interface UnpaidCollector {
  readonly add: (one: UnpaidReport) => void
  /** In the order in which they were added. */
  readonly reports: readonly UnpaidReport[]
}

/** Returns an empty collector. Equal details are kept once, so that a million accounts take little memory. */
export function unpaidCollector(): UnpaidCollector {
  const details = new Map<string, string>()
  const reports: UnpaidReport[] = []
  const kept = (detail: string): string => {
    const known = details.get(detail)
    if (known !== undefined) return known
    details.set(detail, detail)
    return detail
  }
  return {
    add: ({ account, reason, detail }) => {
      reports.push({ account, reason, detail: kept(detail) })
    },
    reports,
  }
}
