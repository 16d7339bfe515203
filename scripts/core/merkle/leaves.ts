import type { LeafList } from "./leaf-list.ts"
import type { MerkleTree } from "./tree.ts"

/** The automatic tranche: its list and the tree over it. */
export interface Leaves {
  readonly list: LeafList
  readonly tree: MerkleTree
}
