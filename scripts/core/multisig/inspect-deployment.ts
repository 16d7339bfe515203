/** Compares deployment and funding with the published files. */
import { tokenAmount, type Token } from "../primitives/token.ts"
import type { LeafList } from "../merkle/leaf-list.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import type { DecodedCall } from "./decode-call.ts"
import { isoTime } from "../primitives/time.ts"
import { duration } from "../primitives/time.ts"
import { type ConstructorParameters } from "../contract/constructor-parameters.ts"
import { ZERO_SALT } from "../ethereum/create2.ts"
import type { Hex } from "../primitives/bytes.ts"

/** The expected values, recomputed from the published files on the signer's computer. */
export interface Expected {
  /** The expected address of the contract. */
  readonly airdrop: Address
  readonly parameters: ConstructorParameters
  readonly token: Token
  /** Base units: both tranches, or the shortfall of a deployed contract. */
  readonly funding: bigint
  /** Seconds since 1970, from the chain if a node was asked, otherwise from this machine. */
  readonly now: bigint
  /** The Safe of the batch. */
  readonly safe: Address
  /** The owner, if it is a timelock that the Safe proposes to. */
  readonly timelock: Address | undefined
  /** The published reserve root, if there is one. */
  readonly reserveRoot: Hex | undefined
  /** The published lists by their roots. */
  readonly lists: ReadonlyMap<string, LeafList>
  /** Other addresses that the reader knows and expects as recipients or new owners. */
  readonly allowed: ReadonlySet<Address>
}

/** A sentence about a reason not to sign. */
export type Flag = string

/** Compares the creation with the expected arguments, one by one. */
export function inspectDeployment(
  { address, salt, parameters }: Extract<DecodedCall, { kind: "deploy" }>,
  { airdrop, parameters: wanted, token, safe, timelock, now }: Expected,
): Flag[] {
  const flags: Flag[] = []
  const compare = (what: string, found: string, should: string): void => {
    if (found !== should) flags.push(`the ${what} is ${found}, but the published files give ${should}`)
  }
  const amount = (value: bigint): string => tokenAmount(value, token)
  compare("token", toChecksum(parameters.token), toChecksum(wanted.token))
  if (parameters.automaticRoot !== wanted.automaticRoot) {
    flags.push(
      `the root ${parameters.automaticRoot} does not belong to the published files, whose root is ${wanted.automaticRoot}`,
    )
  }
  compare("number of leaves", parameters.leafCount.toString(), wanted.leafCount.toString())
  compare("reserve cap", amount(parameters.reserveCap), amount(wanted.reserveCap))
  compare("reserve delay", duration(parameters.reserveDelay), duration(wanted.reserveDelay))
  compare("sweep time", isoTime(parameters.sweepTime), isoTime(wanted.sweepTime))
  if (parameters.sweepTime <= now) {
    flags.push(
      `the sweep time, ${isoTime(parameters.sweepTime)}, has passed: no recipient could claim in time`,
    )
  }
  compare("owner", toChecksum(parameters.owner), toChecksum(wanted.owner))
  compare("proofs URI", JSON.stringify(parameters.proofsURI), JSON.stringify(wanted.proofsURI))
  if (parameters.owner !== safe && parameters.owner !== timelock) {
    flags.push(`the owner ${toChecksum(parameters.owner)} is not this Safe, ${toChecksum(safe)}`)
  }
  if (salt !== ZERO_SALT) flags.push(`the salt is ${salt}, not zero`)
  if (address !== airdrop) {
    flags.push(
      `the contract would be deployed at ${toChecksum(address)}, not at the published ${toChecksum(airdrop)}`,
    )
  }
  return flags
}

/** Compares a transfer with the funding. @param caller the Safe, or its timelock */
export function inspectTransfer(
  { token, to, amount }: Extract<DecodedCall, { kind: "transfer" }>,
  { airdrop, funding, token: wanted, allowed, safe, timelock, now, parameters }: Expected,
  caller: Address,
): Flag[] {
  if (token !== wanted.address) return [`UNKNOWN TOKEN: ${toChecksum(token)} is not ${wanted.symbol}`]
  const text = (value: bigint): string => tokenAmount(value, wanted)
  if (to !== airdrop) {
    // A timelock passes the tokens that it has swept on to its Safe.
    if (allowed.has(to) || (to === safe && caller === timelock)) return []
    return [`UNEXPECTED RECIPIENT: ${text(amount)} would go to ${toChecksum(to)}, which is not the airdrop`]
  }
  const late =
    now < parameters.sweepTime
      ? []
      : [`the sweep time, ${isoTime(parameters.sweepTime)}, has passed: what is paid in can be swept at once`]
  if (amount === 0n) return ["a transfer of nothing"]
  if (amount === funding) return late
  const difference = amount - funding
  const by = difference > 0n ? `${text(difference)} too much` : `${text(-difference)} too little`
  return [
    ...late,
    funding === 0n
      ? `${text(amount)} is too much: the airdrop needs nothing more`
      : `${text(amount)} is ${by}: the airdrop needs ${text(funding)}`,
  ]
}
