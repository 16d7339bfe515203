/** Mutants that no test can kill, because no behaviour of the contract tells them from the original; and why. */

export interface Equivalent {
  readonly before: string
  readonly after: string
  readonly why: string
}

export const EQUIVALENTS: readonly Equivalent[] = []
