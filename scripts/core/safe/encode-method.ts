/** Encodes a call that is written as a method and its values, as the Transaction Builder does. */
import { AbiCoder, id, ParamType } from "ethers"
import type { Hex } from "../primitives/bytes.ts"

/** A parameter as the JSON of an ABI has it. */
export interface MethodInput {
  readonly name?: string | undefined
  readonly type: string
  readonly components?: readonly MethodInput[] | undefined
}

/**
 * The calldata.
 * @param values by parameter name; arrays and tuples as JSON text
 * @throws whatever ethers does if a value does not fit its type
 */
export function encodeMethod(
  name: string,
  inputs: readonly MethodInput[],
  values: Readonly<Record<string, unknown>>,
): Hex {
  const types = inputs.map((entry) => ParamType.from(entry))
  const selector = id(`${name}(${types.map((type) => type.format("sighash")).join(",")})`).slice(0, 10)
  const parsed = inputs.map(({ name: key = "", type }) => {
    const value = values[key]
    const nested = type.endsWith("]") || type.startsWith("tuple")
    if (nested && typeof value === "string") return JSON.parse(value) as unknown
    return type === "bool" && typeof value === "string" ? value.toLowerCase() === "true" : value
  })
  return `${selector}${AbiCoder.defaultAbiCoder().encode(types, parsed).slice(2)}` as Hex
}
