import type { z } from "zod"
import type { Address } from "../primitives/address.ts"
import type { Basis, Part, Units } from "../allocation/allocation.ts"
import type { People } from "../session/people.ts"
import type { Program } from "../program/program.ts"
import type { Sequence } from "../primitives/sequence.ts"
import type { Snapshot } from "../session/snapshot.ts"

/** What a source of value may look at. */
export interface SourceContext {
  readonly program: Program
  /** Present when the program reads a chain. */
  readonly snapshot: Snapshot | undefined
  readonly people: People
}

/** A file of rows that a source reads, CSV or JSON. Rows are handed over as they are read, so that no file is held whole. */
export interface Table {
  /** Beside program.json. */
  readonly file: string
  /** The columns whose fields {@link Table.row} gets, in this order. */
  readonly columns: readonly string[]
  /** Columns that may be there and are not read. */
  readonly ignore: readonly string[]
  /** Takes a row. Throws AirdropError for a fault; the reader adds file and line. */
  readonly row: (fields: readonly string[], line: number) => void
}

/** Parts in the order in which they should be shown. */
export interface PartList extends Sequence<Part> {
  /** True if accounts come in ascending order, each once. */
  readonly isAscending?: boolean
}

/** What a source makes of its inputs. */
export interface Valuation {
  readonly basis: Basis
  readonly units: Units
  /** Every contribution of everybody, eligible or not. */
  readonly parts: PartList
}

/** A source at work: first all its tables are read, then it says what everything is worth. */
export interface SourceRun {
  readonly tables: readonly Table[]
  readonly finish: () => Valuation
  /** Accounts that the tables name and that may have no part: whoever registered, or brought somebody in. */
  readonly others?: () => Iterable<Address>
}

/** A way of telling what everybody is worth. One module a source; sources.ts lists them. */
export interface Source {
  /** True if it needs the chain's state. */
  readonly readsChain: boolean
  /** The settings under "source" of program.json, strictly. */
  readonly settings: (decimals: number) => z.ZodType
  readonly open: (context: SourceContext) => SourceRun
}

/** Ties a source's settings to their type. */
export function defineSource<Settings>(source: {
  readonly readsChain: boolean
  readonly settings: (decimals: number) => z.ZodType<Settings>
  readonly open: (settings: Settings, context: SourceContext) => SourceRun
}): Source {
  return {
    ...source,
    open: (context) => {
      const { program } = context
      return source.open(source.settings(program.token.decimals).parse(program.source), context)
    },
  }
}
