/**
 * Decides the kind of an account from its code and the answers of its views. The answers come from a provider, or
 * from proven code when evidence is checked. The decision is the same.
 */
import { addressOfWord } from "../primitives/words.ts"
import { type Address } from "../primitives/address.ts"
import { fromHex, type Hex } from "../primitives/bytes.ts"
import type { Account, Vesting } from "./account.ts"

/** Views with no arguments that tell the known contracts apart, and their selectors. */
export const VIEWS = {
  beneficiary: "0x38af3eed",
  getBeneficiary: "0x565a2e2c",
  revoker: "0x35dec5d1",
  getRevoker: "0xd7927824",
  revoked: "0x63d256ce",
  start: "0xbe9a6555",
  cliff: "0x13d033c0",
  end: "0xefbe1c1c",
  SESH: "0xc3aca558",
  getOwners: "0xa0e67e2b",
  getThreshold: "0xe75235b8",
  VERSION: "0xffa1ad74",
  /** A view that no known contract has. A contract that answers it answers every view. */
  noContractHasThisView: "0x3fe0763b",
} as const satisfies Record<string, Hex>

export type View = keyof typeof VIEWS
export const VIEW_NAMES = Object.keys(VIEWS) as readonly View[]

/** The result of each view, as 0x-hex; undefined if the call reverted. */
export type ViewAnswers = Readonly<Partial<Record<View, string | undefined>>>

const DELEGATION = "0xef0100"

/**
 * Returns the address that an account with EIP-7702 code is delegated to; undefined for any other code.
 * @param code the whole code
 */
export function delegateOf(code: string): Address | undefined {
  return code.length === 48 && code.startsWith(DELEGATION) ? `0x${code.slice(8)}` : undefined
}

/** Returns the code of a delegated account. */
export function delegationCode(delegate: Address): Uint8Array {
  return fromHex(`${DELEGATION}${delegate.slice(2)}`)
}

/** All views of each kind of vesting contract. Neither kind has a fallback, so each reverts on every other view. */
const STAKING_VIEWS: readonly View[] = ["beneficiary", "revoker", "revoked", "start", "end", "SESH"]
const HOLDING_VIEWS: readonly View[] = ["getBeneficiary", "getRevoker", "revoked", "cliff", "end"]

/**
 * Returns the kind of a contract. It is a vesting contract if it answers all views of that kind and no other ones,
 * and its times fit together. It is a Safe if it answers a Safe's views. Otherwise it is an unknown contract.
 * @param token the token of a vesting contract that stakes
 */
export function contractKind(answers: ViewAnswers, token: Address): Account {
  return stakingVesting(answers, token) ?? holdingVesting(answers) ?? safe(answers) ?? { kind: "contract" }
}

function stakingVesting(answers: ViewAnswers, token: Address): Account | undefined {
  if (!answersOnly(answers, STAKING_VIEWS) || asAddress(answers.SESH) !== token) return undefined
  const { beneficiary, revoker, revoked, start, end } = answers
  return vesting("vesting-staking", [beneficiary, revoker, revoked, start, end])
}

function holdingVesting(answers: ViewAnswers): Account | undefined {
  if (!answersOnly(answers, HOLDING_VIEWS)) return undefined
  const { getBeneficiary, getRevoker, revoked, cliff, end } = answers
  return vesting("vesting-nostaking", [getBeneficiary, getRevoker, revoked, cliff, end])
}

function answersOnly(answers: ViewAnswers, views: readonly View[]): boolean {
  return VIEW_NAMES.every((view) => (answers[view] !== undefined) === views.includes(view))
}

function vesting(kind: Vesting["kind"], answers: readonly (string | undefined)[]): Vesting | undefined {
  const beneficiary = asAddress(answers[0])
  const revoker = asAddress(answers[1])
  const revoked = asFlag(answers[2])
  const start = asSeconds(answers[3])
  const end = asSeconds(answers[4])
  if (beneficiary === undefined || revoker === undefined || revoked === undefined) return undefined
  if (start === undefined || end === undefined || start > end) return undefined
  return { kind, beneficiary, revoker, revoked, start, end }
}

function safe(answers: ViewAnswers): Account | undefined {
  const owners = asAddresses(answers.getOwners)
  const threshold = asSeconds(answers.getThreshold)
  const version = asText(answers.VERSION)
  if (owners === undefined || threshold === undefined || version === undefined) return undefined
  if (threshold < 1 || threshold > owners.length) return undefined
  return { kind: "safe", version, threshold, owners }
}

function asWords(answer: string | undefined): readonly bigint[] | undefined {
  if (answer === undefined || answer === "0x" || (answer.length - 2) % 64 !== 0) return undefined
  return (answer.slice(2).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`))
}

function asNumber(answer: string | undefined, bits: bigint): bigint | undefined {
  const words = asWords(answer)
  const [word] = words ?? []
  return words?.length === 1 && word !== undefined && word >> bits === 0n ? word : undefined
}

function asAddress(answer: string | undefined): Address | undefined {
  const word = asNumber(answer, 160n)
  return word === undefined ? undefined : addressOfWord(word)
}

function asFlag(answer: string | undefined): boolean | undefined {
  const word = asNumber(answer, 1n)
  return word === undefined ? undefined : word === 1n
}

function asSeconds(answer: string | undefined): number | undefined {
  const word = asNumber(answer, 53n)
  return word === undefined ? undefined : Number(word)
}

function asAddresses(answer: string | undefined): readonly Address[] | undefined {
  const [offset, length, ...items] = asWords(answer) ?? []
  if (offset !== 32n || length !== BigInt(items.length)) return undefined
  const addresses = items.flatMap((item) => addressOfWord(item) ?? [])
  return addresses.length === items.length ? addresses : undefined
}

function asText(answer: string | undefined): string | undefined {
  const [offset, length] = asWords(answer) ?? []
  if (answer === undefined || offset !== 32n || length === undefined || length > 64n) return undefined
  const bytes = fromHex(answer).subarray(64, 64 + Number(length))
  return /^[\x20-\x7e]*$/.test(String.fromCharCode(...bytes)) ? String.fromCharCode(...bytes) : undefined
}
