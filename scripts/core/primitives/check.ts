/** The outcome of one comparison, in a sentence that needs no context. */
export interface Check {
  /** The subject of the comparison, for example "the deployed code". */
  readonly subject: string
  readonly ok: boolean
  /** What was found; where it is not ok, also what should have been. */
  readonly finding: string
}

/** A check of two texts for equality. */
export function equalCheck(subject: string, found: string, wanted: string): Check {
  return found === wanted
    ? { subject, ok: true, finding: found }
    : { subject, ok: false, finding: `${found}, but it should be ${wanted}` }
}
