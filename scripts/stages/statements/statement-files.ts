/** The files of signed statements beside program.json, and those that signers hand over. */
import { createHash } from "node:crypto"
import { join } from "node:path"
import { decodeUtf8 } from "../../core/files/parsed-json.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import {
  parseStatements,
  type StatementFile,
  type Statements,
} from "../../core/statements/read-statements.ts"
import { parseStatement, STATEMENT_FILES } from "../../core/statements/statement-line.ts"
import type { Statement, StatementKind } from "../../core/statements/statement.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readBytes, readBytesIfAny } from "../../io/disk/read-file.ts"

/** Returns the path of the statements of a kind. */
export function statementsPath(folder: string, kind: StatementKind): string {
  return join(folder, STATEMENT_FILES[kind])
}

/** Reads one of the files of a program; undefined if it does not exist. */
export async function readStatementsOf(
  folder: string,
  kind: StatementKind,
): Promise<StatementFile | undefined> {
  const path = statementsPath(folder, kind)
  const bytes = await readBytesIfAny(path)
  if (bytes === undefined) return undefined
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  return { shown: shownPath(path), text: decodeUtf8(bytes, shownPath(path)), sha256 }
}

/**
 * Reads both files of a program; one that does not exist holds no statement.
 * @throws AirdropError with one `file:line: …` for each fault of form
 */
export async function readStatements(folder: string): Promise<Statements> {
  return parseStatements({
    link: await readStatementsOf(folder, "link"),
    redirect: await readStatementsOf(folder, "redirect"),
  })
}

/**
 * Reads the file of one statement, as its signer hands it over.
 * @throws AirdropError that names file and field
 */
export async function readStatementFile(path: string): Promise<Statement> {
  const text = decodeUtf8(await readBytes(path), shownPath(path))
  try {
    return parseStatement(text)
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    throw new AirdropError(`${shownPath(path)}: ${error.message}`, { code: error.code, cause: error })
  }
}
