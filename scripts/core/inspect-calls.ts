/** Compares what calls do with what the published files say they should: every difference is a flag. */
import { humanAmount } from "./amount.ts"
import { toChecksum, type Address } from "./address.ts"
import type { Call } from "./call.ts"
import type { DecodedCall, TimelockBatch } from "./decoded-call.ts"
import { duration, instant } from "./describe-call.ts"
import { ZERO_SALT, type ConstructorParameters } from "./deployment.ts"
import type { Hex } from "./hex.ts"

/** What follows from the published files, recomputed by whoever inspects. */
export interface Expected {
  /** Where the contract has to stand. */
  readonly airdrop: Address
  readonly parameters: ConstructorParameters
  readonly token: { readonly address: Address; readonly symbol: string; readonly decimals: number }
  /** Base units: both tranches. */
  readonly funding: bigint
  /** The Safe whose batch it is. */
  readonly safe: Address
  /** The owner, where it is a timelock that the Safe proposes to. */
  readonly timelock: Address | undefined
  /** The published reserve root, if there is one. */
  readonly reserveRoot: Hex | undefined
  /** Other addresses that the reader knows and expects as recipients or new owners. */
  readonly allowed: ReadonlySet<Address>
}

/** A plain sentence about something that should not be signed as it is. */
export type Flag = string

/** A call as decoded, numbered as in the batch ("2", or "2.1" inside a timelock's batch). */
interface Step {
  readonly number: string
  readonly call: Call
  readonly decoded: DecodedCall
  /** The Safe, or its timelock. */
  readonly caller: Address
}

/** Inspects the calls of one batch, in order. */
export function inspectCalls(
  calls: readonly { readonly call: Call; readonly decoded: DecodedCall }[],
  expected: Expected,
): Flag[] {
  const steps = calls.map((entry, i) => ({ ...entry, number: `${i + 1}`, caller: expected.safe }))
  return [...steps.flatMap((step) => inspectStep(step, expected)), ...inspectWhole(steps, expected)]
}

function inspectStep(step: Step, expected: Expected): Flag[] {
  const flag = (text: string): Flag => `call ${step.number}: ${text}`
  const { call, decoded } = step
  const flags: Flag[] = []
  if (call.value > 0n)
    flags.push(flag(`sends ${humanAmount(call.value, 18)} ether, and no step of an airdrop does`))
  switch (decoded.kind) {
    case "deploy":
      flags.push(...inspectDeployment(decoded, expected).map(flag))
      break
    case "deploy-unknown":
      flags.push(flag("the creation code is not that of the MerkleAirdrop compiled from the sources here"))
      break
    case "transfer":
      flags.push(...inspectTransfer(decoded, expected, step.caller).map(flag))
      break
    case "owner":
      flags.push(...inspectOwnerCall(decoded, expected).map(flag))
      if (
        expected.timelock !== undefined &&
        step.caller === expected.safe &&
        decoded.name !== "acceptReserveRoot"
      ) {
        flags.push(flag(`${decoded.name}() would fail: the owner is the timelock, and it has to call`))
      }
      break
    case "schedule":
    case "execute":
      flags.push(...inspectTimelock(step.number, decoded, expected))
      break
    case "approve-hash":
      flags.push(flag(`approves hash ${decoded.hash} of another Safe: inspect that transaction itself`))
      break
    case "ether":
      break // already flagged by its value
    case "unknown": {
      const guess = decoded.guess === undefined ? "" : `, perhaps ${decoded.guess}`
      flags.push(
        flag(
          `UNKNOWN: ${toChecksum(decoded.to)} is called with ${decoded.selector}${guess}, which nothing here explains`,
        ),
      )
    }
  }
  return flags
}

function inspectDeployment(
  { address, salt, parameters }: Extract<DecodedCall, { kind: "deploy" }>,
  { airdrop, parameters: wanted, token, safe, timelock }: Expected,
): Flag[] {
  const flags: Flag[] = []
  const compare = (what: string, found: string, should: string): void => {
    if (found !== should) flags.push(`the ${what} is ${found}, but the published files give ${should}`)
  }
  const amount = (value: bigint): string => `${humanAmount(value, token.decimals)} ${token.symbol}`
  compare("token", toChecksum(parameters.token), toChecksum(wanted.token))
  if (parameters.automaticRoot !== wanted.automaticRoot) {
    flags.push(
      `the root ${parameters.automaticRoot} does not belong to the published files, whose root is ${wanted.automaticRoot}`,
    )
  }
  compare("number of leaves", parameters.leafCount.toString(), wanted.leafCount.toString())
  compare("reserve cap", amount(parameters.reserveCap), amount(wanted.reserveCap))
  compare("reserve delay", duration(parameters.reserveDelay), duration(wanted.reserveDelay))
  compare("sweep time", instant(parameters.sweepTime), instant(wanted.sweepTime))
  compare("owner", toChecksum(parameters.owner), toChecksum(wanted.owner))
  compare("proofs URI", JSON.stringify(parameters.proofsURI), JSON.stringify(wanted.proofsURI))
  if (parameters.owner !== safe && parameters.owner !== timelock) {
    flags.push(`the owner ${toChecksum(parameters.owner)} is not this Safe, ${toChecksum(safe)}`)
  }
  if (salt !== ZERO_SALT) flags.push(`the salt is ${salt}, not zero`)
  if (address !== airdrop) {
    flags.push(
      `the contract would stand at ${toChecksum(address)}, not at the published ${toChecksum(airdrop)}`,
    )
  }
  return flags
}

function inspectTransfer(
  { token, to, amount }: Extract<DecodedCall, { kind: "transfer" }>,
  { airdrop, funding, token: wanted, allowed, safe, timelock }: Expected,
  caller: Address,
): Flag[] {
  if (token !== wanted.address) return [`UNKNOWN TOKEN: ${toChecksum(token)} is not ${wanted.symbol}`]
  const text = (value: bigint): string => `${humanAmount(value, wanted.decimals)} ${wanted.symbol}`
  if (to !== airdrop) {
    // What a timelock has swept it passes on to its Safe.
    if (allowed.has(to) || (to === safe && caller === timelock)) return []
    return [`UNEXPECTED RECIPIENT: ${text(amount)} would go to ${toChecksum(to)}, which is not the airdrop`]
  }
  if (amount === funding) return []
  const difference = amount - funding
  const by = difference > 0n ? `${text(difference)} too much` : `${text(-difference)} too little`
  return [`${text(amount)} is ${by}: both tranches together are ${text(funding)}`]
}

function inspectOwnerCall(
  { name, values }: Extract<DecodedCall, { kind: "owner" }>,
  expected: Expected,
): Flag[] {
  const [first, second] = values.map(String)
  const isKnown = (address: string | undefined): boolean => {
    const known = address?.toLowerCase() as Address
    return known === expected.safe || known === expected.timelock || expected.allowed.has(known)
  }
  switch (name) {
    case "submitReserveRoot":
    case "acceptReserveRoot":
      if (expected.reserveRoot === undefined) {
        return [`the reserve root ${first ?? ""} cannot be checked: no reserve is published`]
      }
      return first === expected.reserveRoot
        ? []
        : [
            `the reserve root ${first ?? ""} does not belong to the published files, whose root is ${expected.reserveRoot}`,
          ]
    case "publishProofs":
      return first === expected.parameters.automaticRoot || first === expected.reserveRoot
        ? []
        : [`the root ${first ?? ""} does not belong to the published files`]
    case "rescue":
      return isKnown(second)
        ? []
        : [`UNEXPECTED RECIPIENT: what is rescued would go to ${second ?? ""}, which is not known`]
    case "transferOwnership":
      return isKnown(first)
        ? []
        : [`UNEXPECTED OWNER: the airdrop would be offered to ${first ?? ""}, which is not known`]
    case "revokeReserveRoot":
    case "sweep":
    case "acceptOwnership":
      return []
  }
}

function inspectTimelock(number: string, batch: TimelockBatch, expected: Expected): Flag[] {
  const flags: Flag[] = []
  if (BigInt(batch.predecessor) !== 0n) {
    flags.push(`call ${number}: waits for another operation of the timelock, ${batch.predecessor}`)
  }
  if (batch.timelock !== expected.parameters.owner) {
    flags.push(`call ${number}: the timelock ${toChecksum(batch.timelock)} is not the airdrop's owner`)
  }
  const inner = batch.calls.map((entry, i) => ({
    ...entry,
    number: `${number}.${i + 1}`,
    caller: batch.timelock,
  }))
  return [...flags, ...inner.flatMap((step) => inspectStep(step, expected))]
}

/** What only shows when all calls are seen together. */
function inspectWhole(steps: readonly Step[], { airdrop }: Expected): Flag[] {
  const flags: Flag[] = []
  const at = (kind: DecodedCall["kind"]): readonly Step[] =>
    steps.filter(({ decoded }) => decoded.kind === kind)
  const deployments = [...at("deploy"), ...at("deploy-unknown")]
  const funding = steps.filter(({ decoded }) => decoded.kind === "transfer" && decoded.to === airdrop)
  if (deployments.length > 1) flags.push(`the batch creates ${deployments.length} contracts`)
  if (funding.length > 1) flags.push(`the batch funds the airdrop ${funding.length} times`)
  if (deployments.length > 0 && funding.length === 0)
    flags.push("the batch creates the airdrop but does not fund it")
  const [deployment] = deployments
  const first = steps.findIndex(({ decoded }) => decoded.kind === "owner")
  if (deployment !== undefined && first !== -1 && first < steps.indexOf(deployment)) {
    flags.push(`call ${first + 1} calls the airdrop before it is created`)
  }
  return flags
}
