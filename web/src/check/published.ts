import { NO_DERIVATIONS } from "../../../scripts/core/allocation/derivations.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import type { Manifest } from "../../../scripts/core/publication/manifest.ts"
import { comparePublication } from "./compare.ts"
import type { CheckContext } from "./lines.ts"
import { checkList } from "./list.ts"
import { readList } from "./read-list.ts"

const LIST = "allocations.csv"

/**
 * Checks what is published without its inputs, from the list on: its fingerprint, and every file that follows from it. A
 * claim file also explains its amount, which does not, and neither do the lists of the claim files' hashes.
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
  const count = await comparePublication(context, "files", "", findings, publication, follows)
  const all = findings.all()
  context.end({ name: "files", verdict: all.length === 0 ? "none" : "bad", count, findings: all })
}
