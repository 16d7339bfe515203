/** The lines of a ledger file: one JSON object each. Amounts have all of the token's decimals, times are UTC. */
import { z } from "zod"
import { formatAmount } from "../primitives/amount.ts"
import { toChecksum } from "../primitives/address.ts"
import type { Evidence } from "./grant-evidence.ts"
import { addressField, amountField, hash32Field, timeField, parseJsonLine } from "../primitives/fields.ts"
import type { LedgerEntry } from "./ledger.ts"
import { signatureFields } from "../statements/statement-line.ts"
import { isoTime } from "../primitives/time.ts"

const FORMAT = "merkle-airdrop/grant@1"

/** Creates the schema of evidence in files, which `grants add --evidence` reads too. */
export function evidenceSchema(decimals: number): z.ZodType<Evidence> {
  return z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("note"), text: z.string().min(1) }),
    z.strictObject({
      kind: z.literal("link"),
      from: addressField,
      to: addressField,
      deadline: timeField,
      ...signatureFields,
    }),
    z.strictObject({
      kind: z.literal("transfers"),
      from: addressField,
      hops: z
        .array(
          z.strictObject({
            to: addressField,
            amount: amountField(decimals),
            time: timeField,
            transaction: hash32Field,
          }),
        )
        .min(1),
    }),
  ])
}

function entrySchema(decimals: number): z.ZodType<LedgerEntry> {
  const format = z.literal(FORMAT)
  const reason = z.string().trim().min(1)
  const id = z.int().positive()
  const grant = z
    .strictObject({
      format,
      kind: z.literal("grant"),
      id,
      account: addressField,
      amount: amountField(decimals).refine((amount) => amount > 0n, "is nothing"),
      reason,
      evidence: evidenceSchema(decimals).optional(),
      overriddenChecks: z.array(z.string()).default([]),
      time: timeField,
    })
    .transform((line) => ({ ...line, evidence: line.evidence }))
  const revoke = z.strictObject({ format, kind: z.literal("revoke"), grantId: id, reason, time: timeField })
  const root = z.strictObject({
    format,
    kind: z.literal("root"),
    root: hash32Field,
    accountCount: z.int().nonnegative(),
    total: amountField(decimals),
    time: timeField,
  })
  return z.discriminatedUnion("kind", [grant, revoke, root])
}

/**
 * Reads one line.
 * @throws AirdropError that names the field
 */
export function parseLedgerLine(text: string, decimals: number): LedgerEntry {
  return parseJsonLine(entrySchema(decimals), text)
}

/** Writes one line, with no line end. */
export function formatLedgerLine(entry: LedgerEntry, decimals: number): string {
  const time = isoTime(entry.time)
  switch (entry.kind) {
    case "grant":
      return JSON.stringify({
        format: FORMAT,
        kind: entry.kind,
        id: entry.id,
        account: toChecksum(entry.account),
        amount: formatAmount(entry.amount, decimals),
        reason: entry.reason,
        evidence: entry.evidence && evidenceFields(entry.evidence, decimals),
        overriddenChecks: entry.overriddenChecks.length === 0 ? undefined : entry.overriddenChecks,
        time,
      })
    case "revoke":
      return JSON.stringify({
        format: FORMAT,
        kind: entry.kind,
        grantId: entry.grantId,
        reason: entry.reason,
        time,
      })
    case "root":
      return JSON.stringify({
        format: FORMAT,
        kind: entry.kind,
        root: entry.root,
        accountCount: entry.accountCount,
        total: formatAmount(entry.total, decimals),
        time,
      })
  }
}

/** Returns evidence as written to JSON. */
export function evidenceFields(evidence: Evidence, decimals: number): object {
  switch (evidence.kind) {
    case "note":
      return evidence
    case "link":
      return {
        kind: evidence.kind,
        from: toChecksum(evidence.from),
        to: toChecksum(evidence.to),
        deadline: isoTime(evidence.deadline),
        scheme: evidence.scheme,
        signature: evidence.signature,
      }
    case "transfers":
      return {
        kind: evidence.kind,
        from: toChecksum(evidence.from),
        hops: evidence.hops.map((hop) => ({
          to: toChecksum(hop.to),
          amount: formatAmount(hop.amount, decimals),
          time: isoTime(hop.time),
          transaction: hop.transaction,
        })),
      }
  }
}
