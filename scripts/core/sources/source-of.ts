import type { Address } from "../primitives/address.ts"
import { invariant } from "../primitives/error.ts"
import { forEach } from "../primitives/sequence.ts"
import type { Program } from "../program/program.ts"
import type { Source, SourceRun } from "./source.ts"
import { SOURCES } from "./sources.ts"
import type { Valuation } from "./valuation.ts"

/** Returns the source of value that a program names. */
export function sourceOf({ source: { kind } }: Program): Source {
  const source = SOURCES.get(kind)
  invariant(source !== undefined, "a program that was read has a known source")
  return source
}

/** Returns every account that a source's tables name. */
export function accountsOf({ others }: SourceRun, { contributions }: Valuation): readonly Address[] {
  const accounts = new Set(others?.())
  forEach(contributions, ({ account }) => accounts.add(account))
  return [...accounts]
}
