import { NO_DERIVATIONS } from "../../../scripts/core/allocation/derivations.ts"
import { createFindings, type Findings } from "../../../scripts/core/files/findings.ts"
import { decodeUtf8, parseJsonText } from "../../../scripts/core/files/parsed-json.ts"
import { accountOf, amountOf, totalOf, type LeafList } from "../../../scripts/core/merkle/leaf-list.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { checkClaim, claimPath, parseClaimFile } from "../../../scripts/core/publication/claim-file.ts"
import type { Manifest } from "../../../scripts/core/publication/manifest.ts"
import { comparePublication } from "./compare.ts"
import type { CheckContext } from "./lines.ts"
import { checkList } from "./list.ts"
import { readFile } from "./page-files.ts"
import { readList } from "./read-list.ts"

const LIST = "allocations.csv"
/** The number of claim files requested at a time. */
const AT_A_TIME = 12

/**
 * Checks what is published without its inputs, from the list on: its fingerprint, and every file that follows from it.
 * Of a claim file the amount and the proof follow, and its explanation does not. So neither do the hashes of these files.
 */
export async function checkPublished(context: CheckContext, manifest: Manifest): Promise<void> {
  const findings = createFindings()
  const list = await findings.trying(LIST, async () => await readList(context, LIST, manifest))
  if (list === undefined) {
    context.end({ name: "list", verdict: "bad", count: 0, findings: findings.all() })
    return
  }
  const { tree } = checkList(context, list)
  const { program, tranche, chainId, contract, token, draft, creationCodeHash, inputs } = manifest
  const follows = (path: string): boolean =>
    !manifest.claimFiles || !/^(claims\/|files\.csv$|manifest\.json$)/.test(path)
  const publication = {
    origin: { program, tranche, chainId, contract, token },
    draft,
    creationCode: creationCodeHash,
    list,
    tree,
    derivations: NO_DERIVATIONS,
    inputs,
    claims: manifest.claimFiles,
  }
  if (manifest.total !== totalOf(list)) findings.add("manifest.json", "has another total than the list")
  const compared = await comparePublication(context, "files", "", findings, publication, follows)
  if (manifest.claimFiles) await checkClaimFiles(context, findings, manifest, list)
  const count = compared + (manifest.claimFiles ? list.count : 0)
  const all = findings.all()
  context.end({ name: "files", verdict: all.length === 0 ? "none" : "bad", count, findings: all })
}

/** Checks that the file of each account has its amount, and a proof of it. */
async function checkClaimFiles(
  { source, signal, progress }: CheckContext,
  findings: Findings,
  { root, chainId, contract }: Manifest,
  list: LeafList,
): Promise<void> {
  const check = async (index: number): Promise<void> => {
    const path = claimPath(accountOf(list, index))
    await findings.trying(path, async () => {
      const json = parseJsonText(decodeUtf8(await readFile(source, path), path), path).value
      const file = parseClaimFile(json, path)
      const claim = "claim" in file ? file.claim : undefined
      const isSame =
        claim?.index === index &&
        claim.chainId === chainId &&
        claim.contract === contract &&
        claim.account === accountOf(list, index) &&
        claim.amount === amountOf(list, index)
      if (!isSame) throw new AirdropError("is not what the list says", { code: "mismatch" })
      checkClaim(claim, root)
    })
  }
  for (let first = 0; first < list.count; first += AT_A_TIME) {
    signal?.throwIfAborted()
    const length = Math.min(AT_A_TIME, list.count - first)
    await Promise.all(
      Array.from({ length }, async (_, i) => {
        await check(first + i)
      }),
    )
    progress("files", first + length, list.count)
  }
}
