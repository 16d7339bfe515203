import { tokenAmount, type Token } from "../../core/primitives/token.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { findClaims } from "../publication/find-claim.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { ClaimStates } from "../../core/claim/claims.ts"
import type { ClaimState } from "../../core/claim/claims.ts"
import type { Due } from "../../core/claim/claims.ts"

/**
 * What the published files say an address is due.
 * @throws AirdropError (exit 1) that says why it is due nothing
 */
export async function requireDue({ folder, name }: LoadedProgram, account: Address): Promise<Due> {
  const { automatic, reserve, reason } = await findClaims(folder, account)
  if (automatic === undefined && reserve === undefined) {
    throw new AirdropError(`${toChecksum(account)} is due nothing: ${reason ?? "it is not on the list"}`, {
      exit: 1,
      hint: `./airdrop explain ${name} ${toChecksum(account)} says how that comes about.`,
    })
  }
  return {
    account,
    automatic: automatic && { index: automatic.index, amount: automatic.amount, proof: automatic.proof },
    reserve: reserve && { cumulativeAmount: reserve.amount, proof: reserve.proof },
  }
}

/** How a claim stands, for people. */
export function claimStateText(state: ClaimState, token: Omit<Token, "address">): string {
  switch (state.state) {
    case "open":
      return tokenAmount(state.payable, token)
    case "claimed":
      return "already claimed"
    case "not-accepted":
      return state.acceptableAt === undefined
        ? "granted, but not yet submitted by the owner"
        : `granted, and acceptable from ${new Date(Number(state.acceptableAt) * 1000).toISOString()}`
  }
}

/**
 * Checks that something is open.
 * @throws AirdropError (exit 1) that says how each tranche stands
 */
export function requireOpen(account: Address, states: ClaimStates): void {
  if (states.automatic?.state === "open" || states.reserve?.state === "open") return
  const token = { symbol: "", decimals: 0 }
  const parts = Object.entries(states).flatMap(([tranche, state]: [string, ClaimState | undefined]) =>
    state === undefined ? [] : [`${tranche} ${claimStateText(state, token)}`],
  )
  throw new AirdropError(`${toChecksum(account)} has nothing to claim now: ${parts.join(", ")}`, { exit: 1 })
}
