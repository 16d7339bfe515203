import type { Address } from "../primitives/address.ts"
import { forEach } from "../primitives/sequence.ts"
import { peopleOf, UNMERGED, type People } from "../snapshot/people.ts"
import { requireAccounts, type Snapshot } from "../snapshot/snapshot.ts"
import type { Program } from "../program/program.ts"
import { recipientsTable } from "../sources/recipients-table.ts"
import { accountsOf, sourceOf } from "../sources/source-of.ts"
import type { Valuation } from "../sources/valuation.ts"
import type { Table } from "../files/table.ts"
import { linksOf, type WalletSignature } from "../statements/judge.ts"
import {
  accountsIn,
  parseStatements,
  requireConsents,
  requireNoOverride,
  requireValidStatements,
  type StatementFile,
  type Statements,
} from "../statements/read-statements.ts"
import { STATEMENT_FILES } from "../statements/statement-line.ts"
import type { StatementKind } from "../statements/statement.ts"
import type { Listed } from "./candidates.ts"
import type { Redirects } from "./payees.ts"
import type { AllocationInputs } from "./allocate.ts"

/** Everything an allocation is computed from, and the hash of each file it was read from. */
export interface LoadedInputs extends AllocationInputs {
  /** SHA-256 in hex by file name, in the order of the names. */
  readonly hashes: Readonly<Record<string, string>>
  /** One line for each kind of row that the tables' readers skipped. */
  readonly warnings: readonly string[]
  readonly redirects: Redirects
  /** The accepted statements, and those of their signatures that only a node can check. */
  readonly statements: Statements
  readonly walletSignatures: readonly WalletSignature[]
}

/** Reads the files of a program, from its folder or from the folder of a page. */
export interface InputFiles {
  /** Reads snapshot.json, and compares it with the program. */
  readonly snapshot: (program: Program) => Promise<{ readonly snapshot: Snapshot; readonly sha256: string }>
  /** Hands the rows of a table over. */
  readonly table: (
    table: Table,
    chainId: number,
  ) => Promise<{ readonly sha256: string; readonly warnings: readonly string[] }>
  /** Reads the signed statements of a kind; undefined if the program has none. */
  readonly statements: (kind: StatementKind) => Promise<StatementFile | undefined>
}

/**
 * Reads all inputs of a program: snapshot, list of recipients, and the files of its source.
 * @param hashes of the files that were read before, by name
 * @throws AirdropError with one line for each fault
 */
export async function readInputs(
  program: Program,
  hashes: Readonly<Record<string, string>>,
  files: InputFiles,
): Promise<LoadedInputs> {
  const read = new Map(Object.entries(hashes))
  const warnings: string[] = []
  const readTable = async (table: Table): Promise<void> => {
    const { sha256, warnings: found } = await files.table(table, program.chainId)
    read.set(table.file, sha256)
    warnings.push(...found)
  }
  let snapshot: Snapshot | undefined
  if (program.snapshot !== undefined) {
    const file = await files.snapshot(program)
    snapshot = file.snapshot
    read.set("snapshot.json", file.sha256)
  }
  const unlinked = snapshot === undefined ? UNMERGED : peopleOf(snapshot.accounts)
  const signed = { link: await files.statements("link"), redirect: await files.statements("redirect") }
  for (const kind of ["link", "redirect"] as const) {
    const file = signed[kind]
    if (file !== undefined) read.set(STATEMENT_FILES[kind], file.sha256)
  }
  const statements = parseStatements(signed)
  const context = { program: program.name, chainId: program.chainId, people: unlinked }
  const walletSignatures = requireValidStatements(statements, context)
  const links = linksOf(statements.links)
  const people = links.size === 0 ? unlinked : peopleOf(snapshot?.accounts ?? new Map(), links)
  const listed = recipientsTable()
  const { eligibility } = program
  if (eligibility !== undefined) await readTable({ ...listed.table, file: eligibility.file })
  const run = sourceOf(program).open({ program, snapshot, people })
  for (const table of run.tables) await readTable(table)
  const valuation = run.finish()
  if (snapshot !== undefined) {
    const named = [...listed.accounts, ...accountsOf(run, valuation), ...accountsIn(statements)]
    requireAccounts(snapshot, named)
  }
  const list = eligibility === undefined ? undefined : new Set(listed.accounts)
  if (links.size > 0) requireConsents(statements, eligibleOf(unlinked, list, valuation))
  requireNoOverride(statements, program.rules.overrides)
  return {
    program,
    snapshot,
    people,
    listed: list,
    valuation,
    redirects: linksOf(statements.redirects),
    statements,
    walletSignatures,
    warnings,
    hashes: Object.fromEntries([...read].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** Returns a function that tells whether an account is eligible by itself: listed or, without a list, with a stake. */
function eligibleOf(
  { personOf }: People,
  listed: Listed,
  { contributions }: Valuation,
): (account: Address) => boolean {
  const people = new Set<Address>()
  if (listed === undefined) forEach(contributions, ({ account }) => people.add(personOf(account)))
  else for (const account of listed) people.add(personOf(account))
  return (account) => people.has(account)
}
