/** Reads the statements of a program and requires that each is valid by itself and beside the others. */
import { faultsOf } from "../files/faults.ts"
import { parseLines } from "../files/json-lines.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import {
  judgeLinks,
  judgeRedirects,
  linksOf,
  type Judgement,
  type StatementContext,
  type WalletSignature,
} from "./judge.ts"
import { parseStatementLine } from "./statement-line.ts"
import type { AcceptedStatement, StatementKind } from "./statement.ts"

/** The text of links.jsonl or redirects.jsonl. */
export interface StatementFile {
  /** The path of the file as errors show it. */
  readonly shown: string
  readonly text: string
  /** SHA-256 of the file, in hex. */
  readonly sha256: string
}

/** The accepted statements of a program, in the order of the files. */
export interface Statements {
  readonly links: readonly AcceptedStatement[]
  readonly redirects: readonly AcceptedStatement[]
  /** The paths of the two files as errors show them. */
  readonly shown: Readonly<Record<StatementKind, string>>
}

/**
 * Reads the lines of both files.
 * @param files undefined for a file that does not exist
 * @throws AirdropError with one `file:line: …` for each fault of form
 */
export function parseStatements(
  files: Readonly<Record<StatementKind, StatementFile | undefined>>,
): Statements {
  return {
    links: parseFile(files.link, "link"),
    redirects: parseFile(files.redirect, "redirect"),
    shown: { link: files.link?.shown ?? "links.jsonl", redirect: files.redirect?.shown ?? "redirects.jsonl" },
  }
}

function parseFile(file: StatementFile | undefined, kind: StatementKind): readonly AcceptedStatement[] {
  return file === undefined ? [] : parseLines(file.text, file.shown, (line) => parseStatementLine(line, kind))
}

/**
 * Requires that every statement is valid by itself and beside the others.
 * @returns the signatures of contract wallets, which only a node can check
 * @throws AirdropError with one `file:line: …` for each statement at fault
 */
export function requireValidStatements(
  { links, redirects, shown }: Statements,
  context: StatementContext,
): readonly WalletSignature[] {
  return [
    ...requireAll(shown.link, judgeLinks(context, links)),
    ...requireAll(shown.redirect, judgeRedirects(context, redirects, linksOf(links))),
  ]
}

function requireAll(shown: string, judgements: readonly Judgement[]): readonly WalletSignature[] {
  const faults = faultsOf(shown)
  for (const [i, { fault }] of judgements.entries()) if (fault !== undefined) faults.add(i + 1, fault)
  faults.throwIfAny("./airdrop statements P check lists all faults. Remove a line to leave a statement out.")
  return judgements.flatMap(({ open }) => open ?? [])
}

/**
 * Requires the signature of each eligible account that a link adds another address to.
 * @param isEligible returns true if an account has a share, or could have one, without any link
 * @throws AirdropError with one `file:line: …` for each link whose new address had to sign too
 */
export function requireConsents(
  { links, shown }: Statements,
  isEligible: (account: Address) => boolean,
): void {
  const faults = faultsOf(shown.link)
  for (const [i, { to, consent }] of links.entries()) {
    if (consent === undefined && isEligible(to))
      faults.add(i + 1, `${toChecksum(to)} is eligible itself; it has to sign the link too, as "consent"`)
  }
  faults.throwIfAny("./airdrop sign P NEW --consent FILE adds its signature to the link.")
}

/**
 * Requires that no account has both a redirect and an override in program.json.
 * @throws AirdropError with one `file:line: …` for each redirect at fault
 */
export function requireNoOverride(
  { redirects, shown }: Statements,
  overrides: readonly { readonly account: Address }[],
): void {
  const overridden = new Set(overrides.map(({ account }) => account))
  const faults = faultsOf(shown.redirect)
  for (const [i, { from }] of redirects.entries()) {
    if (overridden.has(from))
      faults.add(i + 1, `${toChecksum(from)} also has an override in program.json; remove the override`)
  }
  faults.throwIfAny()
}

/** Returns the accounts that statements name. */
export function accountsIn({ links, redirects }: Statements): readonly Address[] {
  return [...links, ...redirects].flatMap(({ from, to }) => [from, to])
}
