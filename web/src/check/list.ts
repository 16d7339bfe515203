import type { LeafList } from "../../../scripts/core/merkle/leaf-list.ts"
import { treeOfList, type MerkleTree } from "../../../scripts/core/merkle/tree.ts"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import type { CheckContext } from "./lines.ts"

/** A list and the tree over it. */
export interface ListTree {
  readonly list: LeafList
  readonly tree: MerkleTree
}

/** Builds the tree over the amounts, and compares its root with the one that this page was made for. */
export function checkList({ config, end }: CheckContext, list: LeafList): ListTree {
  const tree = treeOfList(list)
  const root = toHex(tree.root)
  const findings = createFindings()
  if (root !== config.automaticRoot || list.count !== config.leafCount) {
    const found = `root ${root} of ${list.count} recipients`
    findings.add(
      "allocations.csv",
      `the amounts lead to ${found}, this page was made for ${config.automaticRoot} of ${config.leafCount}`,
    )
  }
  const all = findings.all()
  end({
    name: "list",
    verdict: all.length === 0 ? "good" : "bad",
    count: list.count,
    value: root,
    findings: all,
  })
  return { list, tree }
}
