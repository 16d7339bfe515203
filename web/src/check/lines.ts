/** The results of a check of the whole program, as the worker sends them to the page. */
import type { Finding } from "../../../scripts/core/files/findings.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import type { DataSource } from "../data/source.ts"

/** The checks in the order in which they are shown. The evidence may end later than others. */
export const CHECKS = [
  "inputs",
  "evidence",
  "amounts",
  "list",
  "address",
  "files",
  "reserve",
  "attestations",
] as const

export type CheckName = (typeof CHECKS)[number]

/** One check that has ended. */
export interface CheckLine {
  readonly name: CheckName
  /** "none" where there is nothing to check, such as no evidence. */
  readonly verdict: "good" | "bad" | "none"
  /** The number of files, accounts or recipients that were checked. */
  readonly count: number
  /** Base units of the token, of the checks that add amounts up. */
  readonly amount?: bigint
  /** A hash or an address, to compare by eye. */
  readonly value?: string
  readonly findings: readonly Finding[]
}

export type CheckEvent =
  | { readonly type: "progress"; readonly name: CheckName; readonly done: number; readonly total: number }
  | { readonly type: "line"; readonly line: CheckLine }
  | { readonly type: "end"; readonly milliseconds: number }
  | { readonly type: "failed"; readonly problem: string }

export type Tell = (event: CheckEvent) => void

/** The context of every check. */
export interface CheckContext {
  readonly source: DataSource
  readonly config: PageConfig
  readonly signal: AbortSignal | undefined
  /** Tells the outcome of a check. @throws the reason of the signal once the check was cancelled */
  readonly end: (line: CheckLine) => void
  readonly progress: (name: CheckName, done: number, total: number) => void
  readonly prove: ProveSnapshot
}

/** Proves a snapshot by the bytes of snapshot.proof, and returns the outcome as a line. */
export type ProveSnapshot = (
  snapshot: Snapshot,
  bytes: Uint8Array,
  progress: (done: number, total: number) => void,
) => Promise<CheckLine>

/** What surrounds a check. */
export interface CheckOptions {
  /** Ends the check. */
  readonly signal?: AbortSignal
  /** The proof of the snapshot; by default in the same thread. */
  readonly prove?: ProveSnapshot
}

/** The interface of check.js. */
export type RunCheck = (
  source: DataSource,
  config: PageConfig,
  tell: Tell,
  options?: CheckOptions,
) => Promise<void>

/** The message of one worker to another, which proves the snapshot. */
export interface ProveRequest {
  readonly snapshot: Snapshot
  readonly bytes: Uint8Array
}

/** The message of the page to the worker. */
export interface CheckRequest {
  /** The address of the data folder. */
  readonly base: string
  readonly config: PageConfig
}
