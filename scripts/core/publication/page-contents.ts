/**
 * Reads and writes data/contents.json of a page. It lists the files of the publication that the page may request.
 * The list is only a hint: the page does not find a file that it omits, and requests one that it names in error in
 * vain.
 */
import type { Address } from "../primitives/address.ts"
import { arrayOf, objectOf, textOf, wordOf } from "../primitives/json-reader.ts"

const FORMAT = "merkle-airdrop/page-contents@1"

/** The digits kept of an address: enough that hardly any two addresses share them, few enough to be small. */
const DIGITS = 4

export const CONTENTS_PATH = "contents.json"

/** The folder of the program's inputs within the page's data. */
export const INPUTS_FOLDER = "inputs"

export interface Contents {
  /** True if the file exists. Without it the page does not know what is published. */
  readonly isListed: boolean
  /** True if a reserve is published. */
  readonly reserve: boolean
  /** Returns true if there may be a file in claims/ for an address that is not on the list. */
  readonly mayHaveFile: (account: Address) => boolean
  /** The names of the files in inputs/, from which the page computes the list again. */
  readonly inputs: readonly string[]
  /** True if outsiders' signatures are published. */
  readonly attestations: boolean
}

/** Lists what is published with a page. */
export interface PageContents {
  readonly reserve: boolean
  /** The addresses with a file that are not on the list. */
  readonly withFile: readonly Address[]
  readonly inputs: readonly string[]
  readonly attestations: boolean
}

/** Returns the text of contents.json. */
export function formatContents({ reserve, withFile, inputs, attestations }: PageContents): string {
  const noClaimPrefixes = [...new Set(withFile.map(prefixOf))].sort()
  const value = { format: FORMAT, reserve, attestations, noClaimPrefixes, inputs: [...inputs].sort() }
  return `${JSON.stringify(value)}\n`
}

/** Reads contents.json. If it is absent, every file may be requested. @throws AirdropError that names the field */
export function parseContents(json: unknown): Contents {
  if (json === undefined)
    return { isListed: false, reserve: true, attestations: false, mayHaveFile: () => true, inputs: [] }
  const value = objectOf(json, CONTENTS_PATH)
  wordOf(value["format"], [FORMAT], `${CONTENTS_PATH}: format`)
  const noClaimPrefixes = new Set(
    arrayOf(value["noClaimPrefixes"], `${CONTENTS_PATH}: noClaimPrefixes`).map((one) =>
      textOf(one, `${CONTENTS_PATH}: noClaimPrefixes`),
    ),
  )
  const inputs = arrayOf(value["inputs"], `${CONTENTS_PATH}: inputs`)
  return {
    isListed: true,
    reserve: value["reserve"] === true,
    attestations: value["attestations"] === true,
    inputs: inputs.map((one) => textOf(one, `${CONTENTS_PATH}: inputs`)),
    mayHaveFile: (account) => noClaimPrefixes.has(prefixOf(account)),
  }
}

function prefixOf(account: Address): string {
  return account.slice(2, 2 + DIGITS)
}
