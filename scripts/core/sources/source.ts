import type { z } from "zod"
import type { Address } from "../primitives/address.ts"
import type { Valuation } from "./valuation.ts"
import type { People } from "../session/people.ts"
import type { Program } from "../program/program.ts"
import type { Snapshot } from "../session/snapshot.ts"
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
  /** True if it needs the chain's state. */
  readonly readsChain: boolean
  /** Returns the strict schema of the settings under "source" in program.json. */
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
