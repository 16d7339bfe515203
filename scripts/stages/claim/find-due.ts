import { isoTime } from "../../core/primitives/time.ts"
import { tokenAmount, type Token } from "../../core/primitives/token.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { findClaims } from "../publication/find-claim.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { ClaimStates, TrancheState } from "../../core/claim/claim-state.ts"
import type { Due, ReserveClaim } from "../../core/claim/claims.ts"
import { fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import { reserveLeaf } from "../../core/merkle/leaf.ts"
import { foldProof } from "../../core/merkle/proof.ts"

/**
 * Finds the claims of an address in the published files.
 * @throws AirdropError `mismatch` that says why it has none
 */
export async function requireDue({ folder, name }: LoadedProgram, account: Address): Promise<Due> {
  const { automatic, reserve, reason } = await findClaims(folder, account)
  if (automatic === undefined && reserve === undefined) {
    throw new AirdropError(`${toChecksum(account)} has no claim: ${reason ?? "it is not on the list"}`, {
      code: "mismatch",
      hint: `See ./airdrop explain ${name} ${toChecksum(account)}`,
    })
  }
  return {
    account,
    automatic: automatic && { index: automatic.index, amount: automatic.amount, proof: automatic.proof },
    reserve: reserve && reserveClaim(account, reserve.amount, reserve.proof),
  }
}

function reserveClaim(account: Address, cumulativeAmount: bigint, proof: readonly Hex[]): ReserveClaim {
  const path = proof.map((node) => fromHex(node, 32))
  return { cumulativeAmount, proof, root: toHex(foldProof(reserveLeaf(account, cumulativeAmount), path)) }
}

/** Returns the state of a tranche in words. */
export function claimStateText(state: TrancheState, token: Omit<Token, "address">): string {
  switch (state.state) {
    case "open":
      return tokenAmount(state.payable, token)
    case "claimed":
      return "already claimed"
    case "pending":
      return `granted; can be claimed after the reserve root is accepted, from ${isoTime(state.acceptableAt)} on`
    case "notSubmitted":
      return "granted; the owner has not yet submitted the reserve root"
  }
}

/**
 * Checks that a tranche is open.
 * @throws AirdropError `mismatch` that names the state of each tranche
 */
export function requireOpen(account: Address, states: ClaimStates): void {
  if (states.automatic?.state === "open" || states.reserve?.state === "open") return
  const token = { symbol: "", decimals: 0 }
  const parts = Object.entries(states).flatMap(([tranche, state]: [string, TrancheState | undefined]) =>
    state === undefined ? [] : [`${tranche} ${claimStateText(state, token)}`],
  )
  throw new AirdropError(`${toChecksum(account)} has nothing to claim now: ${parts.join(", ")}`, {
    code: "mismatch",
  })
}
