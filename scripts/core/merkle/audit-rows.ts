/**
 * Cuts a list into the rows that contracts/ListAudit.sol takes. In the heap layout, the level above the deepest is full:
 * from its highest position down it holds the leaves of the upper level, then one node for each pair of leaves of the
 * deepest. Cut into parts of a power of two, each part is a level of a subtree. The roots of the parts are a full level
 * again, of single nodes and, where parts were too long and cut in two, of pairs on the level below.
 */
import { ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"
import { accountOf, amountOf, type LeafList } from "./leaf-list.ts"
import { deepLeafCount } from "./position.ts"
import { packEntry } from "./range-proof.ts"

/** Leaves with consecutive indexes, as `ListAudit.Run`. */
export interface AuditRun {
  /** The index of the first leaf. */
  readonly index: number
  /** The account of the leaf before the run; zero for the first run. */
  readonly previous: Address
  /** Packed as for claimRange. */
  readonly entries: readonly bigint[]
}

/** The arguments of one `ListAudit`. */
export interface AuditRow {
  readonly leaves: AuditRun
  readonly pairs: AuditRun
  readonly nodes: readonly Hex[]
  readonly nodePairs: readonly Hex[]
  /** True if its root is one of a pair on the level below the other roots. */
  readonly isHalf: boolean
}

/** The number of places in a row; a place holds one element, or a pair of the level below. */
const WIDTH = 1_024
/** The number of elements of which a row is cut in two, so that they fit into the 49,152 bytes of EIP-3860. */
const MOST_ELEMENTS = 1_400

const NO_RUN: AuditRun = { index: 0, previous: ZERO_ADDRESS, entries: [] }

/** Returns the rows that hold every leaf of an automatic list. */
export function auditRows(list: LeafList): readonly AuditRow[] {
  const deep = list.count === 1 ? 0 : deepLeafCount(list.count)
  return slicesOf(list.count - deep, deep).map(({ singles, pairs, isHalf }) => {
    const leaves = runOf(list, deep + singles.from, deep + singles.to)
    const paired = runOf(list, pairs.from, pairs.to)
    // A row of leaves alone is one of pairs for the level above, which takes less gas.
    const asPairs = paired.entries.length === 0 && leaves.entries.length > 1
    return {
      leaves: asPairs ? NO_RUN : leaves,
      pairs: asPairs ? leaves : paired,
      nodes: [],
      nodePairs: [],
      isHalf,
    }
  })
}

/** Returns the rows over the roots of rows, which are in the same order. */
export function rowsOfRoots(rows: readonly AuditRow[], roots: readonly Hex[]): readonly AuditRow[] {
  const nodes = roots.filter((_, i) => rows[i]?.isHalf === false)
  const nodePairs = roots.filter((_, i) => rows[i]?.isHalf === true)
  return slicesOf(nodes.length, nodePairs.length).map(({ singles, pairs, isHalf }) => ({
    leaves: NO_RUN,
    pairs: NO_RUN,
    nodes: nodes.slice(singles.from, singles.to),
    nodePairs: nodePairs.slice(pairs.from, pairs.to),
    isHalf,
  }))
}

interface Slice {
  readonly singles: { readonly from: number; readonly to: number }
  readonly pairs: { readonly from: number; readonly to: number }
  readonly isHalf: boolean
}

/** Cuts a full level of single elements, then of pairs, into rows. */
function slicesOf(singles: number, paired: number): readonly Slice[] {
  const places = singles + paired / 2
  const slice = (from: number, to: number, isHalf: boolean): Slice => ({
    singles: { from: Math.min(from, singles), to: Math.min(to, singles) },
    pairs: { from: 2 * Math.max(from - singles, 0), to: 2 * Math.max(to - singles, 0) },
    isHalf,
  })
  const slices: Slice[] = []
  for (let from = 0; from < places; from += WIDTH) {
    const to = Math.min(from + WIDTH, places)
    const whole = slice(from, to, false)
    const elements = whole.singles.to - whole.singles.from + whole.pairs.to - whole.pairs.from
    const middle = (from + to) / 2
    if (elements <= MOST_ELEMENTS) slices.push(whole)
    else slices.push(slice(from, middle, true), slice(middle, to, true))
  }
  return slices
}

/** The run of rows `from` (inclusive) to `to` (exclusive). */
function runOf(list: LeafList, from: number, to: number): AuditRun {
  if (from >= to) return NO_RUN
  return {
    index: from,
    previous: from === 0 ? ZERO_ADDRESS : accountOf(list, from - 1),
    entries: Array.from({ length: to - from }, (_, i) =>
      packEntry(accountOf(list, from + i), amountOf(list, from + i)),
    ),
  }
}
