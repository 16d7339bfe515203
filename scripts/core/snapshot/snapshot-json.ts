/**
 * snapshot.json: a snapshot as text. Each account, and each element of a section's lists, has a line of its own. The same
 * state gives the same bytes.
 */
import { z } from "zod"
import { compareAddresses, parseAddress, toChecksum, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { addressField, hash32Field } from "../primitives/fields.ts"
import { READERS } from "../readers/readers.ts"
import type { Account } from "./account.ts"
import { sectionsOf, type Snapshot } from "./snapshot.ts"
import type { ParsedJson } from "../files/parsed-json.ts"
import { readBySchema } from "../files/by-schema.ts"

const seconds = z.int().nonnegative()

const vesting = {
  beneficiary: addressField,
  revoker: addressField,
  revoked: z.boolean(),
  start: seconds,
  end: seconds,
}

const account = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("plain") }),
  z.strictObject({ kind: z.literal("empty") }),
  z.strictObject({ kind: z.literal("contract") }),
  z.strictObject({ kind: z.literal("eip7702"), delegate: addressField }),
  z.strictObject({
    kind: z.literal("safe"),
    version: z.string(),
    threshold: z.int().nonnegative(),
    owners: z.array(addressField),
  }),
  z.strictObject({ kind: z.literal("vesting-staking"), ...vesting }),
  z.strictObject({ kind: z.literal("vesting-nostaking"), ...vesting }),
])

const snapshot = z.strictObject({
  format: z.literal("merkle-airdrop/snapshot@1"),
  chainId: z.int().positive(),
  block: z.strictObject({
    number: z.int().nonnegative(),
    hash: hash32Field,
    timestamp: seconds,
  }),
  token: z.strictObject({ address: addressField, implementation: addressField }),
  amounts: z.literal("base units"),
  sections: z.strictObject(
    Object.fromEntries([...READERS].map(([name, { schema }]) => [name, schema.optional()])),
  ),
  accounts: z.record(z.string(), account),
})

/**
 * Reads the JSON of a snapshot.json.
 * @param file its name for error lines
 * @throws AirdropError that names the file and the field
 */
export function snapshotOf(json: ParsedJson, file: string): Snapshot {
  const { format, chainId, block, token, sections, accounts } = readBySchema(snapshot, json, file)
  const map = new Map<Address, Account>()
  for (const [key, value] of Object.entries(accounts)) {
    const address = parseAddress(key)
    if (map.has(address))
      throw new AirdropError(`${file}: accounts.${key}: is listed twice`, { code: "duplicate" })
    map.set(address, value)
  }
  return { format, chainId, block, token, sections: new Map(Object.entries(sections)), accounts: map }
}

/** Returns the text of a snapshot, which is the same for the same state. */
export function snapshotText(value: Snapshot): string {
  const { format, chainId, block, token } = value
  const head = {
    format,
    chainId,
    block,
    token: { address: toChecksum(token.address), implementation: toChecksum(token.implementation) },
    amounts: "base units",
  }
  const accounts = [...value.accounts]
    .sort(([a], [b]) => compareAddresses(a, b))
    .map(([address, entry]) => `"${toChecksum(address)}": ${JSON.stringify(accountJson(entry))}`)
  const sections = sectionsOf(value).map(
    ([reader, section]) => `"${reader.name}": ${sectionText(reader.toJson(section))}`,
  )
  const lines = JSON.stringify(head, null, 1).replace(/\n\}$/, "")
  return `${lines},\n "sections": ${braces("{}", sections, " ")},\n "accounts": ${braces("{}", accounts, " ")}\n}\n`
}

/** Returns the text of a section at its place in the file. */
function sectionText(json: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(json).map(([key, value]) => {
    const text = Array.isArray(value)
      ? braces(
          "[]",
          value.map((element) => JSON.stringify(element)),
          "   ",
        )
      : JSON.stringify(value)
    return `"${key}": ${text}`
  })
  return braces("{}", entries, "  ")
}

/** Returns a list of entries in brackets, one a line. @param indent of the line on which the bracket closes */
function braces(brackets: "{}" | "[]", entries: readonly string[], indent: string): string {
  const [open = "", close = ""] = brackets
  if (entries.length === 0) return brackets
  return `${open}\n${entries.map((entry) => `${indent} ${entry}`).join(",\n")}\n${indent}${close}`
}

function accountJson(value: Account): unknown {
  switch (value.kind) {
    case "plain":
    case "empty":
    case "contract":
      return { kind: value.kind }
    case "eip7702":
      return { kind: value.kind, delegate: toChecksum(value.delegate) }
    case "safe": {
      const { kind, version, threshold, owners } = value
      return { kind, version, threshold, owners: owners.map(toChecksum) }
    }
    case "vesting-staking":
    case "vesting-nostaking": {
      const { kind, beneficiary, revoker, revoked, start, end } = value
      return { kind, beneficiary: toChecksum(beneficiary), revoker: toChecksum(revoker), revoked, start, end }
    }
  }
}
