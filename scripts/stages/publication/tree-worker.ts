/** A thread of tree-threads.ts: builds its share of the subtrees into shared memory and ends. */
import { workerData } from "node:worker_threads"
import type { LeafList } from "../../core/merkle/leaf-list.ts"
import { buildSubtree } from "../../core/merkle/subtree.ts"

export interface TreeTask {
  readonly list: LeafList
  readonly nodes: Uint8Array
  readonly parts: readonly number[]
}

// Only tree-threads.ts starts this file, and it gives exactly this.
const { list, nodes, parts } = workerData as TreeTask
for (const part of parts) buildSubtree(list, nodes, part)
