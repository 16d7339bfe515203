/** Checks which files a published folder has, and what they hash to. */
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { claimPath, parseClaimFile } from "../../core/publication/claim-file.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { FileRecord, Manifest } from "../../core/publication/manifest.ts"
import { readCsv } from "../../io/disk/read-csv.ts"
import type { Findings } from "../../io/disk/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { recordOf } from "./published-files.ts"
import { RESERVE } from "./publish.ts"
import { readPublishedJson } from "./read-publication.ts"

/** Checks that the files that are there are those that the manifest and files.csv name, and hash to what they say. */
export async function checkHashes(folder: string, manifest: Manifest, findings: Findings): Promise<void> {
  const named = new Map<string, FileRecord>(manifest.outputs)
  const index = join(folder, "files.csv")
  await findings.trying(shownPath(index), () =>
    readCsv(index, {
      columns: ["sha256", "size", "path"],
      ignore: [],
      row: ([sha256 = "", size = "", path = ""]) => {
        const record = named.get(path)
        if (record !== undefined && record.sha256 !== sha256) {
          throw new AirdropError(`${path} has another hash than in the manifest`)
        }
        named.set(path, { sha256, size: Number(size) })
      },
    }),
  )
  const found = new Set(filesIn(folder, manifest.tranche === "automatic" ? [RESERVE] : []))
  for (const [path, record] of named) {
    const file = shownPath(join(folder, path))
    if (!found.delete(path)) {
      findings.add(file, "is missing")
      continue
    }
    const actual = recordOf(readFileSync(join(folder, path)))
    if (actual.sha256 !== record.sha256 || actual.size !== record.size) {
      findings.add(file, `has SHA-256 ${actual.sha256}, ${record.sha256} was published`)
    }
  }
  found.delete("manifest.json")
  for (const path of found) findings.add(shownPath(join(folder, path)), "is not part of what was published")
  await checkNames(folder, named, manifest, findings)
}

/** Every file in claims/ must be of the address it is named after: none may hide that an address has a claim. */
async function checkNames(
  folder: string,
  named: ReadonlyMap<string, FileRecord>,
  manifest: Manifest,
  findings: Findings,
): Promise<void> {
  for (const path of named.keys()) {
    if (!path.startsWith("claims/")) continue
    const file = join(folder, path)
    await findings.trying(shownPath(file), () => {
      const read = parseClaimFile(readPublishedJson(file), shownPath(file))
      const { account, program } = "claim" in read ? read.claim : read.noClaim
      if (claimPath(account) !== path) throw new AirdropError(`is the file of ${account}`)
      if (program !== manifest.program) throw new AirdropError(`is of the program ${program}`)
    })
  }
}

/** The paths of all files below a folder, with slashes, but those in the folders left out. */
export function filesIn(folder: string, leftOut: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !leftOut.some((name) => path.startsWith(`${name}/`)))
    .sort()
}
