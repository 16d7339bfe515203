/** Measures our own tree in a process of its own: `own.ts LEAVES THREADS` prints one JSON object. */
import { toHex } from "../../scripts/core/primitives/bytes.ts"
import { setRow } from "../../scripts/core/merkle/leaf-list.ts"
import { proofTexts } from "../../scripts/core/merkle/all-proofs.ts"
import { buildTreeOn, createSharedList } from "../../scripts/stages/publication/tree-threads.ts"
import { rowOf } from "./rows.ts"

export interface OwnFigures {
  readonly root: string
  /** From rows of text and numbers to the list in columns. */
  readonly listSeconds: number
  /** From the list to the root. */
  readonly treeSeconds: number
  /** The peak memory of the process until then. */
  readonly rssMB: number
  /** The time for every leaf's proof as text, with the tree checked first. */
  readonly proofsSeconds: number
}

const BATCH = 10_000

const [leaves = 0, threads = 1] = process.argv.slice(2).map(Number)
const list = createSharedList("automatic", leaves)
let listMilliseconds = 0
for (let from = 0; from < leaves; from += BATCH) {
  // Created before the clock runs, a few at a time, since the rows of a real list come from a file.
  const rows = Array.from({ length: Math.min(BATCH, leaves - from) }, (_, i) => rowOf(from + i, leaves))
  const start = performance.now()
  for (const [i, { account, amount }] of rows.entries()) setRow(list, from + i, account, amount)
  listMilliseconds += performance.now() - start
}
const listed = performance.now()
const tree = await buildTreeOn(list, threads)
const built = performance.now()
const { maxRSS } = process.resourceUsage()
const proofOf = proofTexts(tree)
let siblings = 0
for (let i = 0; i < leaves; i++) siblings += proofOf(i).length
const proven = performance.now()
if (siblings < leaves - 1) throw new Error("proofs are missing")
const figures: OwnFigures = {
  root: toHex(tree.root),
  listSeconds: listMilliseconds / 1000,
  treeSeconds: (built - listed) / 1000,
  rssMB: maxRSS / 1024,
  proofsSeconds: (proven - built) / 1000,
}
process.stdout.write(JSON.stringify(figures))
