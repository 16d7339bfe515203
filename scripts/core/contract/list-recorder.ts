/** contracts/ListRecorder.sol: its address on every chain, its call and its event. */
import { Interface } from "ethers"
import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"
import type { ListPart } from "../merkle/packed-list.ts"
import type { Call } from "../ethereum/call.ts"

export const RECORDER = new Interface([
  "event Recorded(bytes32 indexed root, address indexed recorder, uint256 position, bytes32 hash)",
  "function record(bytes32 root, uint256 position, bytes entries)",
])

/** The address that the deterministic proxy gives to the compiled code; a test makes it anew. */
export const LIST_RECORDER: Address = "0xb365ac1b20b95fa24c3ed269dddf238e4dd60679"

/** Returns the call that records a part of the list with a root. */
export function recordCall(root: Hex, { position, bytes }: ListPart): Call {
  const data = RECORDER.encodeFunctionData("record", [root, position, bytes]) as Hex
  return { to: LIST_RECORDER, value: 0n, data }
}

/** Hex digits of the selector, the root and the position. */
const HEAD_DIGITS = 2 * (4 + 32 + 32)

/**
 * Finds the entries in a transaction's input, also where a Safe or another contract makes the call for somebody: the
 * call's bytes are within theirs.
 * @returns the entries of each call for this root and position
 */
export function recordedIn(input: string, root: Hex, position: bigint): readonly Hex[] {
  const head = RECORDER.encodeFunctionData("record", [root, position, "0x"]).slice(2, 2 + HEAD_DIGITS)
  const found: Hex[] = []
  for (let at = input.indexOf(head); at !== -1; at = input.indexOf(head, at + 2)) {
    const entries = entriesOf(`0x${input.slice(at)}`)
    if (entries !== undefined) found.push(entries)
  }
  return found
}

function entriesOf(data: Hex): Hex | undefined {
  try {
    return RECORDER.decodeFunctionData("record", data)[2] as Hex
  } catch {
    return undefined
  }
}
