import { join } from "node:path"
import { readInputs, type LoadedInputs } from "../../core/allocation/read-inputs.ts"
import { readTable } from "../../io/disk/read-table.ts"
import { readStatementsOf } from "../statements/statement-files.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readProgramSnapshot } from "../snapshot/program-snapshot.ts"

/**
 * Reads all inputs of a program from its folder.
 * @throws AirdropError with one line for each fault
 */
export async function loadInputs({ folder, program, hashes }: LoadedProgram): Promise<LoadedInputs> {
  return await readInputs(program, hashes, {
    snapshot: async () => await readProgramSnapshot(folder, program),
    statements: async (kind) => await readStatementsOf(folder, kind),
    table: async (table, chainId) => await readTable(join(folder, table.file), table, chainId),
  })
}
