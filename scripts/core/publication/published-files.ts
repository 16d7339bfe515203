/**
 * Generates the published files of a list, one after the other. A folder, an archive or a comparison takes each as it
 * comes, so that a million claims are never in memory or on disk at once. The same list gives the same bytes.
 */
import { gather } from "../files/gather.ts"
import { toChecksum } from "../primitives/address.ts"
import { formatAmount } from "../primitives/amount.ts"
import { claimPath, formatClaim, formatNoClaim, type Origin } from "./claim-file.ts"
import type { Derivations } from "../allocation/derivations.ts"
import { invariant } from "../primitives/error.ts"
import { type Hex, toHex } from "../primitives/bytes.ts"
import { accountOf, amountOf, type LeafList, totalOf } from "../merkle/leaf-list.ts"
import { type FileRecord, formatManifest, type Manifest } from "./manifest.ts"
import { proofTexts } from "../merkle/all-proofs.ts"
import { formatShard, makeShard } from "./shard.ts"
import { clearSigningFiles } from "./clear-signing.ts"
import { planShards, shardPath } from "./shard-layout.ts"
import { treeJson } from "../merkle/tree-json.ts"
import type { MerkleTree } from "../merkle/tree.ts"

/** A list to publish, and its metadata. */
export interface Publication {
  readonly origin: Origin
  readonly draft: boolean
  /** keccak256 of the contract's creation code, for the manifest. */
  readonly creationCode?: Hex | undefined
  readonly list: LeafList
  readonly tree: MerkleTree
  readonly derivations: Derivations
  /** The files that the list follows from. */
  readonly inputs: ReadonlyMap<string, FileRecord>
  /** True if every address gets a file of its own. */
  readonly claims: boolean
}

/** A file and its text in pieces, which are to be taken before the next file is. */
export interface PublishedFile {
  readonly path: string
  readonly pieces: Iterable<string>
}

/** Up to this many leaves every address gets a file; beyond, the shards serve look-ups alone. */
export const USUAL_CLAIMS = 20_000
/** Up to this many leaves tree.json is written: beyond, who needs it can build it from allocations.csv. */
const MOST_IN_TREE_JSON = 50_000

/** Hashes a file while its text is made. */
export interface TextHash {
  readonly update: (text: string) => void
  readonly record: () => FileRecord
}

/** Begins the SHA-256 of a file: in Node its own, in a browser one in JavaScript. */
export type TextHasher = () => TextHash

/** Makes the files of a publication, in the order in which they are listed; the manifest is the last. */
export function* publicationFiles(
  publication: Publication,
  hasher: TextHasher,
): Generator<PublishedFile, Manifest> {
  const { origin, list, tree, inputs } = publication
  const records = new Map<string, FileRecord>()
  const file = (path: string, pieces: Iterable<string>, into = records): PublishedFile => ({
    path,
    pieces: recorded(path, pieces, hasher, into),
  })
  const { layout, shards } = planShards(list)
  yield file("allocations.csv", allocationsCsv(publication))
  if (list.count <= MOST_IN_TREE_JSON) yield file("tree.json", treeJson(list, tree))
  const outputs = new Map(records)
  for (const [path, text] of descriptors(origin)) yield file(path, [text])
  if (publication.claims) {
    for (const [path, text] of claimFiles(publication)) yield file(path, [text])
  }
  for (const shard of shards) {
    yield file(shardPath(shard.prefix), [formatShard(makeShard(list, tree, shard))])
  }
  yield file("files.csv", filesCsv(records), outputs)
  const manifest: Manifest = {
    ...origin,
    draft: publication.draft,
    creationCodeHash: publication.creationCode,
    root: toHex(tree.root),
    leafCount: list.count,
    total: totalOf(list),
    claimFiles: publication.claims,
    shards: layout,
    inputs: sorted(inputs),
    outputs: sorted(outputs),
  }
  yield { path: "manifest.json", pieces: [formatManifest(manifest)] }
  return manifest
}

/** Returns the descriptors by which wallets show calls of the contract; none while its address is not known. */
function descriptors({
  program,
  tranche,
  chainId,
  contract,
  token,
}: Origin): ReturnType<typeof clearSigningFiles> {
  if (tranche !== "automatic" || contract === undefined) return []
  return clearSigningFiles({ program, chainId, contract, token })
}

/** Returns the number of files to write, for a progress bar. */
export function countFiles({ origin, list, claims, derivations }: Publication): number {
  const trees = list.count <= MOST_IN_TREE_JSON ? 1 : 0
  return (
    3 +
    trees +
    descriptors(origin).length +
    planShards(list).shards.length +
    (claims ? list.count + derivations.pointers.length : 0)
  )
}

function* allocationsCsv({ list, origin }: Publication): Generator<string> {
  yield "index,account,amount\n"
  for (let row = 0; row < list.count; row++) {
    const amount = formatAmount(amountOf(list, row), origin.token.decimals)
    yield `${row},${toChecksum(accountOf(list, row))},${amount}\n`
  }
}

function* claimFiles({
  origin,
  list,
  tree,
  derivations,
}: Publication): Generator<readonly [path: string, text: string]> {
  const proofOf = proofTexts(tree)
  const root = toHex(tree.root)
  for (let index = 0; index < list.count; index++) {
    const account = accountOf(list, index)
    const proof = proofOf(index)
    const derivation = derivations.of(account)
    const claim = { ...origin, root, index, account, amount: amountOf(list, index), proof, derivation }
    yield [claimPath(account), formatClaim(claim)]
  }
  for (const pointer of derivations.pointers) {
    yield [claimPath(pointer.account), formatNoClaim({ ...origin, ...pointer })]
  }
}

function* filesCsv(records: ReadonlyMap<string, FileRecord>): Generator<string> {
  yield "sha256,size,path\n"
  for (const [path, { sha256, size }] of records) yield `${sha256},${size},${path}\n`
}

/** Notes what a file hashes to while it is being taken. */
function* recorded(
  path: string,
  pieces: Iterable<string>,
  hasher: TextHasher,
  records: Map<string, FileRecord>,
): Generator<string> {
  invariant(!records.has(path), `${path} is published twice`)
  const hash = hasher()
  for (const chunk of gather(pieces)) {
    hash.update(chunk)
    yield chunk
  }
  records.set(path, hash.record())
}

function sorted<Value>(map: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
}
