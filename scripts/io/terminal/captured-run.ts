/** The output of a verb, captured instead of printed. */
export interface CapturedRun {
  readonly lines: readonly string[]
  /** The object that the verb prints under --json. */
  readonly json: unknown
}

/** Runs a verb with the arguments of its command line and returns what it prints. */
export type RunVerb = (name: string, args: readonly string[]) => Promise<CapturedRun>
