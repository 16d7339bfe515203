/** Mutants that no test can kill, because no behaviour of the contract tells them from the original; and why. */

export interface Equivalent {
  /** The function of the contract that holds it. */
  readonly within: string
  /** What the mutant replaces and by what, without the space around it. */
  readonly before: string
  readonly after: string
  readonly why: string
}

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    within: "claimRange",
    before: ">",
    after: ">=",
    why: "of two equal ends of the word it does not matter which is taken",
  },
]
