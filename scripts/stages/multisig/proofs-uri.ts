/** The URI at which proofs are announced: by default the CID of the published files, and compared with it. */
import { innermost, type DecodedCall } from "../../core/multisig/decode-call.ts"
import { MOST_CHARACTERS } from "../../core/multisig/describe-call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { quote } from "../../core/primitives/text.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { folderCid } from "../publication/folder-cid.ts"
import { RESERVE } from "../publication/publish.ts"
import type { PublishedTranche } from "../publication/read-tranche.ts"

const URI = /^(?:https:\/\/[a-z0-9.-]+(?::\d+)?|ipfs:\/\/[a-zA-Z0-9]+|ar:\/\/[\w-]+)(?:\/[\x21-\x7e]*)?$/
/** A URI that names the published folder itself, by its content. */
const FOLDER = /^ipfs:\/\/([a-zA-Z0-9]+)\/?$/

/**
 * Returns the URI to announce: the one that is given, or ipfs:// and the CID of the published folder.
 * @throws AirdropError if it is no URI, or names other content than the published files and is not forced
 */
export async function proofsUri(
  tranche: PublishedTranche,
  given: string | undefined,
  isForced: boolean,
): Promise<string> {
  const own = `ipfs://${await cidOf(tranche)}`
  if (given === undefined) return own
  if (!URI.test(given)) {
    throw new AirdropError(`${quote(given)} is not an https, ipfs or ar URI`, {
      code: "invalid-value",
      hint: `Without --uri the published files are announced at ${own}.`,
    })
  }
  if (given.length > MOST_CHARACTERS) {
    throw new AirdropError(
      `the URI has ${given.length} characters, at most ${MOST_CHARACTERS} are shown whole`,
      {
        code: "invalid-value",
      },
    )
  }
  const isOther = FOLDER.exec(given)?.[1] !== own.slice("ipfs://".length)
  if (isOther && !isForced) {
    throw new AirdropError(`the published files are at ${own}, not at ${given}`, {
      code: "inconsistent",
      hint: "Leave --uri out to announce the published files; --force announces the other URI.",
    })
  }
  return given
}

/** Flags each announced URI that is not the CID of the published folder whose root it is announced for. */
export async function inspectUris(calls: readonly DecodedCall[], context: ProgramContext): Promise<string[]> {
  const flags: string[] = []
  for (const { root, uri } of calls.flatMap(innermost).flatMap(announcements)) {
    const tranche = [context.automatic, context.reserve].find((one) => one?.root === root)
    if (tranche === undefined) continue // a foreign root is flagged as such
    if (!URI.test(uri)) {
      flags.push(`the proofs are announced at ${quote(uri)}, which is no https, ipfs or ar URI`)
      continue
    }
    if (uri.length > MOST_CHARACTERS) {
      flags.push(`the proofs are announced at a URI of ${uri.length} characters, too long to compare`)
      continue
    }
    if (!uri.startsWith("ipfs://")) {
      flags.push(
        `the proofs are announced at ${quote(uri)}: only ipfs:// with a CID says which files are there`,
      )
      continue
    }
    const cid = FOLDER.exec(uri)?.[1]
    const actual = await cidOf(tranche)
    if (cid === undefined) {
      flags.push(
        `the proofs are announced at a path inside a CID, ${quote(uri)}: the files are ipfs://${actual}`,
      )
    } else if (cid !== actual) {
      flags.push(`the proofs announced at ipfs://${cid} are not the published files: those are ${actual}`)
    }
  }
  return flags
}

function announcements(decoded: DecodedCall): { readonly root: unknown; readonly uri: string }[] {
  if (decoded.kind !== "owner") return []
  if (decoded.name !== "publishProofs" && decoded.name !== "submitReserveRoot") return []
  const [root, uri] = decoded.values
  return [{ root, uri: String(uri) }]
}

/** Returns the CID of the published files of a tranche, without other files in its folder. */
export async function cidOf({ folder, manifest }: PublishedTranche): Promise<string> {
  return await folderCid(folder, manifest.tranche === "automatic" ? [RESERVE] : [])
}
