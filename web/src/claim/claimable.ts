/** What can be claimed now, and whether the page may offer it: pure, from what the files and the chain say. */
import type { ChainView, AccountStatus, ContractStatus } from "../chain/status.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { Due } from "../data/due.ts"
import type { TextKey } from "../text/en.ts"

/** One thing in which the chain disagrees with the page. */
export type Disagreement = Extract<TextKey, `check.bad.${string}`>

/** In what the chain disagrees with what the page was made for. Nothing is offered while there is anything. */
export function disagreements(config: PageConfig, chain: ChainView): readonly Disagreement[] {
  switch (chain.kind) {
    case "absent":
      return ["check.bad.absent"]
    case "otherChain":
      return ["check.bad.chain"]
    case "contract": {
      const { status } = chain
      const found: Disagreement[] = []
      if (status.automaticRoot !== config.automaticRoot) found.push("check.bad.root")
      if (status.token !== config.token.address) found.push("check.bad.token")
      if (status.leafCount !== BigInt(config.leafCount)) found.push("check.bad.leaves")
      return found
    }
  }
}

export type TrancheState =
  | { readonly state: "open"; readonly payable: bigint; readonly paid: bigint }
  | { readonly state: "claimed" }
  /** Of the reserve: the files' root waits for acceptance, from that time on. */
  | { readonly state: "pending"; readonly acceptableAt: bigint }
  /** Of the reserve: the files' root is not on chain. */
  | { readonly state: "notYet" }

/** How the account's automatic amount stands; undefined if it has none. */
export function automaticState(due: Due, account: AccountStatus): TrancheState | undefined {
  if (due.automatic === undefined) return undefined
  return account.claimed === true
    ? { state: "claimed" }
    : { state: "open", payable: due.automatic.amount, paid: 0n }
}

/** How the account's grants from the reserve stand; undefined if it has none. */
export function reserveState(
  due: Due,
  account: AccountStatus,
  status: ContractStatus,
): TrancheState | undefined {
  if (due.reserve === undefined) return undefined
  const { cumulativeAmount, root } = due.reserve
  const paid = account.reserveClaimed
  if (paid >= cumulativeAmount) return { state: "claimed" }
  if (root === status.reserveRoot) return { state: "open", payable: cumulativeAmount - paid, paid }
  return root === status.pendingRoot
    ? { state: "pending", acceptableAt: status.acceptableAt }
    : { state: "notYet" }
}

/** Base units of each tranche that one claim would pay now; zero for what it would not. */
export interface Claimable {
  readonly automatic: bigint
  readonly reserve: bigint
}

export function claimableOf(due: Due, account: AccountStatus, status: ContractStatus): Claimable {
  return {
    automatic: payable(automaticState(due, account)),
    reserve: payable(reserveState(due, account, status)),
  }
}

function payable(state: TrancheState | undefined): bigint {
  return state?.state === "open" ? state.payable : 0n
}
