/**
 * Reads values like the Transaction Builder (release 1.18: its own rules, then those of web3 1.8). It keeps readings
 * that surprise, such as `1a` as 26. It refuses a value that the builder cannot encode, or encodes as something
 * else.
 */
import { parseAddress, toChecksum } from "../primitives/address.ts"
import { quote } from "../primitives/text.ts"
import { AirdropError } from "../primitives/error.ts"
import type { ArrayType, MethodType, TupleType } from "./method-type.ts"

/** A value and the certainty of its reading. */
export interface Reading {
  /** The value in the form of ethers' AbiCoder. */
  readonly value: unknown
  /** True if every reader agrees: plain decimals, checksummed addresses, whole lower-case bytes. */
  readonly isCertain: boolean
}

type Leaf = Exclude<MethodType, ArrayType | TupleType>

/**
 * Reads the text of one parameter.
 * @throws AirdropError that quotes the unreadable part
 */
export function readValue(type: MethodType, text: string): Reading {
  if (type.kind === "tuple") return { value: fromJson(type, parse(text)), isCertain: false }
  if (type.kind !== "array") return readLeaf(type, text, true)
  const innermost = innermostOf(type)
  if (innermost.kind === "tuple") {
    assertTupleArray(type)
    return { value: fromJson(type, parse(text)), isCertain: false }
  }
  if (innermost.kind === "string") return { value: fromJson(type, parse(text)), isCertain: false }
  // web3 completes bytes only in an array of one dimension and any length.
  const completes = type.item.kind !== "array" && type.length === undefined
  const { value, isCertain } = readArray(type, text, completes)
  return { value, isCertain: isCertain && SIMPLE_ARRAY.test(text) }
}

/** An array with quotes and blanks as in JSON. */
const SIMPLE_ARRAY = /^\[(?:(?:"\w+"|\w+)(?:, ?(?:"\w+"|\w+))*)?\]$/

function readArray(type: ArrayType, text: string, completes: boolean): Reading {
  if (!isBracketed(text)) throw unreadable(`${quote(text)} is not an array in brackets`)
  const items = itemsOf(text)
  assertLength(type, items.length, text)
  const { item } = type
  const readings = items.map((entry) => {
    if (item.kind === "array") return readArray(item, entry, completes)
    if (item.kind === "tuple" || isBracketed(entry)) throw unreadable(`${quote(entry)} has other dimensions`)
    const bare = entry.replaceAll(/["']/g, "")
    if (bare === "") throw unreadable(`${quote(text)} has an empty item`)
    return readLeaf(item, bare, completes)
  })
  const isFlat = item.kind !== "array"
  return {
    value: readings.map(({ value }) => value),
    isCertain: isFlat && readings.every((reading) => reading.isCertain),
  }
}

/** Splits at the commas between brackets. Drops blanks, also within an item. */
function itemsOf(text: string): string[] {
  const inner = text.trim().slice(1, -1)
  if (inner === "") return []
  const items = [""]
  let depth = 0
  for (const character of inner.replaceAll(/\s/g, "")) {
    if (character === "[") depth++
    if (character === "]") depth--
    if (character === "," && depth === 0) items.push("")
    else items.push((items.pop() ?? "") + character)
  }
  return items
}

function isBracketed(text: string): boolean {
  const trimmed = text.trim()
  return trimmed.length > 1 && trimmed.startsWith("[") && trimmed.endsWith("]")
}

/**
 * Reads a value that is neither an array nor a tuple.
 * @param completes true if short bytes are padded with zeros, as web3 does outside of nested arrays
 */
function readLeaf(type: Leaf, text: string, completes: boolean): Reading {
  switch (type.kind) {
    case "address":
      return readAddress(text)
    case "bool":
      return readBool(text)
    case "integer":
      return readInteger(type, text)
    case "string":
      if (!text.isWellFormed()) throw unreadable(`${quote(text)} is not a text that UTF-8 can hold`)
      return { value: text, isCertain: /^[\x20-\x7e]*$/.test(text) }
    case "bytes":
      return readBytes(text, completes)
    case "fixed-bytes":
      return readFixedBytes(text, type.size, completes)
  }
}

function readAddress(text: string): Reading {
  const digits = /^(?:0x)?([0-9a-fA-F]{40})$/.exec(text)?.[1]
  if (digits === undefined) throw unreadable(`${quote(text)} is not an address`)
  const isMixed = /[A-F]/.test(digits) && /[a-f]/.test(digits)
  const address = parseAddress(isMixed ? `0x${digits}` : `0x${digits.toLowerCase()}`)
  return { value: address, isCertain: text === toChecksum(address) }
}

function readBool(text: string): Reading {
  const word = text.trim().toLowerCase()
  if (!["true", "1", "false", "0"].includes(word))
    throw unreadable(`${quote(text)} is neither true nor false`)
  return { value: word === "true" || word === "1", isCertain: text === "true" || text === "false" }
}

const DECIMAL = /^-?[0-9]+$/
/** Digits with a letter among them are read as hexadecimal, with or without 0x. */
const HEXADECIMAL = /^(-?)(?:0x)?([0-9a-f]+)$/

function readInteger(type: Extract<MethodType, { kind: "integer" }>, text: string): Reading {
  const bare = text.replaceAll(/["']/g, "").trim().toLowerCase()
  let value: bigint
  if (DECIMAL.test(bare)) value = BigInt(bare)
  else {
    const [, sign, digits] = HEXADECIMAL.exec(bare) ?? []
    if (digits === undefined) throw unreadable(`${quote(text)} is not a whole number`)
    value = BigInt(`0x${digits}`) * (sign === "-" ? -1n : 1n)
  }
  assertFits(type, value, text)
  return { value, isCertain: /^(?:0|[1-9][0-9]*)$/.test(text) }
}

function assertFits(
  { bits, isSigned }: Extract<MethodType, { kind: "integer" }>,
  value: bigint,
  text: string,
): void {
  const fits = isSigned ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value
  if (!fits) throw unreadable(`${quote(text)} does not fit ${isSigned ? "int" : "uint"}${bits}`)
}

const HEX = /^0x[0-9a-fA-F]*$/

/** Reads bytes. A single odd digit becomes the low half of the first byte. */
function readBytes(text: string, completes: boolean): Reading {
  if (!HEX.test(text)) throw unreadable(`${quote(text)} is not 0x and hex digits`)
  const isOdd = text.length % 2 === 1
  if (isOdd && !completes) throw unreadable(`${quote(text)} has an odd number of digits`)
  return { value: isOdd ? `0x0${text.slice(2)}` : text, isCertain: !isOdd && text === text.toLowerCase() }
}

function readFixedBytes(text: string, size: number, completes: boolean): Reading {
  const length = 2 + 2 * size
  if (!HEX.test(text)) throw unreadable(`${quote(text)} is not 0x and hex digits`)
  if (text.length > length || (text.length < length && !completes)) {
    throw unreadable(`${quote(text)} has ${text.length - 2} digits, not ${2 * size}`)
  }
  return {
    value: text.padEnd(length, "0"),
    isCertain: text.length === length && text === text.toLowerCase(),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.trim())
  } catch (cause) {
    throw new AirdropError(`${quote(text)} is not JSON, which tuples and lists of texts have to be`, {
      code: "invalid-value",
      cause,
    })
  }
}

/** Reads a value inside a tuple. It reaches the coder as in JSON, neither trimmed nor completed. */
function fromJson(type: MethodType, json: unknown): unknown {
  const shown = JSON.stringify(json)
  switch (type.kind) {
    case "array": {
      if (!Array.isArray(json)) throw unreadable(`${quote(shown)} is not an array`)
      assertLength(type, json.length, shown)
      return json.map((item: unknown) => fromJson(type.item, item))
    }
    case "tuple":
      return membersOf(type, json)
    case "bool":
      if (typeof json !== "boolean")
        throw unreadable(`${quote(shown)} has to be true or false without quotes`)
      return json
    case "integer":
      return integerOf(type, json)
    case "string":
    case "address":
    case "bytes":
    case "fixed-bytes":
      if (typeof json !== "string") throw unreadable(`${quote(shown)} is not a text`)
      return readLeaf(type, json, false).value
  }
}

/** Returns the values in the order of the components, given by position or by name. */
function membersOf({ members }: TupleType, json: unknown): unknown[] {
  const shown = JSON.stringify(json)
  const count = (values: object): void => {
    const found = Object.keys(values).length
    if (found !== members.length) {
      throw unreadable(`${quote(shown)} has ${found} values, and its tuple ${members.length}`)
    }
  }
  if (Array.isArray(json)) {
    count(json)
    return members.map(({ type }, i) => fromJson(type, json[i]))
  }
  if (typeof json !== "object" || json === null) throw unreadable(`${quote(shown)} is not a tuple`)
  count(json)
  return members.map(({ name, type }) => {
    if (name === "" || !Object.hasOwn(json, name)) throw unreadable(`${quote(shown)} has no ${quote(name)}`)
    return fromJson(type, (json as Record<string, unknown>)[name])
  })
}

function integerOf(type: Extract<MethodType, { kind: "integer" }>, json: unknown): bigint {
  const shown = JSON.stringify(json)
  let value: bigint
  if (typeof json === "number" && Number.isSafeInteger(json) && Math.abs(json) < Number.MAX_SAFE_INTEGER) {
    value = BigInt(json)
  } else if (typeof json === "string" && (DECIMAL.test(json) || /^0x[0-9a-fA-F]+$/.test(json))) {
    value = BigInt(json)
  } else {
    throw unreadable(`${quote(shown)} is not a whole number; write a long one in quotes`)
  }
  assertFits(type, value, shown)
  return value
}

function innermostOf(type: MethodType): Leaf | TupleType {
  return type.kind === "array" ? innermostOf(type.item) : type
}

/** Refuses lists of lists of tuples, whose lengths web3 confuses. */
function assertTupleArray(type: ArrayType): void {
  if (type.item.kind === "array") throw unreadable("lists of lists of tuples cannot be read for certain")
}

function assertLength({ length }: ArrayType, found: number, text: string): void {
  if (length !== undefined && length !== found) {
    throw unreadable(`${quote(text)} has ${found} items, not ${length}`)
  }
}

function unreadable(why: string): AirdropError {
  return new AirdropError(why, { code: "invalid-value" })
}
