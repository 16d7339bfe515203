/**
 * What a snapshot can hold of the chain besides the kinds of accounts. Each reader adds one section to snapshot.json. It
 * says how the section is read, which facts of it evidence proves, and how it is written.
 */
import type { z } from "zod"
import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"
import type { ProvenState } from "../ethereum/proven-state.ts"

/** A view call of a contract at the snapshot's block. */
export interface ReaderCall {
  readonly to: Address
  readonly data: Hex
}

/** Makes calls. Answers come in the order of the calls; undefined if a call reverted. */
export type CallContracts = (calls: readonly ReaderCall[]) => Promise<readonly (Hex | undefined)[]>

/** What a section is read for. */
export interface ReadTerms<Settings> {
  readonly chainId: number
  /** The token of the program. */
  readonly token: Address
  readonly settings: Settings
}

export interface ReadRequest<Settings> extends ReadTerms<Settings> {
  /** The accounts that the program's files name, and those found by {@link Reader.transfers}. */
  readonly accounts: readonly Address[]
}

/** One value of a section with its name, such as "node 5: operator". */
export interface Fact {
  readonly what: string
  readonly value: string
}

/** Reads a section by calls. Evidence runs the same calls over proven code, so whatever they read is proven. */
export interface ByCalls<Settings, Section> {
  read(call: CallContracts, request: ReadRequest<Settings>): Promise<Section>
  /** Returns the settings and accounts for which the section can be read again, to compare it. */
  again(section: Section): { readonly settings: Settings; readonly accounts: readonly Address[] }
}

/** Proves a section by words of storage: faster than calls where the layout is known. */
export interface ByStorage<Section> {
  slots(section: Section): readonly { readonly address: Address; readonly slots: readonly bigint[] }[]
  read(state: ProvenState, section: Section, onProgress: (done: number, total: number) => void): Section
}

/**
 * A reader of the chain. One module a reader; readers.ts lists them. Methods are declared as such, so that a list may
 * hold readers of different settings and sections.
 */
export interface Reader<Settings, Section> {
  /** The name of its section in snapshot.json. */
  readonly name: string
  /** The strict schema of its section. */
  readonly schema: z.ZodType<Section>
  /** Returns the section as JSON. Each element of its lists gets a line of its own. */
  toJson(section: Section): Readonly<Record<string, unknown>>
  /** Yields all facts of a section. The name of a fact follows from the facts before it. */
  facts(section: Section): Iterable<Fact>
  /** Yields the accounts whose kinds a snapshot must have, each with its role. */
  accounts(section: Section): Iterable<readonly [account: Address, role: string]>
  /** Yields the contracts that could never use a payment, each with its name. */
  contracts(settings: Settings): Iterable<readonly [contract: Address, name: string]>
  /** Yields the settings that a section has to agree with. */
  agreements(
    section: Section,
    terms: ReadTerms<Settings>,
  ): Iterable<readonly [what: string, expected: string, found: string]>
  /** @throws AirdropError if the section cannot be relied on, though it agrees with the settings */
  require?(section: Section, terms: ReadTerms<Settings>): void
  /** Names the token whose Transfer events tell the accounts to read; undefined if the program's files do. */
  transfers?(settings: Settings): { readonly token: Address; readonly fromBlock: number } | undefined
  /** Counts what the section holds, such as "3 nodes". */
  summary(section: Section): string
  /** Describes the section in lines for people, below its summary, and in JSON. */
  report(section: Section): {
    readonly lines: readonly string[]
    readonly json: Readonly<Record<string, unknown>>
  }
  readonly byCalls?: ByCalls<Settings, Section>
  readonly byStorage?: ByStorage<Section>
}

/** A reader with the settings of a program. */
export interface Reading {
  readonly reader: Reader<unknown, unknown>
  readonly settings: unknown
}

/** Ties the settings of a program to their reader. */
export function readingOf<Settings, Section>(reader: Reader<Settings, Section>, settings: Settings): Reading {
  return { reader, settings }
}

/**
 * Returns the first fact in which two sections differ, with the value of each; undefined if they have the same facts. As
 * names follow from earlier facts, both values belong to the same name.
 */
export function firstDifference(
  one: Iterable<Fact>,
  other: Iterable<Fact>,
):
  | { readonly what: string; readonly one: string | undefined; readonly other: string | undefined }
  | undefined {
  const others = other[Symbol.iterator]()
  for (const { what, value } of one) {
    const next = others.next()
    const found = next.done === true ? undefined : next.value
    if (found?.value !== value) return { what, one: value, other: found?.value }
  }
  const rest = others.next()
  return rest.done === true ? undefined : { what: rest.value.what, one: undefined, other: rest.value.value }
}
