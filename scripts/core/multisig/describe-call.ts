/** Describes a decoded call in words, with amounts in the token's own units. */
import { plural } from "../primitives/plural.ts"
import { tokenAmount, type Token } from "../primitives/token.ts"
import { humanAmount } from "../primitives/amount.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import { visible } from "../primitives/text.ts"
import type { Call } from "../ethereum/call.ts"
import type { ClaimCall, DecodedCall, ReadCall, TimelockBatch } from "./decode-call.ts"
import type { ConstructorParameters } from "../contract/constructor-parameters.ts"
import { duration, isoTime } from "../primitives/time.ts"

/** The format of addresses and amounts. */
export interface Wording {
  readonly token: Token
  /** Names of addresses, for example "the Safe". */
  readonly names: ReadonlyMap<Address, string>
}

/** A headline with the lines below it. */
export interface Description {
  readonly headline: string
  readonly details: readonly string[]
}

/** Describes a call. Unknown parts are named UNKNOWN, in capitals. */
export function describeCall(call: Call, decoded: DecodedCall, wording: Wording): Description {
  const description = describe(call, decoded, wording)
  if (call.value === 0n) return description
  const ether = `sends ${humanAmount(call.value, 18)} ETHER along`
  return { ...description, details: [ether, ...description.details] }
}

function describe(call: Call, decoded: DecodedCall, wording: Wording): Description {
  const name = (address: Address): string => nameOf(address, wording)
  switch (decoded.kind) {
    case "deploy":
      return {
        headline: `Create MerkleAirdrop at ${toChecksum(decoded.address)}`,
        details: parameterLines(decoded.parameters, wording),
      }
    case "deploy-unknown":
      return {
        headline: `Create an UNKNOWN contract of ${decoded.bytes} bytes at ${toChecksum(decoded.address)}`,
        details: ["its creation code is not that of the MerkleAirdrop in this source tree"],
      }
    case "transfer":
      return {
        headline: `Transfer ${anyTokenAmount(decoded.amount, decoded.token, wording)} to ${name(decoded.to)}`,
        details: [`token: ${name(decoded.token)}`],
      }
    case "owner":
      return describeOwnerCall(call, decoded, wording)
    case "claim":
      return describeClaim(call, decoded, wording)
    case "schedule":
    case "execute":
      return describeTimelock(decoded, wording)
    case "multicall":
      return {
        headline: `Make ${plural(decoded.calls.length, "call")} of ${name(call.to)}, all or none`,
        details: numbered(decoded.calls, wording),
      }
    case "record":
      return {
        headline: `Keep entries of the list of root ${decoded.root} on the chain`,
        details: [
          `recorder: ${name(call.to)}`,
          `from entry ${decoded.position} on, ${decoded.entries.length / 2 - 1} bytes`,
        ],
      }
    case "approve-hash":
      return {
        headline: `Approve a transaction of the Safe ${name(decoded.safe)}`,
        details: [`Safe transaction hash: ${decoded.hash}`],
      }
    case "ether":
      return { headline: `Send ether to ${name(decoded.to)}`, details: [] }
    case "unknown":
      return {
        headline: `UNKNOWN CALL of ${name(decoded.to)}`,
        details: [
          `function selector: ${decoded.selector}${decoded.guess === undefined ? "" : `, which would be ${decoded.guess}`}`,
          `data: ${call.data.length > 138 ? `${call.data.slice(0, 138)}… (${call.data.length / 2 - 1} bytes)` : call.data}`,
        ],
      }
  }
}

function describeClaim(call: Call, { tranche, payments, by }: ClaimCall, wording: Wording): Description {
  const shown = (amount: bigint): string => anyTokenAmount(amount, wording.token.address, wording)
  const sum = shown(payments.reduce((total, { amount }) => total + amount, 0n))
  const [first] = payments
  const last = payments.at(-1)
  const isOne = payments.length === 1 && first !== undefined
  const recipient = isOne ? nameOf(first.to, wording) : plural(payments.length, "recipient")
  const ends =
    isOne || first === undefined || last === undefined
      ? []
      : [
          `first: ${shown(first.amount)} to ${nameOf(first.to, wording)}`,
          `last: ${shown(last.amount)} to ${nameOf(last.to, wording)}`,
        ]
  const isOwn = by === "caller"
  const headline =
    tranche === "reserve"
      ? `Pay ${isOwn ? "the caller's own grants" : "grants"}, ${sum} in all since the first, to ${recipient}`
      : `Pay ${isOwn ? "the caller's own claim, " : ""}${sum} to ${recipient}`
  const signed =
    typeof by === "object"
      ? [`the claim of ${nameOf(by.signer, wording)}, by its signature, until ${isoTime(by.deadline)}`]
      : []
  const rest = "the contract pays only what its root says, and no account twice"
  return { headline, details: [`contract: ${nameOf(call.to, wording)}`, ...ends, ...signed, rest] }
}

function describeOwnerCall(
  call: Call,
  { name, values }: Extract<DecodedCall, { kind: "owner" }>,
  wording: Wording,
): Description {
  const [first = "", second = "", third = 0n] = values.map((value) =>
    typeof value === "bigint" ? value : String(value),
  )
  const details = [`contract: ${nameOf(call.to, wording)}`]
  const address = (text: string | bigint): string => nameOf(text.toString().toLowerCase() as Address, wording)
  switch (name) {
    case "submitReserveRoot":
      return {
        headline: `Submit the reserve root ${first}`,
        details: [...details, `proofs: ${second === "" ? "(no URI)" : shownText(second.toString())}`],
      }
    case "acceptReserveRoot":
      return { headline: `Accept the reserve root ${first}`, details }
    case "revokeReserveRoot":
      return { headline: `Revoke the pending reserve root ${first}`, details }
    case "publishProofs":
      return {
        headline: `Announce where the proofs of root ${first} are`,
        details: [...details, `URI: ${shownText(second.toString())}`],
      }
    case "sweep":
      return { headline: "Sweep: take all that is left in the airdrop", details }
    case "rescue": {
      const token = String(first).toLowerCase() as Address
      return {
        headline: `Rescue ${anyTokenAmount(BigInt(third), token, wording)} to ${address(second)}`,
        details: [...details, `token: ${address(first)}`],
      }
    }
    case "transferOwnership":
      return {
        headline: `Offer the airdrop's ownership to ${address(first)}`,
        details: [...details, "the new owner has it once it calls acceptOwnership()"],
      }
    case "acceptOwnership":
      return { headline: "Accept the airdrop's ownership", details }
  }
}

function describeTimelock(batch: TimelockBatch, wording: Wording): Description {
  const when =
    batch.delay === undefined
      ? `Run ${batch.calls.length} scheduled call(s) of the timelock`
      : `Schedule ${batch.calls.length} call(s) in the timelock, to run after ${duration(batch.delay)} or later`
  return {
    headline: `${when} ${nameOf(batch.timelock, wording)}`,
    details: [...numbered(batch.calls, wording), `salt: ${batch.salt}`, `predecessor: ${batch.predecessor}`],
  }
}

function numbered(calls: readonly ReadCall[], wording: Wording): string[] {
  return calls.flatMap(({ call, decoded }, i) => {
    const { headline, details } = describeCall(call, decoded, wording)
    return [`${i + 1}. ${headline}`, ...details.map((line) => `   ${line}`)]
  })
}

function parameterLines(parameters: ConstructorParameters, wording: Wording): string[] {
  return [
    `token: ${nameOf(parameters.token, wording)}`,
    `automatic root: ${parameters.automaticRoot}`,
    `leaves: ${parameters.leafCount}`,
    `reserve cap: ${anyTokenAmount(parameters.reserveCap, parameters.token, wording)}`,
    `reserve delay: ${duration(parameters.reserveDelay)}`,
    `sweep time: ${isoTime(parameters.sweepTime)}`,
    `owner: ${nameOf(parameters.owner, wording)}`,
    `proofs URI: ${parameters.proofsURI === "" ? "(announced afterwards)" : shownText(parameters.proofsURI)}`,
  ]
}

/** Returns an address with its name, if it is known. */
export function nameOf(address: Address, { names }: Wording): string {
  const name = names.get(address)
  return name === undefined ? `${toChecksum(address)} (not known)` : `${toChecksum(address)} (${name})`
}

/** Writes an amount in the token's units, or in base units for a token that is not the program's. */
export function anyTokenAmount(amount: bigint, token: Address, wording: Wording): string {
  return token === wording.token.address
    ? tokenAmount(amount, wording.token)
    : `${amount} base units of ${nameOf(token, wording)}`
}

/** The longest text of a batch that is shown whole. A longer one would push the rest off the screen. */
export const MOST_CHARACTERS = 200

/** Writes a text of a batch with no character that the terminal acts on. */
function shownText(text: string): string {
  const cut = text.length > MOST_CHARACTERS
  const shown = visible(cut ? text.slice(0, MOST_CHARACTERS) : text)
  return cut ? `${shown}… (${text.length} characters)` : shown
}
