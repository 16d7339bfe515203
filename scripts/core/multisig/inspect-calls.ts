/** Compares calls with the published files. Every difference is a flag. */
import { humanAmount } from "../primitives/amount.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import { isoTime } from "../primitives/time.ts"
import { accountOf, amountOf, type ListRow } from "../merkle/leaf-list.ts"
import { unpackEntries } from "../merkle/packed-list.ts"
import { fromHex } from "../primitives/bytes.ts"
import type {
  ClaimCall,
  DecodedCall,
  Multicall,
  ReadCall,
  RecordedPart,
  TimelockBatch,
} from "./decode-call.ts"
import { inspectDeployment, inspectTransfer, type Expected, type Flag } from "./inspect-deployment.ts"
import { inspectOwnerCall } from "./inspect-owner-call.ts"

/** A decoded call, numbered as in the batch ("2", or "2.1" inside a timelock's batch). */
interface Step extends ReadCall {
  readonly number: string
  /** The Safe, or its timelock. */
  readonly caller: Address
}

/** Inspects the calls of one batch, in order. */
export function inspectCalls(calls: readonly ReadCall[], expected: Expected): Flag[] {
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
      flags.push(...inspectOwnerCall(decoded, expected, step.caller).map(flag))
      if (
        expected.timelock !== undefined &&
        step.caller === expected.safe &&
        decoded.name !== "acceptReserveRoot"
      ) {
        flags.push(flag(`${decoded.name}() would fail: the owner is the timelock, and it has to call`))
      }
      break
    case "claim":
      flags.push(...inspectClaim(decoded, expected, step.caller).map(flag))
      break
    case "multicall":
      if (decoded.calls.length === 0) flags.push(flag("a multicall without a call"))
      flags.push(...innerSteps(step, decoded).flatMap((inner) => inspectStep(inner, expected)))
      break
    case "schedule":
    case "execute":
      flags.push(...inspectTimelock(step, decoded, expected))
      break
    case "record":
      flags.push(...inspectRecord(decoded, expected).map(flag))
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

function inspectClaim({ payments, by }: ClaimCall, { now }: Expected, caller: Address): Flag[] {
  // Only a claim of one account can be paid to another address.
  const to = payments[0]?.to
  if (to === undefined || by === undefined) return []
  const flags: Flag[] = []
  const isOwn = by === "caller" || by.signer === caller
  if (isOwn && to !== caller) flags.push(`what is due to the caller is paid to ${toChecksum(to)}`)
  if (by !== "caller" && by.deadline < now) {
    flags.push(`the signature of ${toChecksum(by.signer)} was good until ${isoTime(by.deadline)}`)
  }
  return flags
}

/** Compares entries that are to be kept on the chain with the published list, one by one. */
function inspectRecord({ root, position, entries }: RecordedPart, { lists }: Expected): Flag[] {
  const list = lists.get(root)
  if (list === undefined)
    return [`records entries of root ${root}, which does not belong to the published files`]
  let rows: readonly ListRow[]
  try {
    rows = unpackEntries(fromHex(entries))
  } catch (error) {
    return [`records bytes that cannot be read: ${error instanceof Error ? error.message : String(error)}`]
  }
  const wrong = rows.findIndex(({ account, amount }, i) => {
    const row = Number(position) + i
    return row >= list.count || accountOf(list, row) !== account || amountOf(list, row) !== amount
  })
  return wrong === -1
    ? []
    : [`records as entry ${position + BigInt(wrong)} what the published list does not have there`]
}

function inspectTimelock(step: Step, batch: TimelockBatch, expected: Expected): Flag[] {
  const { number } = step
  const flags: Flag[] = []
  if (BigInt(batch.predecessor) !== 0n) {
    flags.push(`call ${number}: waits for another operation of the timelock, ${batch.predecessor}`)
  }
  if (batch.timelock !== expected.parameters.owner) {
    flags.push(`call ${number}: the timelock ${toChecksum(batch.timelock)} is not the airdrop's owner`)
  }
  if (batch.kind === "schedule" && batch.delay === 0n)
    flags.push(`call ${number}: is scheduled without a delay`)
  if (batch.calls.length === 0) flags.push(`call ${number}: an operation of the timelock without a call`)
  return [...flags, ...innerSteps(step, batch).flatMap((inner) => inspectStep(inner, expected))]
}

function innerSteps({ number, caller }: Step, batch: TimelockBatch | Multicall): readonly Step[] {
  const inner = batch.kind === "multicall" ? caller : batch.timelock
  return batch.calls.map((entry, i) => ({ ...entry, number: `${number}.${i + 1}`, caller: inner }))
}

/** Returns the step itself, or those that a timelock or a multicall is to run for it, however deep. */
function innermostSteps(step: Step): readonly Step[] {
  return "calls" in step.decoded ? innerSteps(step, step.decoded).flatMap(innermostSteps) : [step]
}

/** Flags faults that concern several calls together. */
function inspectWhole(outer: readonly Step[], { airdrop }: Expected): Flag[] {
  const flags: Flag[] = []
  const steps = outer.flatMap(innermostSteps)
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
    flags.push(`call ${steps[first]?.number ?? ""} calls the airdrop before it is created`)
  }
  return flags
}
