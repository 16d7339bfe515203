/** Reads what was published, for the verbs that claim, push and compare. Nothing read here has been checked yet. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Address } from "../../core/primitives/address.ts"
import { type Claim, claimPath, type NoClaim, parseClaimFile } from "../../core/publication/claim-file.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { parseJson } from "../../core/primitives/json-reader.ts"
import type { LeafList } from "../../core/merkle/leaf-list.ts"
import { listTable, requireCount } from "../../core/publication/list-table.ts"
import { type Manifest, parseManifest } from "../../core/publication/manifest.ts"
import { lookUp, parseShard } from "../../core/publication/shard.ts"
import { shardPath, shardPrefix } from "../../core/publication/shard-layout.ts"
import { readCsv } from "../../io/disk/read-csv.ts"
import { readJson } from "../../io/disk/read-json.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readPlainFile, sizeOfPlainFile } from "../../io/disk/plain-file.ts"
import { createSharedList } from "./tree-threads.ts"

const BUILD_HINT = "./airdrop build writes it."
/** Bytes. A manifest lists the few inputs of a program, and three files. */
const MOST_MANIFEST = 1 << 20
/** Bytes of a claim file or a shard, far above the largest. */
const MOST_SMALL = 1 << 24

/** Reads the manifest of a published folder. @throws AirdropError if it is missing or malformed */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, "manifest.json")
  refuseSpecial(path, MOST_MANIFEST)
  return parseManifest((await readJson(path, BUILD_HINT)).value, shownPath(path))
}

/**
 * Reads the full list of a published folder.
 * @throws AirdropError with one line for each fault, or if there are not as many rows as the manifest says
 */
export async function readPublishedList(folder: string, manifest: Manifest): Promise<LeafList> {
  const path = join(folder, "allocations.csv")
  requireCount(shownPath(path), sizeOfPlainFile(path, BUILD_HINT), manifest.leafCount)
  const list = createSharedList(manifest.tranche, manifest.leafCount)
  const { table, requireFull } = listTable(list, manifest.token.decimals)
  await readCsv(path, table)
  requireFull(shownPath(path))
  return list
}

/** @throws AirdropError if a published file is a link, a FIFO or a device, or larger than it can be */
function refuseSpecial(path: string, most: number): void {
  const size = sizeOfPlainFile(path, BUILD_HINT)
  if (size <= most) return
  throw new AirdropError(`${shownPath(path)}: has ${size} bytes, at most ${most} are possible`, {
    code: "mismatch",
  })
}

/** The content of a published folder about an address. */
export type PublishedAnswer = { readonly claim: Claim } | { readonly noClaim: NoClaim | undefined }

/**
 * Looks an address up in its own file, or in its shard if it has none. The shard is checked against the manifest.
 * @throws AirdropError if what is there is malformed, or belongs to another address
 */
export async function readPublishedClaim(
  folder: string,
  manifest: Manifest,
  account: Address,
): Promise<PublishedAnswer> {
  const own = join(folder, claimPath(account))
  if (manifest.claimFiles && existsSync(own)) {
    const read = parseClaimFile((await readJson(own)).value, shownPath(own))
    const found = "claim" in read ? read.claim : read.noClaim
    if (found.account !== account) {
      throw new AirdropError(`${shownPath(own)}: is the file of ${found.account}`, { code: "mismatch" })
    }
    return read
  }
  const path = join(folder, shardPath(shardPrefix(manifest.shards, account)))
  const answer = lookUp(parseShard((await readJson(path)).value, shownPath(path)), manifest, account)
  if (!answer.found) return { noClaim: undefined }
  const { program, tranche, chainId, contract, token, root } = manifest
  const { index, amount, proof } = answer
  return { claim: { program, tranche, chainId, contract, token, root, index, account, amount, proof } }
}

/** Reads one of many published files. @throws AirdropError if it is missing or not JSON */
export function readPublishedJson(path: string): unknown {
  refuseSpecial(path, MOST_SMALL)
  return parseJson(new TextDecoder().decode(readPlainFile(path)), shownPath(path))
}
