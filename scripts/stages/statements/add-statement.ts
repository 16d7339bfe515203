/** Adds a statement to a program's file, as it was handed over, with the time of acceptance. */
import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import {
  judgeLinks,
  judgeRedirects,
  linksOf,
  type StatementContext,
  type WalletSignature,
} from "../../core/statements/judge.ts"
import { formatStatement } from "../../core/statements/statement-line.ts"
import type { AcceptedStatement } from "../../core/statements/statement.ts"
import { appendFlushed } from "../../io/disk/flush.ts"
import { withLock } from "../../io/disk/lock.ts"
import { readStatements, statementsPath } from "./statement-files.ts"

/**
 * Adds one statement after the accepted ones.
 * @returns the signatures of contract wallets that only a node can check
 * @throws AirdropError `refused` if the statement is not valid beside the accepted ones; nothing is written
 */
export async function addStatement(
  folder: string,
  context: StatementContext,
  statement: AcceptedStatement,
  checkWallets: (open: readonly WalletSignature[]) => Promise<void>,
): Promise<void> {
  const path = statementsPath(folder, statement.kind)
  await mkdir(dirname(path), { recursive: true })
  await withLock(`${path}.lock`, async () => {
    const { links, redirects } = await readStatements(folder)
    const judged =
      statement.kind === "link"
        ? judgeLinks(context, [...links, statement])
        : judgeRedirects(context, [...redirects, statement], linksOf(links))
    const earlier = judged.slice(0, -1).findIndex(({ fault }) => fault !== undefined)
    const own = judged.at(-1)
    const fault = own?.fault ?? judged[earlier]?.fault
    if (fault !== undefined) {
      throw new AirdropError(
        own?.fault === undefined ? `line ${earlier + 1} would be wrong: ${fault}` : fault,
        {
          code: "refused",
        },
      )
    }
    await checkWallets(own?.open ?? [])
    await appendFlushed(path, `${formatStatement(statement)}\n`)
  })
}
