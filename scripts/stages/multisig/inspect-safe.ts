/** Inspects the Safe itself: the code that it runs, and the accounts that can act for it. */
import type { Provider } from "ethers"
import { toChecksum } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { knownSingletons } from "../../io/safe/deployments.ts"
import { readSafeSettings } from "../../io/safe/read-settings.ts"
import type { SafeState } from "../../io/safe/safe.ts"
import { settingAlarms } from "../../core/status/owner-alarms.ts"
import type { OwnerRecord } from "../../core/safe/owner-record.ts"

export interface SafeFindings {
  readonly flags: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Flags an implementation that Safe has not published and settings that differ from those that were recorded, and
 * names modules and guards.
 * @param record of the airdrop's owner; undefined before deployment
 */
export async function inspectSafe(
  provider: Provider,
  safe: SafeState,
  record: OwnerRecord | undefined,
): Promise<SafeFindings> {
  const flags: string[] = []
  const notes: string[] = []
  const settings = await readSafeSettings(provider, safe.address)
  if (settings === undefined) {
    throw new AirdropError(`${safe.address} does not answer as a Safe does`, { code: "mismatch" })
  }
  const { implementation, guard, moduleGuard, modules } = settings
  const published = knownSingletons(safe.chainId).get(implementation)
  if (published === undefined) {
    flags.push(
      `the Safe runs the code of ${toChecksum(implementation)}, which Safe has not published for this chain`,
    )
  } else if (published !== safe.version.replace("+L2", "")) {
    flags.push(`the Safe reports version ${safe.version} but runs the code of ${published}`)
  }
  if (record?.safe !== undefined && record.address === safe.address) {
    flags.push(...settingAlarms(record, settings))
  }
  if (guard !== undefined) {
    notes.push(`A guard, ${toChecksum(guard)}, can refuse what the Safe executes.`)
  }
  if (moduleGuard !== undefined) {
    notes.push(`A guard, ${toChecksum(moduleGuard)}, can refuse what modules execute.`)
  }
  for (const module of modules) {
    notes.push(`The module ${toChecksum(module)} can act for the Safe without signatures.`)
  }
  return { flags, notes }
}
