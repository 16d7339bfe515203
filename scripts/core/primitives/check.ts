/** The outcome of one comparison, in a sentence that needs no context. */
export interface Check {
  /** The subject of the comparison, for example "the deployed code". */
  readonly subject: string
  readonly ok: boolean
  /** The value found. If the check failed, also the expected value. */
  readonly finding: string
  /** True if it is not ok only because a later step has not been made yet. */
  readonly isPending?: boolean
}

/** Checks two texts for equality. */
export function equalCheck(subject: string, found: string, wanted: string): Check {
  return found === wanted
    ? { subject, ok: true, finding: found }
    : { subject, ok: false, finding: `${found}, but it should be ${wanted}` }
}
