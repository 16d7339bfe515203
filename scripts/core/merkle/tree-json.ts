import { toHex } from "../primitives/bytes.ts"
import { LEAF_ENCODING } from "./leaf.ts"
import { accountOf, amountOf, type LeafList } from "./leaf-list.ts"
import { leafPosition } from "./position.ts"
import type { MerkleTree } from "./tree.ts"

/** Yields the text of tree.json in pieces: OpenZeppelin's format standard-v1, which StandardMerkleTree.load reads. */
export function* treeJson(list: LeafList, tree: MerkleTree): Generator<string> {
  yield `{\n"format": "standard-v1",\n"leafEncoding": ${JSON.stringify(LEAF_ENCODING[list.tranche])},\n"tree": [\n`
  const positions = 2 * list.count - 1
  for (let position = 0; position < positions; position++) {
    yield `"${toHex(tree.node(position))}"${position === positions - 1 ? "\n" : ",\n"}`
  }
  yield `],\n"values": [\n`
  for (let row = 0; row < list.count; row++) {
    const pair = [accountOf(list, row), amountOf(list, row).toString()]
    const value = JSON.stringify(list.tranche === "automatic" ? [row.toString(), ...pair] : pair)
    const treeIndex = leafPosition(list.count, row)
    yield `{"value":${value},"treeIndex":${treeIndex}}${row === list.count - 1 ? "\n" : ",\n"}`
  }
  yield "]\n}\n"
}
