/** Grants and publishes a reserve in one step, as `grants add` and `grants build` do. */
import { join } from "node:path"
import { parseAddress } from "../../scripts/core/primitives/address.ts"
import { toHex, type Hex } from "../../scripts/core/primitives/bytes.ts"
import { foldLedger, type LedgerEntry } from "../../scripts/core/reserve/ledger.ts"
import { proofsFolder } from "../../scripts/io/project/folders.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { publish, RESERVE } from "../../scripts/stages/publication/publish.ts"
import { addToLedger, ledgerPath } from "../../scripts/stages/reserve/ledger-file.ts"
import { addressesOfAirdrop, publicationOfReserve } from "../../scripts/stages/reserve/make-reserve.ts"

/**
 * Brings the ledger to these amounts, publishes the tree over them, and records its root.
 * @param grants account and cumulative amount in base units
 * @returns the root
 */
export async function publishReserve(
  programFolder: string,
  grants: readonly (readonly [account: string, amount: bigint])[],
): Promise<Hex> {
  const loaded = await loadProgram(programFolder)
  const { folder, program } = loaded
  const [contract] = await addressesOfAirdrop(loaded)
  const reason = "granted by a test"
  const time = new Date(0)
  let root: Hex = "0x"
  await addToLedger(
    ledgerPath(folder),
    program.token.decimals,
    async (before) => {
      const wanted = new Map(grants.map(([account, amount]) => [parseAddress(account), amount]))
      const entries: LedgerEntry[] = before.grants
        .filter(({ revoked, account }) => revoked === undefined && !wanted.has(account))
        .map(({ id }) => ({ kind: "revoke", grantId: id, reason, time }))
      for (const [account, amount] of wanted) {
        const missing = amount - (before.current.get(account) ?? 0n)
        if (missing < 0n) throw new Error(`${account} has more already`)
        if (missing === 0n) continue
        const id = before.grants.length + entries.filter(({ kind }) => kind === "grant").length + 1
        entries.push({
          kind: "grant",
          id,
          account,
          amount: missing,
          reason,
          evidence: undefined,
          overriddenChecks: [],
          time,
        })
      }
      const { current, total } = foldLedger([...entriesOf(before), ...entries])
      const publication = publicationOfReserve(loaded, current, contract)
      root = toHex(publication.tree.root)
      await publish(join(proofsFolder(folder), RESERVE), publication)
      return [...entries, { kind: "root", root, accountCount: current.size, total, time }]
    },
    () => undefined,
  )
  return root
}

/** Returns the grants and revocations of a ledger, in an order that gives the same sums. */
function entriesOf({ grants }: ReturnType<typeof foldLedger>): LedgerEntry[] {
  return [...grants, ...grants.flatMap(({ revoked }) => (revoked === undefined ? [] : [revoked]))]
}
