import { existsSync } from "node:fs"
import { join } from "node:path"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import type { Claim } from "../../core/publication/claim-file.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { proofsFolder } from "../../io/project/folders.ts"
import { RESERVE } from "./publish.ts"
import { readManifest, readPublishedClaim } from "./read-publication.ts"

/** The content of both tranches' published files about an address. */
export interface PublishedClaims {
  readonly automatic: Claim | undefined
  readonly reserve: Claim | undefined
  /** The reason why there is no automatic claim, with the account that is paid instead, if the files say so. */
  readonly reason: string | undefined
}

/**
 * Looks an address up in both tranches, without reading more than its own files.
 * @throws AirdropError if the program is not published, or its files are malformed
 */
export async function findClaims(programFolder: string, account: Address): Promise<PublishedClaims> {
  const folder = proofsFolder(programFolder)
  const automatic = await findIn(folder, account)
  if (automatic === undefined) {
    throw new AirdropError(`${shownPath(folder)} has no manifest.json: nothing is published there`, {
      code: "not-ready",
      hint: "./airdrop build writes it from the allocation.",
    })
  }
  const reserve = await findIn(join(folder, RESERVE), account)
  return { automatic: automatic.claim, reserve: reserve?.claim, reason: automatic.reason }
}

async function findIn(
  folder: string,
  account: Address,
): Promise<{ readonly claim: Claim | undefined; readonly reason: string | undefined } | undefined> {
  if (!existsSync(join(folder, "manifest.json"))) return undefined
  const answer = await readPublishedClaim(folder, await readManifest(folder), account)
  if ("claim" in answer) return { claim: answer.claim, reason: undefined }
  const { noClaim } = answer
  if (noClaim === undefined) return { claim: undefined, reason: undefined }
  const elsewhere = noClaim.paidTo.map((address) => toChecksum(address)).join(", ")
  return {
    claim: undefined,
    reason: elsewhere === "" ? noClaim.detail : `${noClaim.detail} (paid at ${elsewhere})`,
  }
}
