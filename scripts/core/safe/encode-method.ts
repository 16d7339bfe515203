/** Encodes a call given as a method and its values, to the same bytes as the Transaction Builder. */
import { AbiCoder, id } from "ethers"
import { quote, shortened, visible } from "../primitives/text.ts"
import type { Hex } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"
import { readType, typeName, type MethodInput } from "./method-type.ts"
import { readValue } from "./method-values.ts"

export interface Method {
  readonly name: string
  readonly inputs?: readonly MethodInput[] | undefined
}

export interface EncodedMethod {
  readonly data: Hex
  /** Sentences about values that another reader might read differently; empty if the bytes are certain. */
  readonly doubts: readonly string[]
}

/** The two functions of a contract that have no selector. A call of them carries no data. */
const BARE = ["receive", "fallback"]

/**
 * Encodes a method with values that are texts.
 * @param values by parameter name, or by position if the parameter has no name
 * @throws AirdropError that names parameter and value if the Transaction Builder could not encode it
 */
export function encodeMethod(method: Method, values: Readonly<Record<string, unknown>>): EncodedMethod {
  if (BARE.includes(method.name)) return { data: "0x", doubts: [] }
  const { inputs } = method
  if (inputs === undefined) throw unreadable(`the method ${quote(method.name)} has no list of inputs`)
  const doubts: string[] = []
  const parameters = inputs.map((input, i) => {
    const named = nameOf(input, i)
    try {
      const type = readType(input)
      const text = Object.hasOwn(values, named) ? values[named] : undefined
      if (typeof text !== "string") throw unreadable("its value is missing, or is not a text in quotes")
      const { value, isCertain } = readValue(type, text)
      if (!isCertain) doubts.push(`${quote(named)} is written ${quote(text)} and read as ${shown(value)}`)
      return { type: typeName(type), value }
    } catch (cause) {
      if (!(cause instanceof AirdropError)) throw cause
      throw new AirdropError(`parameter ${quote(named)} (${shortened(input.type, 40)}): ${cause.message}`, {
        code: "invalid-value",
        cause,
      })
    }
  })
  const types = parameters.map(({ type }) => type)
  const signature = signatureOf(method.name, types)
  if (signature === method.name) doubts.push(`its name is taken as a whole signature: ${quote(signature)}`)
  const encoded = AbiCoder.defaultAbiCoder().encode(
    types,
    parameters.map(({ value }) => value),
  )
  return { data: `${id(signature).slice(0, 10)}${encoded.slice(2)}` as Hex, doubts }
}

/** Returns the key of a parameter's value. */
function nameOf({ name }: MethodInput, index: number): string {
  if (typeof name !== "string") throw unreadable(`parameter ${index + 1} has no name, not even an empty one`)
  return name === "" ? index.toString() : name
}

/** Returns the signature of a method. A name with a bracket in it is the signature, whatever the inputs are. */
function signatureOf(name: string, types: readonly string[]): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return `${name}(${types.join(",")})`
  if (/^[A-Za-z_$][\w$]*\([\w$,()[\]]*\)$/.test(name)) return name
  throw unreadable(`${quote(name)} is not the name of a method`)
}

/** Writes a value as it was read: texts in quotes, numbers bare. */
function shown(value: unknown): string {
  return visible(shortened(plain(value), 160))
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(", ")}]`
  return typeof value === "string" ? JSON.stringify(value) : String(value)
}

function unreadable(why: string): AirdropError {
  return new AirdropError(why, { code: "invalid-value" })
}
