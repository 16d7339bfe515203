/** The results of a check of the whole program, as the worker sends them to the page. */
import type { Finding } from "../../../scripts/core/files/findings.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { DataSource } from "../data/source.ts"

export type CheckName = "inputs" | "evidence" | "amounts" | "list" | "address" | "files" | "reserve"

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
}

/** The interface of check.js. */
export type RunCheck = (
  source: DataSource,
  config: PageConfig,
  tell: Tell,
  signal?: AbortSignal,
) => Promise<void>

/** The message of the page to the worker. */
export interface CheckRequest {
  /** The address of the data folder. */
  readonly base: string
  readonly config: PageConfig
}
