/**
 * Computes the hash of a block from the fields of its header, by two rules. Arbitrum hashes sixteen fields (other
 * fields of its RPC's answer, such as l1BlockNumber and sendRoot, are not hashed). Ethereum also hashes those
 * fields of its later forks that the header has.
 */
import { RLP } from "@ethereumjs/rlp"
import { AirdropError } from "../primitives/error.ts"
import { fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"

/** A field is bytes of a fixed length, bytes of any length, or a number hashed as bytes with no leading zeros. */
type Field = readonly [name: string, kind: number | "bytes" | "number"]

const ARBITRUM_FIELDS: readonly Field[] = [
  ["parentHash", 32],
  ["sha3Uncles", 32],
  ["miner", 20],
  ["stateRoot", 32],
  ["transactionsRoot", 32],
  ["receiptsRoot", 32],
  ["logsBloom", 256],
  ["difficulty", "number"],
  ["number", "number"],
  ["gasLimit", "number"],
  ["gasUsed", "number"],
  ["timestamp", "number"],
  ["extraData", "bytes"],
  ["mixHash", 32],
  ["nonce", 8],
  ["baseFeePerGas", "number"],
]

/** Fields of Ethereum's later forks, in order. A header has the first few of them. */
const LATER_FIELDS: readonly Field[] = [
  ["withdrawalsRoot", 32],
  ["blobGasUsed", "number"],
  ["excessBlobGas", "number"],
  ["parentBeaconBlockRoot", 32],
  ["requestsHash", 32],
]

export type HeaderRule = "arbitrum" | "ethereum"

/** The hashed fields of a header, by name, as 0x-hex. */
export type HeaderFields = Readonly<Record<string, string>>

/** A header whose fields hash to its hash. */
export interface VerifiedHeader {
  readonly rule: HeaderRule
  readonly hash: Hex
  readonly number: number
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly stateRoot: Hex
  /** The hashed fields in one form: lower-case, numbers with no leading zeros. */
  readonly fields: HeaderFields
}

/** Returns the header as it is hashed. */
export function headerRlp(fields: HeaderFields, rule: HeaderRule): Uint8Array {
  return RLP.encode(namesOf(fields, rule).map((field) => fieldBytes(fields, field)))
}

/** Returns keccak256 of the header's RLP. */
export function headerHash(fields: HeaderFields, rule: HeaderRule): Hex {
  return toHex(keccak256(headerRlp(fields, rule)))
}

/**
 * Checks that the fields of an RPC's block hash to its hash, by either rule.
 * @throws AirdropError `mismatch` if they do not
 */
export function verifyHeader(
  fields: Readonly<Record<string, unknown>>,
  expectedHash: string,
): VerifiedHeader {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) if (typeof value === "string") texts[name] = value
  for (const rule of ["arbitrum", "ethereum"] as const) {
    if (rule === "ethereum" && texts["withdrawalsRoot"] === undefined) continue
    if (headerHash(texts, rule) !== expectedHash.toLowerCase()) continue
    const hashed = Object.fromEntries(
      namesOf(texts, rule).map((field) => [field[0], canonical(texts, field)]),
    )
    return {
      rule,
      hash: toHex(fromHex(expectedHash, 32)),
      number: safeNumber(hashed, "number"),
      timestamp: safeNumber(hashed, "timestamp"),
      stateRoot: toHex(fromHex(hashed["stateRoot"] ?? "", 32)),
      fields: hashed,
    }
  }
  throw new AirdropError(`the fields of the block header do not hash to ${expectedHash}`, {
    code: "rpc-answer",
  })
}

function namesOf(fields: HeaderFields, rule: HeaderRule): readonly Field[] {
  return rule === "arbitrum"
    ? ARBITRUM_FIELDS
    : [...ARBITRUM_FIELDS, ...LATER_FIELDS.filter(([name]) => fields[name] !== undefined)]
}

function fieldBytes(fields: HeaderFields, [name, kind]: Field): Uint8Array {
  const text = fields[name]
  if (text === undefined) throw new AirdropError(`the block header has no ${name}`, { code: "rpc-answer" })
  if (kind === "bytes") return fromHex(text)
  if (kind !== "number") return fromHex(text, kind)
  if (!/^0x[0-9a-fA-F]{1,64}$/.test(text)) {
    throw new AirdropError(`${name} of the block header is not a number: ${text.slice(0, 80)}`, {
      code: "rpc-answer",
    })
  }
  const digits = text.slice(2).replace(/^0+/, "")
  return fromHex(`0x${digits.length % 2 === 0 ? digits : `0${digits}`}`)
}

/** Returns the one canonical text of a field. */
function canonical(fields: HeaderFields, field: Field): string {
  const [name, kind] = field
  return kind === "number" ? `0x${BigInt(fields[name] ?? "").toString(16)}` : toHex(fieldBytes(fields, field))
}

function safeNumber(fields: HeaderFields, name: string): number {
  const value = Number(fields[name])
  if (!Number.isSafeInteger(value))
    throw new AirdropError(`${name} of the block header is too large`, { code: "rpc-answer" })
  return value
}
