/** Reads the files of a page's data folder for a check, and keeps what each of them hashes to. */
import type { InputFiles } from "../../../scripts/core/allocation/read-inputs.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { decodeUtf8, parseJsonText } from "../../../scripts/core/files/parsed-json.ts"
import { requireProgramSnapshot } from "../../../scripts/core/sources/program-snapshot.ts"
import type { FileRecord } from "../../../scripts/core/publication/manifest.ts"
import { INPUTS_FOLDER } from "../../../scripts/core/publication/page-contents.ts"
import { snapshotOf } from "../../../scripts/core/snapshot/snapshot-json.ts"
import { STATEMENT_FILES } from "../../../scripts/core/statements/statement-line.ts"
import type { DataSource } from "../data/source.ts"
import { takeTable } from "./tables.ts"
import { recordOf } from "./text-hash.ts"

export interface PageInputs extends InputFiles {
  /** Reads one of the inputs. @throws AirdropError if it is missing, DataUnreachable */
  readonly read: (name: string) => Promise<Uint8Array>
  /** The hash and size of each input read so far, by name. */
  readonly records: ReadonlyMap<string, FileRecord>
}

/**
 * Opens the inputs of a page.
 * @param names the names of the published inputs
 */
export function openInputs(source: DataSource, names: readonly string[]): PageInputs {
  const records = new Map<string, FileRecord>()
  const read = async (name: string): Promise<Uint8Array> => {
    const bytes = await readFile(source, `${INPUTS_FOLDER}/${name}`)
    records.set(name, recordOf(bytes))
    return bytes
  }
  const sha256Of = (name: string): string => records.get(name)?.sha256 ?? ""
  return {
    read,
    records,
    snapshot: async (program) => {
      const name = "snapshot.json"
      const snapshot = snapshotOf(parseJsonText(decodeUtf8(await read(name), name), name), name)
      requireProgramSnapshot(program, snapshot, name)
      return { snapshot, sha256: sha256Of(name) }
    },
    statements: async (kind) => {
      const name = STATEMENT_FILES[kind]
      if (!names.includes(name)) return undefined
      return { shown: name, text: decodeUtf8(await read(name), name), sha256: sha256Of(name) }
    },
    table: async (table, chainId) => {
      const warnings = await takeTable(await read(table.file), table.file, table, chainId)
      return { sha256: sha256Of(table.file), warnings }
    },
  }
}

/** Reads a file that must be there. @throws AirdropError if it is missing, DataUnreachable */
export async function readFile(source: DataSource, path: string): Promise<Uint8Array> {
  const bytes = await source.read(path)
  if (bytes === undefined) throw new AirdropError(`${path}: is missing`, { code: "file-missing" })
  return bytes
}
