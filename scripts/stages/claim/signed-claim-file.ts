/** Reads a claim that its account has signed for another account to submit. */
import { parseSignedClaim, type SignedClaim } from "../../core/claim/signed-claim.ts"
import { parseJsonText } from "../../core/files/parsed-json.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readText } from "../../io/disk/read-file.ts"

/** @throws AirdropError that names the file and the field */
export async function readSignedClaim(path: string): Promise<SignedClaim> {
  const text = await readText(path)
  parseJsonText(text, shownPath(path)) // refuses a key that comes twice, of which only the last would be read
  return parseSignedClaim(text, shownPath(path))
}
