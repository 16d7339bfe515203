/** Reads block headers in the form that is hashed: an RLP list of byte strings, sixteen on Arbitrum, more on Ethereum. */
import { RLP, type NestedUint8Array } from "@ethereumjs/rlp"
import { equalBytes, toHex, type Hex } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"
import { keccak256 } from "../primitives/keccak.ts"

/** What is read of a header. */
export interface RlpHeader {
  readonly hash: Hex
  readonly parentHash: Hex
  readonly stateRoot: Hex
  readonly number: number
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly extraData: Hex
  /** The number of its fields. */
  readonly fieldCount: number
}

/** The number of fields that Arbitrum hashes, and the least that Ethereum has had since London. */
export const HEADER_FIELDS = 16
const AT = { parentHash: 0, stateRoot: 3, number: 8, timestamp: 11, extraData: 12 } as const
/** No block has longer numbers. */
const MOST_NUMBER_BYTES = 6

/**
 * Reads a header.
 * @param rlp the list in its one encoding
 * @param what names it in errors, such as "header 3"
 * @throws AirdropError `mismatch` if it is not a header
 */
export function readHeader(rlp: Uint8Array, what: string): RlpHeader {
  const fields = fieldsOf(rlp, what)
  const hash = (name: "parentHash" | "stateRoot"): Hex => {
    const field = fields[AT[name]]
    if (field?.length !== 32) throw fault(`${what}: its ${name} is not 32 bytes long`)
    return toHex(field)
  }
  const number = (name: "number" | "timestamp"): number => {
    const field = fields[AT[name]] ?? new Uint8Array()
    if (field.length > MOST_NUMBER_BYTES || field[0] === 0)
      throw fault(`${what}: its ${name} is not a number`)
    return field.length === 0 ? 0 : Number(toHex(field))
  }
  return {
    hash: toHex(keccak256(rlp)),
    parentHash: hash("parentHash"),
    stateRoot: hash("stateRoot"),
    number: number("number"),
    timestamp: number("timestamp"),
    extraData: toHex(fields[AT.extraData] ?? new Uint8Array()),
    fieldCount: fields.length,
  }
}

function fieldsOf(rlp: Uint8Array, what: string): readonly Uint8Array[] {
  const fields = listOf(rlp, what)
  if (fields.length < HEADER_FIELDS)
    throw fault(`${what}: has ${fields.length} fields, which is no block header`)
  return fields
}

function listOf(rlp: Uint8Array, what: string): readonly Uint8Array[] {
  const fields = decoded(rlp, what)
  if (!fields.every((field) => field instanceof Uint8Array) || !equalBytes(RLP.encode([...fields]), rlp)) {
    throw fault(`${what}: is not a list of fields in RLP`)
  }
  return fields
}

function decoded(rlp: Uint8Array, what: string): readonly NestedUint8Array[number][] {
  try {
    const list = RLP.decode(rlp)
    return Array.isArray(list) ? list : []
  } catch (cause) {
    throw fault(`${what}: is not RLP`, cause)
  }
}

function fault(message: string, cause?: unknown): AirdropError {
  return new AirdropError(message, { code: "mismatch", cause })
}
