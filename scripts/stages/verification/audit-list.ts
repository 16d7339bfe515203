/**
 * Has the chain's own machine recompute a list: eth_call runs the creation code of contracts/ListAudit.sol over every
 * leaf, row by row, and over the roots of the rows. Neither the hashing nor the sum nor the order is taken from here.
 */
import { Interface } from "ethers"
import type { Hex } from "../../core/primitives/bytes.ts"
import { invariant } from "../../core/primitives/error.ts"
import { wordHex } from "../../core/primitives/words.ts"
import { auditRows, rowsOfRoots, type AuditRow } from "../../core/merkle/audit-rows.ts"
import type { LeafList } from "../../core/merkle/leaf-list.ts"
import { artifactOf, type Artifact } from "../../io/project/artifacts.ts"
import { immutablesIn } from "../../io/project/immutables.ts"
import type { RpcClient } from "../../io/rpc/client.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { askInPieces, pieceSize } from "../../io/rpc/split-requests.ts"

/** What the chain's machine computes from a list. */
export interface ListAudit {
  readonly root: Hex
  /** Base units. */
  readonly total: bigint
  /** Whether each account is higher than the one before it. */
  readonly ascends: boolean
  /** Rows of the tree, each one eth_call. */
  readonly calls: number
}

/** Rows in one request. A row of 1,024 leaves is 66 KB of text. */
const ROWS_AT_ONCE = 16

type RowResult = Omit<ListAudit, "calls">

/**
 * Audits a list of the automatic tranche. It reads no state, so the block does not matter.
 * @throws RpcError if the node does not run the code
 */
export async function auditList(
  rpc: RpcClient,
  list: LeafList,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ListAudit> {
  const artifact = await artifactOf("ListAudit")
  const run = async (rows: readonly AuditRow[], progress = onProgress): Promise<readonly RowResult[]> =>
    await askInPieces(rows, async (piece) => await runRows(rpc, artifact, piece), {
      size: pieceSize(ROWS_AT_ONCE),
      what: "rows of the audit in a request",
      host: rpc.host,
      onProgress: progress,
    })
  let rows = auditRows(list)
  let results = await run(rows)
  const total = results.reduce((sum, row) => sum + row.total, 0n)
  const ascends = results.every((row) => row.ascends)
  let calls = results.length
  while (results.length > 1) {
    rows = rowsOfRoots(
      rows,
      results.map(({ root }) => root),
    )
    results = await run(rows, () => undefined)
    calls += results.length
  }
  const [top] = results
  invariant(top !== undefined, "a list that is audited has a row")
  return { root: top.root, total, ascends, calls }
}

async function runRows(
  rpc: RpcClient,
  artifact: Artifact,
  rows: readonly AuditRow[],
): Promise<readonly RowResult[]> {
  const answers = await rpc.batch(
    rows.map((row) => ({ method: "eth_call", params: [{ data: auditCode(artifact, row) }, "latest"] })),
  )
  return answers.map((answer) => {
    if (!answer.ok) throw answer.error
    const [total, root, ascends] = immutablesIn(artifact, String(answer.result)) ?? []
    if (total === undefined || root === undefined) {
      throw new RpcError("bad-answer", rpc.host, "it does not run the creation code of ListAudit")
    }
    return { total, root: wordHex(root), ascends: ascends === 1n }
  })
}

/** Returns the creation code that audits one row, with its arguments. */
export function auditCode({ abi, bytecode }: Artifact, row: AuditRow): string {
  const run = ({ index, previous, entries }: AuditRow["leaves"]): readonly unknown[] => [
    index,
    previous,
    entries,
  ]
  return (
    bytecode +
    new Interface(abi).encodeDeploy([run(row.leaves), run(row.pairs), row.nodes, row.nodePairs]).slice(2)
  )
}
