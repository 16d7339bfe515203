/**
 * Reads Merkle Patricia tries from their nodes (Ethereum Yellow Paper, appendices C and D). A node is found by its
 * hash, so a read cannot give a wrong value: it throws if a node is missing.
 */
import { RLP, type NestedUint8Array } from "@ethereumjs/rlp"
import { toHex } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"

/** A decoded node: 17 items of a branch, or 2 of a leaf or an extension. A loaded child replaces its hash. */
type TrieNode = NestedUint8Array

export interface Trie {
  /**
   * Returns the value at a path of half bytes; undefined if the trie has none there.
   * @throws AirdropError (mismatch) if a node is missing or malformed
   */
  readonly get: (root: Uint8Array, path: Uint8Array) => Uint8Array | undefined
  /** The hashes, without 0x, of the nodes read so far. */
  readonly used: ReadonlySet<string>
}

/**
 * Opens tries that share their nodes. Each node is decoded once.
 * @param nodes RLP by hash, without 0x
 */
export function openTrie(nodes: ReadonlyMap<string, Uint8Array>): Trie {
  const decoded = new Map<string, TrieNode>()
  const used = new Set<string>()
  const load = (hash: Uint8Array): TrieNode => {
    const name = toHex(hash).slice(2)
    const known = decoded.get(name)
    if (known !== undefined) return known
    const bytes = nodes.get(name)
    if (bytes === undefined) throw broken(`node 0x${name} is missing`)
    const node = RLP.decode(bytes)
    if (!Array.isArray(node)) throw broken(`node 0x${name} is no list`)
    decoded.set(name, node)
    used.add(name)
    return node
  }
  return { get: (root, path) => valueAt(load, load(root), path), used }
}

/** Splits bytes into half bytes, the path of a key. */
export function pathOf(key: Uint8Array): Uint8Array {
  const path = new Uint8Array(2 * key.length)
  key.forEach((byte, i) => {
    path[2 * i] = byte >> 4
    path[2 * i + 1] = byte & 15
  })
  return path
}

function valueAt(
  load: (hash: Uint8Array) => TrieNode,
  top: TrieNode,
  path: Uint8Array,
): Uint8Array | undefined {
  let node = top
  let at = 0
  for (;;) {
    let link = 1
    if (node.length === 17) {
      const half = path[at]
      if (half === undefined) return valueOf(node[16])
      link = half
      at++
    } else {
      const { part, isLeaf } = compactPath(node)
      const isOn = part.every((half, i) => path[at + i] === half)
      if (!isOn) return undefined
      at += part.length
      if (isLeaf) return at === path.length ? valueOf(node[1]) : undefined
    }
    const next = node[link]
    if (next?.length === 0) return undefined
    // A short node is inside its parent. A node found by its hash is put there too, for the next read.
    if (Array.isArray(next)) node = next
    else if (next?.length === 32) node = node[link] = load(next)
    else throw broken("a link in a node is neither a hash nor a node")
  }
}

/** Decodes the path of a leaf or an extension. Its first half byte says which, and whether the rest is odd. */
function compactPath(node: TrieNode): { readonly part: Uint8Array; readonly isLeaf: boolean } {
  const [encoded] = node
  if (node.length !== 2 || !(encoded instanceof Uint8Array) || encoded.length === 0) {
    throw broken("a node is neither branch, leaf nor extension")
  }
  const halves = pathOf(encoded)
  const [flag = 0, pad = 0] = halves
  const isOdd = (flag & 1) === 1
  if (flag > 3 || (!isOdd && pad !== 0)) throw broken("a node's path is malformed")
  return { part: halves.subarray(isOdd ? 1 : 2), isLeaf: flag >= 2 }
}

function valueOf(item: Uint8Array | NestedUint8Array | undefined): Uint8Array | undefined {
  if (!(item instanceof Uint8Array)) throw broken("a value in a node is a list")
  return item.length === 0 ? undefined : item
}

function broken(message: string): AirdropError {
  return new AirdropError(message, { code: "mismatch" })
}
