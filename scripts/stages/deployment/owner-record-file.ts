/** The records of an airdrop's owner as deployment.json has them. */
import { z } from "zod"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { addressField, timeField } from "../../core/primitives/fields.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { OwnerRecord } from "../../core/safe/owner-record.ts"
import type { SafeSettings } from "../../core/safe/safe-settings.ts"

const SAFE = z.strictObject({
  version: z.string(),
  implementation: addressField,
  threshold: z.int().positive(),
  owners: z.array(addressField).min(1),
  modules: z.array(addressField),
  guard: addressField.nullable(),
  moduleGuard: addressField.nullable(),
  fallbackHandler: addressField.nullable(),
})

export const OWNER_RECORD = z.strictObject({
  block: z.int().nonnegative(),
  time: timeField,
  reason: z.string().min(1),
  address: addressField,
  /** Null if the owner is not a Safe. */
  safe: SAFE.nullable(),
})

/** Returns the record that the file has. */
export function parseOwnerRecord(file: z.output<typeof OWNER_RECORD>): OwnerRecord {
  const { time, safe, ...rest } = file
  return {
    ...rest,
    time: time.getTime() / 1000,
    safe:
      safe === null
        ? undefined
        : {
            ...safe,
            owners: safe.owners.toSorted(),
            modules: safe.modules.toSorted(),
            guard: safe.guard ?? undefined,
            moduleGuard: safe.moduleGuard ?? undefined,
            fallbackHandler: safe.fallbackHandler ?? undefined,
          },
  }
}

/** Returns the record as the file has it. */
export function formatOwnerRecord({ safe, ...record }: OwnerRecord): z.input<typeof OWNER_RECORD> {
  return {
    ...record,
    time: isoTime(record.time),
    address: toChecksum(record.address),
    safe: safe === undefined ? null : formatSettings(safe),
  }
}

function formatSettings(safe: SafeSettings): z.input<typeof SAFE> {
  const orNull = (address: Address | undefined): string | null =>
    address === undefined ? null : toChecksum(address)
  return {
    ...safe,
    implementation: toChecksum(safe.implementation),
    owners: safe.owners.map(toChecksum),
    modules: safe.modules.map(toChecksum),
    guard: orNull(safe.guard),
    moduleGuard: orNull(safe.moduleGuard),
    fallbackHandler: orNull(safe.fallbackHandler),
  }
}
