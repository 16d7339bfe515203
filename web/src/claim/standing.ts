/** Computes the one state shown beside the amount. It is pure: it depends on the files and the chain's answers. */
import type { ChainView, AccountStatus } from "../chain/status.ts"
import type { Due } from "../data/due.ts"
import { claimStatesOf } from "../../../scripts/core/claim/claim-state.ts"

export type Tranche = "automatic" | "reserve"

/** An amount that opens when the contract is funded, or a grant at a time in Unix seconds; undefined if not known. */
export type Later =
  | { readonly until: "funded"; readonly amount: bigint }
  | { readonly until: "accepted"; readonly amount: bigint; readonly opensAt: bigint | undefined }

export type Standing =
  /** The chain has not answered yet. */
  | { readonly at: "checking"; readonly amount: bigint }
  /** The RPC does not answer, or serves another chain. */
  | { readonly at: "unknown"; readonly amount: bigint; readonly otherChain: boolean }
  /** The contract on chain is not the one of this page. */
  | { readonly at: "mismatch"; readonly amount: bigint }
  /** The contract is not deployed. */
  | { readonly at: "soon"; readonly amount: bigint }
  /**
   * `paid` has been paid before; `amount` can be claimed now. After the sweep time it is late: the owner may take
   * back the rest at any moment.
   */
  | {
      readonly at: "ready"
      readonly amount: bigint
      readonly paid: bigint
      readonly isLate: boolean
      /** The only tranche for which the contract holds enough; undefined if it does for all that is open. */
      readonly only: Tranche | undefined
      /** What can be claimed later than the rest. */
      readonly later: Later | undefined
    }
  /**
   * A reserve root waits for acceptance until `opensAt`, in Unix seconds; undefined if the root is not on chain.
   */
  | { readonly at: "announced"; readonly amount: bigint; readonly opensAt: bigint | undefined }
  /** The contract holds less than the amount. */
  | { readonly at: "unfunded"; readonly amount: bigint }
  /** The sweep time is over and the contract holds less than the amount. */
  | { readonly at: "closed"; readonly amount: bigint }
  | { readonly at: "paid"; readonly amount: bigint }

export interface ChainAnswers {
  /** Undefined while the chain has not answered. */
  readonly view: ChainView | undefined
  readonly account: AccountStatus | undefined
  readonly down: boolean
  /** Whether the contract on chain differs from the page's settings. */
  readonly disagrees: boolean
}

/** Returns the state of an account's amounts. All amounts in base units. */
export function standingOf(due: Due, { view, account, down, disagrees }: ChainAnswers): Standing {
  const all = (due.automatic?.amount ?? 0n) + (due.reserve?.cumulativeAmount ?? 0n)
  if (view?.kind === "absent") return { at: "soon", amount: all }
  if (disagrees) return { at: "mismatch", amount: all }
  if (view?.kind === "otherChain") return { at: "unknown", amount: all, otherChain: true }
  if (down) return { at: "unknown", amount: all, otherChain: false }
  if (view === undefined || account === undefined) return { at: "checking", amount: all }
  const { status } = view
  const { automatic, reserve } = claimStatesOf(due, account, status)
  const states = [automatic, reserve]
  const open = states.reduce((sum, state) => sum + (state?.state === "open" ? state.payable : 0n), 0n)
  if (open > 0n) {
    const isLate = status.now >= status.sweepTime
    const paid = paidOf(due, account)
    if (status.balance >= open)
      return {
        at: "ready",
        amount: open,
        paid,
        isLate,
        only: undefined,
        later: granted(due, account, reserve),
      }
    const covered = (["automatic", "reserve"] as const)
      .map((tranche, i) => ({ tranche, state: states[i] }))
      .flatMap(({ tranche, state }) =>
        state?.state === "open" && state.payable > 0n ? [{ tranche, amount: state.payable }] : [],
      )
      .filter(({ amount }) => amount <= status.balance)
      .sort((a, b) => (a.amount > b.amount ? -1 : 1))[0]
    if (covered !== undefined) {
      const { tranche: only, amount } = covered
      return { at: "ready", amount, paid, isLate, only, later: { until: "funded", amount: open - amount } }
    }
    return { at: isLate ? "closed" : "unfunded", amount: open }
  }
  const waiting = granted(due, account, reserve)
  if (waiting !== undefined) return { at: "announced", amount: waiting.amount, opensAt: waiting.opensAt }
  return { at: "paid", amount: all }
}

/** Returns the grant that waits for its root. */
function granted(
  due: Due,
  { reserveClaimed }: AccountStatus,
  reserve: ReturnType<typeof claimStatesOf>["reserve"],
): Extract<Later, { until: "accepted" }> | undefined {
  if (reserve?.state !== "pending" && reserve?.state !== "notSubmitted") return undefined
  return {
    until: "accepted",
    amount: (due.reserve?.cumulativeAmount ?? 0n) - reserveClaimed,
    opensAt: reserve.state === "pending" ? reserve.acceptableAt : undefined,
  }
}

/** Returns how much of the account's amounts has been paid. */
function paidOf(due: Due, { claimed, reserveClaimed }: AccountStatus): bigint {
  return (claimed === true ? (due.automatic?.amount ?? 0n) : 0n) + reserveClaimed
}
