/** Finds what an address is due in a program's published files, without reading all of them. */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Address } from "../core/address.ts"
import { claimPath, parseClaimFile } from "../core/claim-file.ts"
import { AirdropError } from "../core/error.ts"
import type { Hex } from "../core/hex.ts"
import { parseManifest, type Manifest } from "../core/manifest.ts"
import { lookUp, parseShard } from "../core/shard.ts"
import { shardPath, shardPrefix } from "../core/shard-layout.ts"
import { readJson } from "./json.ts"
import { shownPath } from "./paths.ts"
import { proofsFolder } from "./proofs-folder.ts"

/** A leaf with its proof. Amount in base units, of the reserve cumulative. */
export interface FoundClaim {
  readonly index: number
  readonly amount: bigint
  readonly proof: readonly Hex[]
}

export interface PublishedClaims {
  readonly automatic: FoundClaim | undefined
  readonly reserve: FoundClaim | undefined
  /** Why there is no automatic claim, where the files say so. */
  readonly reason: string | undefined
}

/**
 * Looks an address up in both tranches.
 * @throws AirdropError if the program is not published, or its files are malformed
 */
export async function findClaims(programFolder: string, account: Address): Promise<PublishedClaims> {
  const folder = proofsFolder(programFolder)
  const automatic = await findIn(folder, account)
  if (automatic === undefined) {
    throw new AirdropError(`${shownPath(folder)} has no manifest.json: nothing is published there`, {
      hint: "./airdrop build writes it from the allocation.",
    })
  }
  const reserve = await findIn(join(folder, "reserve"), account)
  return { automatic: automatic.claim, reserve: reserve?.claim, reason: automatic.reason }
}

interface Found {
  readonly claim: FoundClaim | undefined
  readonly reason: string | undefined
}

/** The file of the address if there is one, else its shard, which also proves that an address is not listed. */
async function findIn(folder: string, account: Address): Promise<Found | undefined> {
  const manifest = await readManifest(folder)
  if (manifest === undefined) return undefined
  const path = join(folder, claimPath(account))
  const text = await readIfThere(path)
  if (text !== undefined) {
    const file = parseClaimFile(JSON.parse(text), shownPath(path))
    return "claim" in file
      ? { claim: file.claim, reason: undefined }
      : { claim: undefined, reason: file.noClaim.detail }
  }
  const shard = join(folder, shardPath(shardPrefix(manifest.shards, account)))
  const found = lookUp(parseShard((await readJson(shard)).value, shownPath(shard)), manifest, account)
  return { claim: found.found ? found : undefined, reason: undefined }
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, "manifest.json")
  const text = await readIfThere(path)
  return text === undefined ? undefined : parseManifest(JSON.parse(text), shownPath(path))
}

async function readIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw new AirdropError(`${shownPath(path)} cannot be read`, { cause: error })
  })
}
