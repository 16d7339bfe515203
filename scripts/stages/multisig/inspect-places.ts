/** Looks at the URIs that a batch announces: an ipfs:// one must be that of the very files at hand. */
import { quote } from "../../core/primitives/text.ts"
import type { DecodedCall } from "../../core/multisig/decode-call.ts"
import { folderCid } from "../publication/folder-cid.ts"
import type { PublishedTranche } from "../publication/read-tranche.ts"
import { RESERVE } from "../publication/publish.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"

export interface PlaceFindings {
  readonly flags: readonly string[]
  readonly remarks: readonly string[]
}

/** Compares each announced place with the published folder whose root it is announced for. */
export async function inspectPlaces(
  calls: readonly DecodedCall[],
  context: ProgramContext,
): Promise<PlaceFindings> {
  const flags: string[] = []
  const remarks: string[] = []
  for (const { root, uri } of calls.flatMap(announcements)) {
    const tranche = [context.automatic, context.reserve].find((one) => one?.root === root)
    if (tranche === undefined) continue // a foreign root is flagged as such
    if (!/^(?:https|ipfs|ar):\/\/[\x21-\x7e]+$/.test(uri)) {
      flags.push(`the proofs are announced at ${quote(uri)}, which is no https, ipfs or ar address`)
      continue
    }
    const cid = /^ipfs:\/\/([^/]+)\/?$/.exec(uri)?.[1]
    if (cid === undefined) {
      remarks.push(
        `Whether the files are at ${quote(uri)} was not checked: only ipfs://CID says what it holds.`,
      )
      continue
    }
    const actual = await cidOf(tranche)
    if (cid !== actual)
      flags.push(`the proofs announced at ipfs://${cid} are not the published files: those are ${actual}`)
  }
  return { flags, remarks }
}

function announcements(decoded: DecodedCall): { readonly root: unknown; readonly uri: string }[] {
  if (decoded.kind === "schedule" || decoded.kind === "execute") {
    return decoded.calls.flatMap((inner) => announcements(inner.decoded))
  }
  if (decoded.kind !== "owner") return []
  if (decoded.name !== "publishProofs" && decoded.name !== "submitReserveRoot") return []
  const [root, uri] = decoded.values
  return [{ root, uri: String(uri) }]
}

/** The CID of what is published of a tranche, and of nothing else in its folder. */
export async function cidOf({ folder, manifest }: PublishedTranche): Promise<string> {
  return await folderCid(folder, manifest.tranche === "automatic" ? [RESERVE] : [])
}
