/** The packed format of MultiSend and MultiSendCallOnly: several calls in order, all or none. */
import { AbiCoder } from "ethers"
import { parseAddress } from "../primitives/address.ts"
import type { Call } from "../ethereum/call.ts"
import { AirdropError } from "../primitives/error.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { putNumber } from "../primitives/words.ts"

/** multiSend(bytes) */
export const MULTI_SEND_SELECTOR = "0x8d80ff0a"

/** A call inside a MultiSend, with its operation byte: 0 is a call. MultiSendCallOnly refuses any other. */
export interface PackedCall extends Call {
  readonly operation: number
}

const HEAD = 1 + 20 + 32 + 32

/** Encodes calls (never delegatecalls) as calldata of multiSend(bytes). */
export function encodeMultiSend(calls: readonly Call[]): Hex {
  const packed = calls.map((call) => {
    const data = fromHex(call.data)
    const entry = new Uint8Array(HEAD + data.length)
    entry.set(fromHex(call.to, 20), 1)
    putNumber(entry, 21, call.value)
    putNumber(entry, 53, BigInt(data.length))
    entry.set(data, HEAD)
    return entry
  })
  const encoded = AbiCoder.defaultAbiCoder().encode(["bytes"], [toHex(concatBytes(packed))])
  return `${MULTI_SEND_SELECTOR}${encoded.slice(2)}`
}

/**
 * Decodes the calldata of multiSend(bytes) strictly: the result encodes to the same bytes again.
 * @throws AirdropError for any other bytes
 */
export function decodeMultiSend(data: Hex): PackedCall[] {
  const refuse = (why: string, cause?: unknown): AirdropError =>
    new AirdropError(`the MultiSend data ${why}`, { code: "invalid-value", cause })
  if (!data.startsWith(MULTI_SEND_SELECTOR)) throw refuse("does not call multiSend(bytes)")
  const packed = fromHex(decodeBytes(data, refuse))
  const calls: PackedCall[] = []
  for (let at = 0; at < packed.length;) {
    if (at + HEAD > packed.length) throw refuse(`ends inside call ${calls.length + 1}`)
    const length = BigInt(toHex(packed.subarray(at + 53, at + HEAD)))
    const end = BigInt(at + HEAD) + length
    if (end > BigInt(packed.length)) throw refuse(`ends inside call ${calls.length + 1}`)
    calls.push({
      operation: packed[at] ?? 0,
      to: parseAddress(toHex(packed.subarray(at + 1, at + 21))),
      value: BigInt(toHex(packed.subarray(at + 21, at + 53))),
      data: toHex(packed.subarray(at + HEAD, Number(end))),
    })
    at = Number(end)
  }
  return calls
}

function decodeBytes(data: Hex, refuse: (why: string, cause?: unknown) => AirdropError): string {
  const coder = AbiCoder.defaultAbiCoder()
  let bytes: string
  try {
    // The types of ethers do not know that the one member of the tuple is bytes.
    bytes = coder.decode(["bytes"], `0x${data.slice(10)}`)[0] as string
  } catch (cause) {
    throw refuse("is not one ABI-encoded byte string", cause)
  }
  if (coder.encode(["bytes"], [bytes]).slice(2) !== data.slice(10))
    throw refuse("has bytes besides its calls")
  return bytes
}
