import { AirdropError } from "../../core/primitives/error.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { Progress } from "../publication/publish.ts"
import type { Recomputed } from "./recompute.ts"
import { verifyFiles } from "./verify-files.ts"

/**
 * Refuses a program whose files do not follow from its inputs, or whose proofs do not lead to its roots.
 * @param folder where the automatic tranche is published, and in it the reserve if there is one
 * @returns what was recomputed
 * @throws AirdropError (mismatch) with the first discrepancy
 */
export async function refuseUnverified(
  loaded: LoadedProgram,
  folder: string,
  progress: Progress,
): Promise<Recomputed> {
  const recomputed = await verifyFiles(loaded, folder, { compared: progress, proven: progress })
  const { stages } = recomputed
  const findings = stages.flatMap((stage) => stage.findings)
  const [first] = findings
  if (first === undefined) return recomputed
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : ""
  throw new AirdropError(`${loaded.name} does not verify: ${first.file}: ${first.problem}${more}`, {
    code: "mismatch",
    hint: "./airdrop verify shows every difference.",
  })
}
