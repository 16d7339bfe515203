/** Makes the publication of a program's automatic tranche out of its allocation. */
import { stat } from "node:fs/promises"
import { join } from "node:path"
import type { Address } from "../../core/primitives/address.ts"
import type { Allocation, Entry } from "../../core/allocation/allocation.ts"
import { derivationsOf } from "../../core/allocation/derivations.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { type Hex, toHex } from "../../core/primitives/bytes.ts"
import { type LeafList, setRow } from "../../core/merkle/leaf-list.ts"
import type { FileRecord } from "../../core/publication/manifest.ts"
import { sha256Of } from "../../io/disk/hash.ts"
import { missingFile, shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { type Publication, USUAL_CLAIMS } from "../../core/publication/published-files.ts"
import { buildTreeOn, createSharedList, defaultThreads } from "./tree-threads.ts"

export interface PublicationOptions {
  /** The number of threads that build the tree. It changes only the time taken. */
  readonly threads?: number | undefined
  /** True to give every address a file of its own. The default does so for up to {@link USUAL_CLAIMS} addresses. */
  readonly claims?: boolean | undefined
  /** Returns the address at which the contract of a root is or will be deployed. */
  readonly contract: (root: Hex, leafCount: number) => Promise<Address | undefined>
  /** keccak256 of the creation code that the contract is made with. */
  readonly creationCode?: Hex | undefined
}

/**
 * Makes the publication of an allocation.
 * @param inputs SHA-256 of the files that the allocation follows from; those in the folder must be the same
 * @throws AirdropError if an input has changed since, or is gone
 */
export async function publicationOf(
  { folder, name, program }: LoadedProgram,
  allocation: Allocation,
  inputs: Readonly<Record<string, string>>,
  options: PublicationOptions,
): Promise<Publication> {
  const records = await inputRecords(folder, name, inputs)
  const list = listOfEntries(allocation.entries)
  const tree = await buildTreeOn(list, options.threads ?? defaultThreads(list.count))
  const contract = await options.contract(toHex(tree.root), list.count)
  return {
    origin: { program: name, tranche: "automatic", chainId: program.chainId, contract, token: program.token },
    draft: program.unconfirmed.length > 0,
    creationCode: options.creationCode,
    list,
    tree,
    derivations: derivationsOf(allocation),
    inputs: records,
    claims: options.claims ?? list.count <= USUAL_CLAIMS,
  }
}

/** Puts entries in the columns that a tree is built over. */
export function listOfEntries(entries: readonly Entry[]): LeafList {
  const list = createSharedList("automatic", entries.length)
  for (const [row, { account, amount }] of entries.entries()) setRow(list, row, account, amount)
  return list
}

/**
 * Returns hash and size of every file that the list follows from: the inputs of the allocation, and its own two files.
 * @throws AirdropError if an input has changed since
 */
async function inputRecords(
  folder: string,
  program: string,
  inputs: Readonly<Record<string, string>>,
): Promise<Map<string, FileRecord>> {
  const records = new Map<string, FileRecord>()
  for (const name of [...Object.keys(inputs), "allocation.csv", "allocation.json"]) {
    const record = await recordOfFile(join(folder, name))
    if (inputs[name] !== undefined && inputs[name] !== record.sha256) {
      throw new AirdropError(
        `${shownPath(join(folder, name))}: has changed since the allocation was computed`,
        {
          code: "mismatch",
          hint: `Compute it again: ./airdrop allocate ${program}`,
        },
      )
    }
    records.set(name, record)
  }
  return records
}

/**
 * Returns the SHA-256 and size of a file.
 * @throws AirdropError if it cannot be read
 */
export async function recordOfFile(path: string): Promise<FileRecord> {
  const sha256 = await sha256Of(path)
  const { size } = await stat(path).catch((error: unknown) => {
    throw missingFile(path, error)
  })
  return { sha256, size }
}
