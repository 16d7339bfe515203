/** Fills the data folder of a page: what is published, and the inputs that it follows from. */
import { existsSync } from "node:fs"
import { cp, mkdir, readdir } from "node:fs/promises"
import { join } from "node:path"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Manifest } from "../../core/publication/manifest.ts"
import { ATTESTATIONS_FILE } from "../../core/statements/attestation.ts"
import { CONTENTS_PATH, formatContents, INPUTS_FOLDER } from "../../core/publication/page-contents.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { readText } from "../../io/disk/read-file.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { recordOfFile } from "../publication/make-publication.ts"
import { isPublished, RESERVE } from "../publication/publish.ts"

/** Proves the snapshot where there is one; no other file follows from it, so no manifest lists it. */
const EVIDENCE = "snapshot.proof"

/** Returns true for the name of a file or folder of the data folder. */
export function isPageData(name: string): boolean {
  return name === CONTENTS_PATH || name === INPUTS_FOLDER || isPublished(name)
}

/**
 * Copies a publication, and the inputs that its manifest lists.
 * @param program the program's folder; undefined publishes no inputs
 * @throws AirdropError if an input is not the one that the publication was built from
 */
export async function fillPageData(
  data: string,
  publication: string,
  manifest: Manifest,
  program: string | undefined,
): Promise<void> {
  await cp(publication, data, { recursive: true })
  const inputs = program === undefined ? [] : await inputsOf(program, manifest)
  if (inputs.length > 0) await mkdir(join(data, INPUTS_FOLDER))
  for (const name of inputs) await cp(join(program ?? "", name), join(data, INPUTS_FOLDER, name))
  const contents = {
    reserve: existsSync(join(publication, RESERVE, "manifest.json")),
    attestations: existsSync(join(publication, ATTESTATIONS_FILE)),
    withFile: manifest.claimFiles ? await unlistedFiles(publication) : [],
    inputs,
  }
  await writeFileAtomic(join(data, CONTENTS_PATH), formatContents(contents))
}

/** Returns the names of a program's inputs. */
async function inputsOf(folder: string, { inputs, program }: Manifest): Promise<readonly string[]> {
  for (const [name, { sha256 }] of inputs) {
    const path = join(folder, name)
    if ((await recordOfFile(path)).sha256 === sha256) continue
    throw new AirdropError(`${shownPath(path)}: has changed since the program was built`, {
      code: "mismatch",
      hint: `Build it again: ./airdrop allocate ${program}, then ./airdrop build ${program}`,
    })
  }
  return [...inputs.keys(), ...(existsSync(join(folder, EVIDENCE)) ? [EVIDENCE] : [])]
}

/** Returns the addresses that have a file in claims/ and are not on the list. */
async function unlistedFiles(publication: string): Promise<readonly Address[]> {
  const listed = new Set<string>()
  for (const line of (await readText(join(publication, "allocations.csv"))).split("\n")) {
    listed.add((line.split(",")[1] ?? "").toLowerCase())
  }
  const names = await readdir(join(publication, "claims"))
  return names
    .map((name) => parseAddress(name.replace(/\.json$/, "")))
    .filter((account) => !listed.has(account))
}
