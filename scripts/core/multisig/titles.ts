/** The title of a proposal, from its action or from its calls. */
import type { Address } from "../primitives/address.ts"
import type { Action } from "./actions.ts"
import type { DecodedCall } from "./decode-call.ts"
import type { OwnerCall } from "../contract/abi.ts"

const TITLES: Readonly<Record<Action["name"], string>> = {
  deploy: "fund the airdrop",
  publish: "announce where the proofs are",
  reserve: "submit a reserve root",
  accept: "accept the reserve root",
  revoke: "revoke the pending reserve root",
  sweep: "sweep what is left",
  collect: "collect what the timelock has swept",
  rescue: "rescue another token",
  "transfer-ownership": "offer the ownership to another owner",
  "accept-ownership": "accept the ownership",
  record: "keep entries of the list on the chain",
}

const OWNER_ACTIONS: Readonly<Record<OwnerCall, Action["name"]>> = {
  submitReserveRoot: "reserve",
  acceptReserveRoot: "accept",
  revokeReserveRoot: "revoke",
  publishProofs: "publish",
  sweep: "sweep",
  rescue: "rescue",
  transferOwnership: "transfer-ownership",
  acceptOwnership: "accept-ownership",
}

/** Returns the title of the calls' action; undefined if they are not the calls of one action. */
export function titleOf(
  program: string,
  calls: readonly DecodedCall[],
  airdrop: Address,
): string | undefined {
  const [first] = calls
  if (first === undefined) return undefined
  if (first.kind === "deploy") return `${program}: deploy and fund the airdrop`
  if (first.kind === "schedule" || first.kind === "execute") {
    const name = actionOf(first.calls[0]?.decoded, airdrop)
    return name && `${program}: ${TITLES[name]} (${first.kind} in the timelock)`
  }
  const name = actionOf(first, airdrop)
  return name && `${program}: ${TITLES[name]}`
}

function actionOf(call: DecodedCall | undefined, airdrop: Address): Action["name"] | undefined {
  if (call?.kind === "owner") return OWNER_ACTIONS[call.name]
  if (call?.kind === "record") return "record"
  if (call?.kind === "transfer") return call.to === airdrop ? "deploy" : "collect"
  return undefined
}
