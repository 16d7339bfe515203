/** Finds one account in one tranche's files, and checks all of it against the root. */
import type { Address } from "../../../scripts/core/primitives/address.ts"
import {
  checkClaim,
  claimPath,
  parseClaimFile,
  type Claim,
} from "../../../scripts/core/publication/claim-file.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import type { Manifest } from "../../../scripts/core/publication/manifest.ts"
import { lookUp, parseShard } from "../../../scripts/core/publication/shard.ts"
import { shardPath, shardPrefix } from "../../../scripts/core/publication/shard-layout.ts"
import type { AutomaticClaim } from "../../../scripts/core/claim/claims.ts"
import type { Due } from "./due.ts"
import { orFault, readJson, type PublicationFault } from "./fault.ts"
import { DataUnreachable, type DataSource } from "./source.ts"

const UNREACHABLE = Symbol("unreachable")

/** A published tranche. */
export interface Part {
  readonly manifest: Manifest
  /** Returns whether there may be a file for an address that is not on the list. */
  readonly mayHaveFile: (account: Address) => boolean
}

/** The content of the published files about an account. */
export interface Found {
  readonly root: Manifest["root"]
  readonly row?: AutomaticClaim
  readonly derivation?: unknown
  readonly absence?: Due["absence"]
  readonly elsewhere?: Due["elsewhere"]
  /** True if the file with the derivation or the reason could not be loaded. */
  readonly isUnexplained?: boolean
}

/**
 * Reads the shard first. It proves that an account is on the list, or that it is absent. The file of the address
 * itself adds the derivation of the amount, or the reason why there is no amount.
 */
export async function findRow(
  source: DataSource,
  folder: string,
  { manifest, mayHaveFile }: Part,
  account: Address,
): Promise<Found> {
  const { root, tranche } = manifest
  const bad = tranche === "automatic" ? "check.bad.proof" : "check.bad.reserve"
  const path = folder + shardPath(shardPrefix(manifest.shards, account))
  const json = await readJson(source, path)
  // Every prefix has a shard, so a missing one says nothing about the address: the files are incomplete.
  if (json === undefined) throw new DataUnreachable(path, undefined)
  const found: Found = orFault(bad, () => {
    const row = lookUp(parseShard(json, path), manifest, account)
    if (row.found) return { root, row: { index: row.index, amount: row.amount, proof: row.proof } }
    return { root, absence: tranche === "automatic" ? "proved" : "looked" }
  })
  if (!manifest.claimFiles || (found.row === undefined && !mayHaveFile(account))) return found
  const own = await readOwnFile(source, folder + claimPath(account), manifest, account, bad)
  // An account on the list has a file of its own. For any other, the list of files is only a hint.
  return { ...found, ...(own ?? { isUnexplained: found.row !== undefined }) }
}

/** Reads the file of one address; undefined if there is none. Amount and proof come from the shard, so the page works without it. */
async function readOwnFile(
  source: DataSource,
  path: string,
  manifest: Manifest,
  account: Address,
  bad: PublicationFault["key"],
): Promise<Partial<Found> | undefined> {
  const json = await readJson(source, path).catch((error: unknown) => {
    if (error instanceof DataUnreachable) return UNREACHABLE
    throw error
  })
  if (json === UNREACHABLE) return { isUnexplained: true }
  if (json === undefined) return undefined
  return orFault(bad, () => {
    const file = parseClaimFile(json, path)
    if ("claim" in file) {
      return { row: checkedRow(file.claim, manifest, account, path), derivation: file.claim.derivation }
    }
    const { reason, detail, paidTo, derivation } = file.noClaim
    if (file.noClaim.account !== account)
      throw new AirdropError(`${path} is of ${file.noClaim.account}`, { code: "mismatch" })
    return { elsewhere: { reason, detail, paidTo }, derivation }
  })
}

/**
 * Returns the claim in a file, after checking that it is this account's and that its proof leads to the root.
 * @throws AirdropError
 */
export function checkedRow(
  claim: Claim,
  manifest: Pick<Manifest, "tranche" | "root">,
  account: Address,
  path: string,
): AutomaticClaim {
  if (claim.account !== account)
    throw new AirdropError(`${path} is of ${claim.account}`, { code: "mismatch" })
  if (claim.tranche !== manifest.tranche)
    throw new AirdropError(`${path} is of the ${claim.tranche} tranche`, { code: "mismatch" })
  checkClaim(claim, manifest.root)
  return { index: claim.index, amount: claim.amount, proof: claim.proof }
}
