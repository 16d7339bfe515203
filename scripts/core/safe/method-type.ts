/** The types of a method's parameters, as the JSON of an ABI writes them. */
import { quote } from "../primitives/text.ts"
import { AirdropError } from "../primitives/error.ts"

/** A parameter in a batch file, not yet checked. */
export interface MethodInput {
  readonly name?: unknown
  readonly type: string
  readonly components?: unknown
}

export type MethodType =
  | { readonly kind: "address" | "bool" | "string" | "bytes" }
  | { readonly kind: "fixed-bytes"; readonly size: number }
  | { readonly kind: "integer"; readonly bits: number; readonly isSigned: boolean }
  | ArrayType
  | TupleType

export interface ArrayType {
  readonly kind: "array"
  readonly item: MethodType
  /** Undefined if any length is valid. */
  readonly length: number | undefined
}

export interface TupleType {
  readonly kind: "tuple"
  readonly members: readonly { readonly name: string; readonly type: MethodType }[]
}

const ARRAY = /^(.*)\[([1-9][0-9]{0,3})?\]$/
const INTEGER = /^(u?)int([1-9][0-9]{0,2})$/
const FIXED_BYTES = /^bytes([1-9]|[12][0-9]|3[0-2])$/

/**
 * Reads the type of a parameter.
 * @throws AirdropError if the Transaction Builder cannot encode it, or encodes it differently than contracts read it
 */
export function readType({ type, components }: MethodInput): MethodType {
  const [, item, length] = ARRAY.exec(type) ?? []
  if (item !== undefined) {
    return {
      kind: "array",
      item: readType({ type: item, components }),
      length: length === undefined ? undefined : Number(length),
    }
  }
  if (type === "tuple") return { kind: "tuple", members: readMembers(components) }
  if (components !== undefined) {
    throw unreadable(`only a tuple has components, and its type is ${quote(type)}`)
  }
  if (type === "address" || type === "bool" || type === "string" || type === "bytes") return { kind: type }
  const [, size] = FIXED_BYTES.exec(type) ?? []
  if (size !== undefined) return { kind: "fixed-bytes", size: Number(size) }
  const [, unsigned, bits] = INTEGER.exec(type) ?? []
  if (bits !== undefined && Number(bits) <= 256 && Number(bits) % 8 === 0) {
    return { kind: "integer", bits: Number(bits), isSigned: unsigned === "" }
  }
  throw unreadable(`${quote(type)} is not a type that an ABI spells like this`)
}

/** Returns the type as written in a signature. */
export function typeName(type: MethodType): string {
  switch (type.kind) {
    case "array":
      return `${typeName(type.item)}[${type.length ?? ""}]`
    case "tuple":
      return `(${type.members.map((member) => typeName(member.type)).join(",")})`
    case "fixed-bytes":
      return `bytes${type.size}`
    case "integer":
      return `${type.isSigned ? "int" : "uint"}${type.bits}`
    case "address":
    case "bool":
    case "string":
    case "bytes":
      return type.kind
  }
}

function readMembers(components: unknown): TupleType["members"] {
  if (!Array.isArray(components) || components.length === 0) throw unreadable("a tuple needs its components")
  return components.map((component: unknown) => {
    const { name, type, components: inner } = (component ?? {}) as Record<string, unknown>
    if (typeof type !== "string") throw unreadable("a component of the tuple has no type")
    if (name !== undefined && typeof name !== "string") throw unreadable("a component's name is not a text")
    return { name: name ?? "", type: readType({ type, components: inner }) }
  })
}

function unreadable(why: string): AirdropError {
  return new AirdropError(why, { code: "invalid-value" })
}
