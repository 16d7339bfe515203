/** Builds the calls of each action that a Safe takes with an airdrop. */
import type { Address } from "../primitives/address.ts"
import type { Call } from "../ethereum/call.ts"
import { ZERO_SALT } from "../ethereum/create2.ts"
import { recordCall } from "../contract/list-recorder.ts"
import type { ListPart } from "../merkle/packed-list.ts"
import { AirdropError } from "../primitives/error.ts"
import type { Hex } from "../primitives/bytes.ts"
import {
  deploymentCalls,
  executeCall,
  operationId,
  ownerCall,
  scheduleCall,
  transferCall,
} from "./owner-calls.ts"

/** An action that can be proposed, with its values besides the program. */
export type Action =
  /** `code` is creation code with arguments; undefined if the contract is deployed already and only funded. */
  | {
      readonly name: "deploy"
      readonly code: Hex | undefined
      readonly funding: bigint
      readonly uri: string | undefined
    }
  | { readonly name: "publish"; readonly root: Hex; readonly uri: string }
  | { readonly name: "reserve"; readonly root: Hex; readonly uri: string }
  | { readonly name: "accept"; readonly root: Hex }
  | { readonly name: "revoke"; readonly root: Hex }
  | { readonly name: "sweep" }
  /** Moves the tokens that a timelock has swept to its Safe. */
  | { readonly name: "collect"; readonly to: Address; readonly amount: bigint }
  | { readonly name: "rescue"; readonly token: Address; readonly to: Address; readonly amount: bigint }
  | { readonly name: "transfer-ownership"; readonly to: Address }
  | { readonly name: "accept-ownership" }
  /** Keeps a part of the list with a root on the chain. */
  | { readonly name: "record"; readonly root: Hex; readonly part: ListPart }

export interface Target {
  readonly airdrop: Address
  readonly token: Address
  readonly automaticRoot: Hex
}

/** The way a timelock that is the owner makes the calls. */
export interface TimelockStep {
  readonly timelock: Address
  readonly step: "schedule" | "execute"
  /** Seconds. */
  readonly delay: bigint
  /** Distinguishes operations of the same calls, because a timelock runs each operation once. */
  readonly salt: Hex
}

/** Seconds beyond the timelock's own delay. A longer one hides an operation rather than announcing it. */
export const LONGEST_DELAY = 30n * 86_400n

/**
 * Returns the calls of an action, in order. Calls that only the owner may make go through the timelock if there is
 * one. Deployment and funding are the Safe's own calls in either case, and belong to the first step.
 * @throws AirdropError if nothing is left to do
 */
export function actionCalls(action: Action, target: Target, timelock: TimelockStep | undefined): Call[] {
  const open = openCalls(action, target)
  const owned = ownedCalls(action, target)
  if (timelock === undefined) {
    if (action.name !== "collect") return [...open, ...owned]
    throw new AirdropError("collect is for what a timelock has swept: a Safe that sweeps holds it at once", {
      code: "refused",
    })
  }
  if (timelock.step === "schedule") {
    return [...open, ...(owned.length === 0 ? [] : [scheduleCall(owned, timelock)])]
  }
  if (owned.length === 0)
    throw new AirdropError(`${action.name} has nothing that a timelock executes`, { code: "refused" })
  return [executeCall(owned, timelock)]
}

/** Returns the timelock's id of the action; undefined if none of its calls goes through the timelock. */
export function timelockOperation(action: Action, target: Target, { salt }: TimelockStep): Hex | undefined {
  const owned = ownedCalls(action, target)
  return owned.length === 0 ? undefined : operationId(owned, salt)
}

/** Returns the calls that any account may make. */
function openCalls(action: Action, { airdrop, token }: Target): Call[] {
  if (action.name === "accept") return [ownerCall(airdrop, "acceptReserveRoot", [action.root])]
  if (action.name === "record") return [recordCall(action.root, action.part)]
  if (action.name !== "deploy") return []
  const { code, funding } = action
  return code === undefined
    ? [transferCall(token, airdrop, funding)]
    : deploymentCalls({ address: airdrop, code, salt: ZERO_SALT, token, funding })
}

/** Returns the calls that only the owner may make. */
function ownedCalls(action: Action, { airdrop, token, automaticRoot }: Target): Call[] {
  switch (action.name) {
    case "deploy":
      return action.uri === undefined
        ? []
        : [ownerCall(airdrop, "publishProofs", [automaticRoot, action.uri])]
    case "publish":
      return [ownerCall(airdrop, "publishProofs", [action.root, action.uri])]
    case "reserve":
      return [ownerCall(airdrop, "submitReserveRoot", [action.root, action.uri])]
    case "revoke":
      return [ownerCall(airdrop, "revokeReserveRoot", [action.root])]
    case "sweep":
      return [ownerCall(airdrop, "sweep")]
    case "collect":
      return [transferCall(token, action.to, action.amount)]
    case "rescue":
      return [ownerCall(airdrop, "rescue", [action.token, action.to, action.amount])]
    case "transfer-ownership":
      return [ownerCall(airdrop, "transferOwnership", [action.to])]
    case "accept-ownership":
      return [ownerCall(airdrop, "acceptOwnership")]
    case "accept":
    case "record":
      return []
  }
}
