import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { AirdropError } from "../../core/primitives/error.ts"
import { createList, type LeafList } from "../../core/merkle/leaf-list.ts"
import { treeOfList } from "../../core/merkle/tree.ts"
import type { Tranche } from "../../core/merkle/leaf.ts"
import { buildTop, SUBTREES } from "../../core/merkle/subtree.ts"
import { type MerkleTree, nodeBytes, treeOf } from "../../core/merkle/tree.ts"
import type { TreeTask } from "./tree-worker.ts"

/** Below this many leaves the start of a thread (some 60 ms) costs more than it saves: see `bench tree`. */
const WORTH_A_THREAD = 200_000
const MOST_THREADS = 8

/** Creates a list whose memory threads can share, so that {@link buildTreeOn} need not copy it. */
export function createSharedList(tranche: Tranche, count: number): LeafList {
  return createList(tranche, count, shared)
}

/** Returns the default number of threads for a tree of this many leaves. */
export function defaultThreads(leafCount: number): number {
  return leafCount < WORTH_A_THREAD ? 1 : Math.min(MOST_THREADS, availableParallelism())
}

/** Builds the tree of a list on so many threads. */
export async function buildTreeOn(list: LeafList, threads = defaultThreads(list.count)): Promise<MerkleTree> {
  if (threads <= 1) return treeOfList(list)
  const nodes = shared(nodeBytes(list.count))
  const copy = { ...list, accounts: sharedCopy(list.accounts), amounts: sharedCopy(list.amounts) }
  const parts = Array.from({ length: SUBTREES }, (_, part) => part)
  await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      run({ list: copy, nodes, parts: parts.filter((part) => part % threads === thread) }),
    ),
  )
  buildTop(copy, nodes)
  return treeOf(nodes)
}

function run(task: TreeTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./tree-worker.ts", import.meta.url), { workerData: task })
    worker.on("error", (cause) => {
      reject(new AirdropError("a thread that builds the tree failed", { cause, code: "tool-failed" }))
    })
    worker.on("exit", (code) => {
      if (code === 0) resolve()
      else
        reject(
          new AirdropError(`a thread that builds the tree ended with status ${code}`, {
            code: "tool-failed",
          }),
        )
    })
  })
}

function shared(bytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes))
}

function sharedCopy(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes
  const copy = shared(bytes.length)
  copy.set(bytes)
  return copy
}
