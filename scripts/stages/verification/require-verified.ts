import { AirdropError } from "../../core/primitives/error.ts"
import { checkPublished } from "../publication/check-published.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { Progress } from "../publication/publish.ts"
import { recompute } from "./recompute.ts"

/**
 * Nobody is asked to sign for files that do not follow from the inputs, or do not agree down to the last proof.
 * @param folders what is published: the automatic tranche first, then the reserve if there is one
 * @throws AirdropError (exit 1) with the first discrepancy
 */
export async function refuseUnverified(
  loaded: LoadedProgram,
  folders: readonly [automatic: string, ...reserve: string[]],
  progress: Progress,
): Promise<void> {
  const { stages } = await recompute(loaded, folders[0], progress)
  const findings = stages.flatMap((stage) => stage.findings)
  for (const folder of folders) findings.push(...(await checkPublished(folder, progress)).findings)
  const [first] = findings
  if (first === undefined) return
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : ""
  throw new AirdropError(`${loaded.name} does not verify: ${first.file}: ${first.problem}${more}`, {
    exit: 1,
    hint: "./airdrop verify shows all that differs.",
  })
}
