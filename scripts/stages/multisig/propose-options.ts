/** Reads the command-line options of a proposal. */
import { InvalidArgumentError } from "commander"
import { quote } from "../../core/primitives/text.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { nameHint } from "../../core/primitives/nearest.ts"
import { fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import type { Action, TimelockStep } from "../../core/multisig/actions.ts"

export interface ProposeOptions {
  readonly rpc?: string
  readonly safe?: Address
  readonly nonce?: bigint
  readonly safeVersion?: string
  readonly nested: readonly Nested[]
  readonly multiSend?: Address
  readonly timelock?: Address
  readonly step?: TimelockStep["step"]
  readonly delay?: bigint
  readonly salt?: Hex
  readonly uri?: string
  readonly root?: Hex
  readonly token?: Address
  readonly to?: Address
  readonly amount?: bigint
  /** Which part of the lists is recorded, from 1 on. */
  readonly part?: number
  readonly force?: boolean
  readonly batch?: boolean
  readonly out?: string
}

/** An owner that is a Safe: its nonce and version come from the chain where they are not given. */
export interface Nested {
  readonly address: Address
  readonly nonce: bigint | undefined
  readonly version: string | undefined
}

export const ACTIONS = [
  "deploy",
  "publish",
  "reserve",
  "accept",
  "revoke",
  "sweep",
  "collect",
  "rescue",
  "transfer-ownership",
  "accept-ownership",
  "record",
] as const satisfies readonly Action["name"][]

/** Reads the name of an action. */
export function readAction(text: string): Action["name"] {
  const found = ACTIONS.find((name) => name === text)
  if (found === undefined)
    throw new AirdropError(`there is no action ${quote(text)}`, {
      code: "usage",
      hint: nameHint(text, ACTIONS),
    })
  return found
}

/** Reads a step of a timelock. */
export function readStep(text: string): TimelockStep["step"] {
  if (text !== "schedule" && text !== "execute") throw new InvalidArgumentError("must be schedule or execute")
  return text
}

/** Reads a whole number that a contract can hold: from zero to 2^256 - 1. */
export function readWhole(text: string): bigint {
  if (!/^(0|[1-9][0-9]*)$/.test(text))
    throw new AirdropError(`${quote(text)} is not a whole number`, { code: "invalid-value" })
  const number = BigInt(text)
  if (number >= 1n << 256n)
    throw new AirdropError(`${quote(text)} is above 2^256 - 1, the largest number of a contract`, {
      code: "invalid-value",
    })
  return number
}

/** Reads a hash of 32 bytes. */
export function readRoot(text: string): Hex {
  return toHex(fromHex(text, 32))
}

/** Reads ADDRESS, ADDRESS:NONCE or ADDRESS:NONCE:VERSION. */
export function readNested(text: string): Nested {
  const [address = "", nonce, version, ...rest] = text.split(":")
  if (rest.length > 0)
    throw new AirdropError(`${quote(text)} is not ADDRESS:NONCE:VERSION`, { code: "invalid-value" })
  return {
    address: parseAddress(address),
    nonce: nonce === undefined ? undefined : readWhole(nonce),
    version,
  }
}
