import { plural } from "../core/primitives/plural.ts"
import { removeOwn, requireOutput } from "../stages/program/output-file.ts"
import { tokenAmount } from "../core/primitives/token.ts"
import type { Command } from "commander"
import { airdropAddresses, creationCodeHash } from "../stages/deployment/expected-address.ts"
import { toChecksum } from "../core/primitives/address.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { toHex } from "../core/primitives/bytes.ts"
import { totalOf } from "../core/merkle/leaf-list.ts"
import { readAllocation } from "../stages/allocation/allocation-files.ts"
import { isArchive, writeCar } from "../stages/publication/car.ts"
import { shownPath } from "../io/disk/paths.ts"
import { type LoadedProgram, loadProgram } from "../stages/program/load-program.ts"
import { publicationOf } from "../stages/publication/make-publication.ts"
import { proofsFolder } from "../io/project/folders.ts"
import type { Publication } from "../core/publication/published-files.ts"
import { publishAttestations } from "../stages/statements/attestation-file.ts"
import { publish } from "../stages/publication/publish.ts"
import { filePath, between } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { fileProgress } from "../io/terminal/progress.ts"

export interface BuildOptions {
  readonly force?: boolean
  readonly threads?: number
  /** True to give every address a file of its own. The default does so for up to 20,000 addresses. */
  readonly claims?: boolean
  /** The path of the archive, or true for one beside the folder. */
  readonly car?: string | true
  /** Write the archive only, and no folder. */
  readonly carOnly?: boolean
  /** Build although terms are unconfirmed; the manifest then says so. */
  readonly draft?: boolean
}

export interface Built {
  readonly folder: string
  readonly publication: Publication
  /** Of the archive, if one was written. */
  readonly cid: string | undefined
}

/** Builds tree, root, manifest and proofs from an allocation. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .option("--threads <number>", "build the tree on so many threads", between(1, 64))
    .option("--claims", "write a file for every address, for any number of them")
    .option("--no-claims", "write only shards, no file for each address")
    .option("--car [file]", "also write the folder as an IPFS archive", filePath)
    .option("--car-only", "write the archive only, and no folder")
    .option("--force", "replace an existing file that this command did not write")
    .option("--draft", "build a program that has unconfirmed terms")
    .action(async (nameOrPath: string, options: BuildOptions) => {
      await runBuild(nameOrPath, options, out())
    })
}

/**
 * Reads a program's allocation and publishes it under proofs/.
 * @throws AirdropError, and leaves what was published before, if the allocation is missing, damaged or out of date
 */
export async function runBuild(nameOrPath: string, options: BuildOptions, out: Output): Promise<Built> {
  const loaded = await loadProgram(nameOrPath)
  refuseDraft(loaded, options)
  const folder = proofsFolder(loaded.folder)
  const car = typeof options.car === "string" ? options.car : `${folder}.car`
  const writesCar = options.car !== undefined || options.carOnly === true
  if (writesCar) await requireOutput(car, isArchive, options)
  const allocation = await readAllocation(loaded.folder)
  const publication = await publicationOf(loaded, allocation, allocation.inputs, {
    threads: options.threads,
    claims: options.claims,
    contract: async (root, leafCount) => (await airdropAddresses(loaded, root, leafCount))[0],
    creationCode: await creationCodeHash(),
  })
  if (options.carOnly !== true) {
    await publish(folder, publication, fileProgress(out, "files"))
    await publishAttestations(loaded.folder, folder)
    // An archive of the proofs before these would be taken for one of these.
    if (!writesCar) await removeOwn(car, isArchive)
  }
  const cid = writesCar ? await writeCar(car, publication, fileProgress(out, "archive")) : undefined
  print({ folder, publication, cid }, { car, folderWritten: options.carOnly !== true }, out)
  return { folder, publication, cid }
}

function refuseDraft({ name, program }: LoadedProgram, { draft }: BuildOptions): void {
  const [first] = program.unconfirmed
  if (first === undefined || draft === true) return
  const more = program.unconfirmed.length > 1 ? `, and ${program.unconfirmed.length - 1} more` : ""
  throw new AirdropError(`${name} has unconfirmed terms: ${first.field}: ${first.reason}${more}`, {
    code: "unresolved",
    hint: "Settle them in program.json. A build with --draft is marked as a draft in the manifest.",
  })
}

function print(
  { folder, publication, cid }: Built,
  { car, folderWritten }: { readonly car: string; readonly folderWritten: boolean },
  out: Output,
): void {
  const { origin, list, tree, claims, draft } = publication
  const { token } = origin
  const total = totalOf(list)
  const root = toHex(tree.root)
  const contract = origin.contract === undefined ? undefined : toChecksum(origin.contract)
  out.line(`${origin.program}: ${plural(list.count, "leaf", "leaves")}, ${tokenAmount(total, token)}`)
  out.line(`  root       ${root}`)
  out.line(`  contract   ${contract ?? "unknown: the program does not name owner and sweep time"}`)
  if (folderWritten) out.line(`  proofs     ${shownPath(folder)}${claims ? "" : " (shards only)"}`)
  if (cid !== undefined) out.line(`  archive    ${shownPath(car)}, ipfs://${cid}`)
  if (draft) out.line("  draft      the program has unconfirmed terms")
  out.json({
    program: origin.program,
    root,
    leafCount: list.count,
    total,
    contract: contract ?? null,
    draft,
    claims,
    ...(folderWritten ? { folder } : {}),
    ...(cid === undefined ? {} : { car, cid }),
  })
}
