/** Records the owner of an airdrop anew, after a change that was planned. */
import { AirdropError } from "../../core/primitives/error.ts"
import { quote, visible } from "../../core/primitives/text.ts"
import type { OwnerRecord } from "../../core/safe/owner-record.ts"
import type { Status } from "../../core/status/status.ts"
import { requireDeployment, writeDeployment } from "../deployment/deployment-file.ts"
import type { LoadedProgram } from "../program/load-program.ts"

const LONGEST_REASON = 300

/**
 * Reads the reason of a record.
 * @throws AirdropError if it is empty, too long or more than one line
 */
export function readReason(text: string): string {
  const reason = text.trim()
  if (reason === "" || reason.length > LONGEST_REASON || visible(reason) !== reason) {
    throw new AirdropError(
      `the reason ${quote(text)} is not one line of at most ${LONGEST_REASON} characters`,
      { code: "invalid-value" },
    )
  }
  return reason
}

/**
 * Adds the owner as a status shows it to deployment.json, with the reason.
 * @throws AirdropError "refused" if nothing differs from the record
 */
export async function recordOwnerAnew(
  { folder, program }: LoadedProgram,
  { state, ownerAlarms }: Status,
  reason: string,
): Promise<OwnerRecord> {
  if (ownerAlarms.length === 0) {
    throw new AirdropError("the owner and its settings are as recorded", {
      code: "refused",
      hint: "Leave --record-owner out.",
    })
  }
  const deployment = await requireDeployment(folder)
  const { block, time, owner: address, ownerSafe: safe } = state
  const record: OwnerRecord = { block, time, reason, address, safe }
  const [first, ...later] = deployment.ownerHistory
  const ownerHistory = [first, ...later, record] as const
  await writeDeployment(folder, { ...deployment, ownerHistory }, program.token.decimals)
  return record
}
