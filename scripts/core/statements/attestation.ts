/**
 * Attestations: outsiders sign that they recomputed a root. They are published beside the list, outside what the root
 * covers, and are judged by the attesters' addresses in program.json.
 */
import { TypedDataEncoder, type TypedDataField } from "ethers"
import { z } from "zod"
import { toChecksum, type Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"
import { addressField, bigintField, hash32Field, hexField, parseJsonLine } from "../primitives/fields.ts"
import type { Attester } from "./attester.ts"
import { signerOf } from "./signer.ts"
import { statementDomain } from "./statement.ts"

/** "I recomputed this root and total of this program, from the state at this block, with this version." */
export interface AttestedResult {
  readonly program: string
  readonly chainId: number
  readonly tranche: "automatic" | "reserve"
  readonly root: Hex
  /** Base units. */
  readonly total: bigint
  /** The snapshot block; zero and a zero hash for a program without a snapshot. */
  readonly block: { readonly number: number; readonly hash: Hex }
}

export interface Attestation extends AttestedResult {
  readonly kind: "attestation"
  /** The version of the software that recomputed it. */
  readonly version: string
  readonly attester: Address
  readonly signature: string
}

/** Takes back the attestations of a root by the same key. */
export interface Revocation {
  readonly kind: "revocation"
  readonly program: string
  readonly chainId: number
  readonly root: Hex
  readonly attester: Address
  readonly signature: string
}

export type AttestationEntry = Attestation | Revocation

export const ATTESTATIONS_FILE = "attestations.jsonl"

const ATTESTATION_TYPES: Record<string, TypedDataField[]> = {
  Attestation: [
    { name: "program", type: "string" },
    { name: "tranche", type: "string" },
    { name: "root", type: "bytes32" },
    { name: "total", type: "uint256" },
    { name: "blockNumber", type: "uint256" },
    { name: "blockHash", type: "bytes32" },
    { name: "version", type: "string" },
  ],
}
const REVOCATION_TYPES: Record<string, TypedDataField[]> = {
  Revocation: [
    { name: "program", type: "string" },
    { name: "root", type: "bytes32" },
  ],
}

/** What a wallet signs for an entry. */
export interface TypedMessage {
  readonly domain: ReturnType<typeof statementDomain>
  readonly types: Record<string, TypedDataField[]>
  readonly message: Record<string, string | bigint>
}

/** Returns the typed data of an entry. */
export function attestationMessage(
  entry: Omit<Attestation, "attester" | "signature"> | Omit<Revocation, "attester" | "signature">,
): TypedMessage {
  const domain = statementDomain(entry.chainId)
  if (entry.kind === "revocation")
    return { domain, types: REVOCATION_TYPES, message: { program: entry.program, root: entry.root } }
  const { program, tranche, root, total, block, version } = entry
  const message = {
    program,
    tranche,
    root,
    total,
    blockNumber: BigInt(block.number),
    blockHash: block.hash,
    version,
  }
  return { domain, types: ATTESTATION_TYPES, message }
}

const signed = { attester: addressField, signature: hexField }
const shared = { program: z.string(), chainId: z.int().positive(), root: hash32Field }
const line = z.discriminatedUnion("format", [
  z.strictObject({
    format: z.literal("merkle-airdrop/attestation@1"),
    ...shared,
    tranche: z.enum(["automatic", "reserve"]),
    total: bigintField,
    block: z.strictObject({ number: z.int().nonnegative(), hash: hash32Field }),
    version: z.string().regex(/^[0-9A-Za-z.+-]{1,40}$/, "is not a version"),
    ...signed,
  }),
  z.strictObject({ format: z.literal("merkle-airdrop/revocation@1"), ...shared, ...signed }),
])

/**
 * Reads one line of attestations.jsonl.
 * @throws AirdropError that names the field
 */
export function parseAttestationLine(text: string): AttestationEntry {
  const fields = parseJsonLine(line, text)
  if (fields.format === "merkle-airdrop/revocation@1") {
    const { program, chainId, root, attester, signature } = fields
    return { kind: "revocation", program, chainId, root, attester, signature }
  }
  const { program, chainId, root, tranche, total, block, version, attester, signature } = fields
  return { kind: "attestation", program, chainId, tranche, root, total, block, version, attester, signature }
}

/** Writes one line of attestations.jsonl, without its end. */
export function formatAttestation(entry: AttestationEntry): string {
  const { kind, program, chainId, root, attester, signature } = entry
  return JSON.stringify({
    format: `merkle-airdrop/${kind}@1`,
    program,
    chainId,
    root,
    ...(entry.kind === "attestation" && {
      tranche: entry.tranche,
      total: entry.total.toString(),
      block: entry.block,
      version: entry.version,
    }),
    attester: toChecksum(attester),
    signature,
  })
}

/** The attestations of one result, and the faults of others by line. */
export interface JudgedAttestations {
  /** The names of the attesters that count, in the order of program.json. */
  readonly by: readonly string[]
  /** Attestations of earlier roots, which no longer count. */
  readonly earlier: number
  readonly faults: readonly { readonly line: number; readonly text: string }[]
}

/**
 * Judges the attestations of a program against what was recomputed.
 * @param results the roots and totals of its tranches
 */
export function judgeAttestations(
  entries: readonly AttestationEntry[],
  attesters: readonly Attester[],
  results: readonly AttestedResult[],
  tranche: AttestedResult["tranche"],
): JudgedAttestations {
  const result = results.find((one) => one.tranche === tranche)
  const counted = new Set<Address>()
  const faults: { line: number; text: string }[] = []
  const seen = new Set<string>()
  let earlier = 0
  for (const [i, entry] of entries.entries()) {
    const fault = entryFault(entry, attesters, results, seen)
    if (fault !== undefined) {
      faults.push({ line: i + 1, text: fault })
    } else if (entry.kind === "revocation") {
      if (entry.root === result?.root) counted.delete(entry.attester)
    } else if (entry.tranche === tranche) {
      if (entry.root === result?.root) counted.add(entry.attester)
      else earlier++
    }
  }
  const by = attesters.filter(({ address }) => counted.has(address)).map(({ name }) => name)
  return { by, earlier, faults }
}

function entryFault(
  entry: AttestationEntry,
  attesters: readonly Attester[],
  results: readonly AttestedResult[],
  seen: Set<string>,
): string | undefined {
  const { kind, program, chainId, root, attester, signature } = entry
  const [any] = results
  if (any !== undefined && (program !== any.program || chainId !== any.chainId)) {
    return `is of ${program} on chain ${chainId}, this is ${any.program} on chain ${any.chainId}`
  }
  if (!attesters.some(({ address }) => address === attester)) {
    return `${toChecksum(attester)} is no attester of program.json`
  }
  const { domain, types, message } = attestationMessage(entry)
  const signer = signerOf(TypedDataEncoder.hash(domain, types, message) as Hex, signature)
  if (signer !== attester) {
    return `is not signed by ${toChecksum(attester)}, but by ${signer === undefined ? "no key" : toChecksum(signer)}`
  }
  const key = JSON.stringify([kind, root, attester, kind === "attestation" ? entry.tranche : ""])
  if (seen.has(key)) return `repeats an earlier line of ${toChecksum(attester)}`
  seen.add(key)
  if (entry.kind === "revocation") return undefined
  const result = results.find((one) => one.tranche === entry.tranche)
  if (result?.root !== root) return undefined // of an earlier root
  if (entry.total !== result.total)
    return `its total is ${entry.total} base units, this root pays ${result.total}`
  const { number, hash } = result.block
  if (entry.block.number !== number || entry.block.hash !== hash) {
    return `its block is ${entry.block.number} ${entry.block.hash}, the snapshot's ${number} ${hash}`
  }
  return undefined
}
