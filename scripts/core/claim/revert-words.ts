import { id, Interface } from "ethers"
import { quote } from "../primitives/text.ts"
import { CLAIM_ERROR_WORDS, CLAIM_ERRORS } from "./claim-errors.ts"

const MEANING_OF_SELECTOR = new Map(
  Object.entries(CLAIM_ERRORS).map(([signature, meaning]) => [id(signature).slice(0, 10), meaning]),
)
const ERROR_STRING = id("Error(string)").slice(0, 10)
const ERRORS = new Interface(Object.keys(CLAIM_ERRORS).map((signature) => `error ${signature}`))

/**
 * Returns the words for the data with which a claim or a push reverted.
 * @param data 0x-hex of the error and its values
 * @param abi the contract's ABI, for its errors that a claim does not meet
 */
export function revertWords(data: string, abi: Interface): string {
  const parsed = ERRORS.parseError(data) ?? abi.parseError(data)
  if (parsed === null) return `it reverts with ${data.slice(0, 10)}`
  const meaning = MEANING_OF_SELECTOR.get(parsed.selector)
  const shown = `${parsed.name}(${parsed.args.map(String).join(", ")})`
  return meaning === undefined ? shown : `${CLAIM_ERROR_WORDS[meaning]} (${shown})`
}

/** As {@link revertWords} for a token of others, which may revert with any data: a reason in plain text as it is. */
export function revertText(data: string, abi: Interface): string {
  try {
    const reason: unknown = data.startsWith(ERROR_STRING) ? ERRORS.parseError(data)?.args[0] : undefined
    return typeof reason === "string" && reason !== "" ? quote(reason) : revertWords(data, abi)
  } catch {
    return `it reverts with ${data.slice(0, 10)}`
  }
}
