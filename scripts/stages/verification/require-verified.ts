import { AirdropError } from "../../core/primitives/error.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { Progress } from "../publication/publish.ts"
import { verifyFiles } from "./verify-files.ts"

/**
 * Refuses a program whose files do not follow from its inputs, or whose proofs do not lead to its roots.
 * @param folder where the automatic tranche is published, and in it the reserve if there is one
 * @throws AirdropError (mismatch) with the first discrepancy
 */
export async function refuseUnverified(
  loaded: LoadedProgram,
  folder: string,
  progress: Progress,
): Promise<void> {
  const { stages } = await verifyFiles(loaded, folder, { compared: progress, proven: progress })
  const findings = stages.flatMap((stage) => stage.findings)
  const [first] = findings
  if (first === undefined) return
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : ""
  throw new AirdropError(`${loaded.name} does not verify: ${first.file}: ${first.problem}${more}`, {
    code: "mismatch",
    hint: "./airdrop verify shows every difference.",
  })
}
