import type { Check } from "../../core/primitives/check.ts"
import type { Finding } from "../../core/files/findings.ts"

/** One part of the verification against the chain. */
export interface ChainStage {
  readonly name: string
  readonly summary: string
  /** Facts that are no discrepancies: who owns the contract, what it holds. */
  readonly notes: readonly string[]
  readonly findings: readonly Finding[]
  /** Every comparison, in words. */
  readonly checks?: readonly Check[]
  /** What was simulated, for machines. */
  readonly payability?: object
}
