import type { z } from "zod"
import type { Address } from "../primitives/address.ts"
import type { Valuation } from "./valuation.ts"
import type { People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"
import type { Reading } from "../readers/reader.ts"
import type { Snapshot } from "../snapshot/snapshot.ts"
import type { Table } from "../files/table.ts"

/** The inputs of a source of value. */
export interface SourceContext {
  readonly program: Program
  /** Present if the program reads a chain. */
  readonly snapshot: Snapshot | undefined
  readonly people: People
}

/** A source at work. Its tables are read first; then it values their rows. */
export interface SourceRun {
  readonly tables: readonly Table[]
  readonly finish: () => Valuation
  /** Returns registered accounts and referrers in the tables. They may have no contribution. */
  readonly others?: () => Iterable<Address>
}

/** A source of value: a rule that assigns a value to each account. One module a source; sources.ts lists them. */
export interface Source {
  /** What it reads of the chain; absent if its files suffice. */
  readonly reads?: (program: Program) => Reading
  /** What an account without contributions lacks, such as "no stake at the snapshot block". */
  readonly lacking?: string
  /** Returns the strict schema of the settings under "source" in program.json. */
  readonly settings: (decimals: number) => z.ZodType
  readonly open: (context: SourceContext) => SourceRun
}

/** Ties a source's settings to their type. */
export function defineSource<Settings>(source: {
  readonly reads?: (settings: Settings, program: Program) => Reading
  readonly lacking?: string
  readonly settings: (decimals: number) => z.ZodType<Settings>
  readonly open: (settings: Settings, context: SourceContext) => SourceRun
}): Source {
  const settingsOf = (program: Program): Settings =>
    source.settings(program.token.decimals).parse(program.source)
  const { reads } = source
  return {
    settings: source.settings,
    ...(source.lacking === undefined ? {} : { lacking: source.lacking }),
    ...(reads === undefined ? {} : { reads: (program) => reads(settingsOf(program), program) }),
    open: (context) => source.open(settingsOf(context.program), context),
  }
}
