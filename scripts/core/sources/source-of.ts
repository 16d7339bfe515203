import type { Address } from "../primitives/address.ts"
import { invariant } from "../primitives/error.ts"
import { forEach } from "../primitives/sequence.ts"
import type { Program } from "../program/program.ts"
import { readingOf, type Reading } from "../readers/reader.ts"
import { sessionStaking } from "../readers/session-staking.ts"
import type { Source, SourceRun } from "./source.ts"
import { SOURCES } from "./sources.ts"
import type { Valuation } from "./valuation.ts"

/** Returns the source of value that a program names. */
export function sourceOf({ source: { kind } }: Program): Source {
  const source = SOURCES.get(kind)
  invariant(source !== undefined, "a program that was read has a known source")
  return source
}

/**
 * Returns what a program reads of the chain besides the kinds of accounts: what its source is computed from, and the
 * staking contract that its snapshot names.
 */
export function readingsOf(program: Program): readonly Reading[] {
  const own = sourceOf(program).reads?.(program)
  const { stakingContract, implementation: reviewed } = program.snapshot ?? {}
  const isRead = own?.reader.name === sessionStaking.name
  return [
    ...(own === undefined ? [] : [own]),
    ...(stakingContract === undefined || isRead
      ? []
      : [readingOf(sessionStaking, { stakingContract, reviewed })]),
  ]
}

/** Returns the contracts of a program's readings, which could never use a payment, each with its name. */
export function contractsReadBy(program: Program): readonly (readonly [Address, string])[] {
  return readingsOf(program).flatMap(({ reader, settings }) => [...reader.contracts(settings)])
}

/** Returns every account that a source's tables name. */
export function accountsOf({ others }: SourceRun, { contributions }: Valuation): readonly Address[] {
  const accounts = new Set(others?.())
  forEach(contributions, ({ account }) => accounts.add(account))
  return [...accounts]
}
