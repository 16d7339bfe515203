/** Judges several signed claims by the chain, and sends those that it would accept in one transaction. */
import { claimStatesOf, payableNow } from "../../../scripts/core/claim/claim-state.ts"
import { signedSubmission } from "../../../scripts/core/claim/claim-submission.ts"
import type { SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { RpcRefused, type Rpc } from "../chain/rpc.ts"
import { readAccount, readContract, type ContractStatus } from "../chain/status.ts"
import type { Due } from "../data/due.ts"
import { submit } from "../wallet/submit.ts"
import { loadClaimCode, type ClaimCode } from "./code-types.ts"
import { disagreements } from "./disagreements.ts"
import { ClaimFailure, failureOf, type FailureCode } from "./failure.ts"
import { ensureSame, guarded, reachChain, tryOut, type ClaimRun } from "./run.ts"
import type { Sent } from "./sent.ts"

/** A signed claim with the amounts and proofs of its account. */
export interface BatchClaim {
  readonly claim: SignedClaim
  readonly due: Due
}

/** The outcome of a claim's trial run. */
export type Judged = BatchClaim &
  (
    | {
        readonly at: "ready"
        /** Base units of the token. */
        readonly amount: bigint
        readonly calldata: string
        /** Gas of the claim alone. */
        readonly gas: bigint
        /** True if the automatic amount, and true if the reserve's, is among what is paid. */
        readonly pays: { readonly automatic: boolean; readonly reserve: boolean }
      }
    | { readonly at: "paid" }
    | { readonly at: "refused"; readonly code: FailureCode }
  )

export interface JudgeTerms {
  readonly withGas: boolean
  readonly signal: AbortSignal
}

export interface Judgement {
  readonly claims: readonly Judged[]
  /** Price of a unit of gas, in the smallest unit of the chain's currency. */
  readonly gasPrice: bigint
}

/** Claims that are judged at a time. */
const AT_A_TIME = 8
/** A transaction pays its own base once, so a claim in a batch costs this much less than alone. */
export const BASE_GAS = 21_000n

/**
 * Runs each claim alone, without sending it. A claim that would fail is named, and does not stop the others.
 * @param terms.withGas false leaves the gas of each claim at zero, which spares the node an estimate
 * @param terms.signal aborted when the outcome is no longer wanted
 * @throws RpcUnreachable if the RPC does not answer
 */
export async function judgeClaims(
  rpc: Rpc,
  config: PageConfig,
  claims: readonly BatchClaim[],
  { withGas, signal }: JudgeTerms,
): Promise<Judgement> {
  const [chain, code, price] = await Promise.all([
    readContract(rpc, config),
    loadClaimCode(),
    rpc.send("eth_gasPrice"),
  ])
  if (chain.kind !== "contract" || disagreements(config, chain).length > 0)
    throw new ClaimFailure("rejectedProof")
  const judged: Judged[] = []
  let left = chain.status.balance
  for (let at = 0; at < claims.length; at += AT_A_TIME) {
    signal.throwIfAborted()
    const some = claims.slice(at, at + AT_A_TIME)
    const found = await Promise.all(
      some.map(async (one) => await judge(rpc, config, { status: chain.status, code, withGas }, one)),
    )
    for (const one of found) {
      // The contract pays one claim after the other, so that its balance may not be enough for all.
      if (one.at === "ready" && one.amount > left) judged.push({ ...one, at: "refused", code: "underfunded" })
      else judged.push(one)
      if (one.at === "ready") left -= one.amount <= left ? one.amount : 0n
    }
  }
  return { claims: judged, gasPrice: typeof price === "string" ? BigInt(price) : 0n }
}

interface JudgeTools {
  readonly status: ContractStatus
  readonly code: ClaimCode
  readonly withGas: boolean
}

async function judge(
  rpc: Rpc,
  config: PageConfig,
  { status, code, withGas }: JudgeTools,
  one: BatchClaim,
): Promise<Judged> {
  const { claim, due } = one
  const how = signedSubmission(claim)
  const account = await readAccount(rpc, config.contract, due.account, due.automatic?.index)
  const states = claimStatesOf(due, account, status)
  const payable = payableNow(states, how)
  const amount = payable.automatic + payable.reserve
  if (amount === 0n) {
    const isPaid = states.automatic?.state === "claimed" || states.reserve?.state === "claimed"
    return isPaid ? { ...one, at: "paid" } : { ...one, at: "refused", code: "reserveChanged" }
  }
  if (claim.deadline < status.now) return { ...one, at: "refused", code: "expired" }
  const calldata = code.encodeClaim(due, states, how)
  // Any account may send a signed claim, so the trial names no sender and needs no wallet.
  const transaction = { to: config.contract, data: calldata }
  const [ran, gas] = await rpc.sendAll([
    { method: "eth_call", params: [transaction, "latest"] },
    ...(withGas ? [{ method: "eth_estimateGas", params: [transaction] }] : []),
  ])
  const refusal = [ran, gas].find((answer) => answer instanceof RpcRefused)
  if (refusal !== undefined) return { ...one, at: "refused", code: failureOf(refusal).code }
  return {
    ...one,
    at: "ready",
    amount,
    calldata,
    gas: typeof gas === "string" ? BigInt(gas) : 0n,
    pays: { automatic: payable.automatic > 0n, reserve: payable.reserve > 0n },
  }
}

/**
 * Sends claims in one transaction, through the contract's multicall. Claims that would fail by now are left out.
 * @returns the sent transaction, known by the account of its first claim
 */
export async function sendBatch(run: ClaimRun, claims: readonly BatchClaim[]): Promise<Sent | undefined> {
  return await guarded(run, async () => {
    await reachChain(run)
    const judged = await judgeClaims(run.rpc, run.config, claims, { withGas: false, signal: run.signal })
    const ready = judged.claims.filter((one) => one.at === "ready")
    const [first] = ready
    if (first === undefined) throw new ClaimFailure("alreadyClaimed")
    const { encodeAll, callDigests } = await loadClaimCode()
    const data = encodeAll(ready.map(({ calldata }) => calldata))
    const transaction = { from: run.sender, to: run.config.contract, data }
    await tryOut(run, transaction)
    const nonce = await run.rpc.send("eth_getTransactionCount", run.sender, "latest")
    run.dispatch({ type: "simulated", digests: callDigests(data) })
    await ensureSame(run)
    run.signal.throwIfAborted()
    const submitted = await submit(run.wallet, run.config.chainId, transaction)
    const { due, amount } = first
    return {
      ...submitted,
      contract: run.config.contract,
      account: due.account,
      sender: run.sender,
      nonce: typeof nonce === "string" ? Number(nonce) : undefined,
      flags: ready.map((one) => ({
        account: one.due.account,
        index: one.pays.automatic ? one.due.automatic?.index : undefined,
        reserve: one.pays.reserve ? one.due.reserve?.cumulativeAmount.toString() : undefined,
      })),
      amount: amount.toString(),
      total: ready.reduce((sum, one) => sum + one.amount, 0n).toString(),
      to: first.claim.to,
      at: Date.now(),
    }
  })
}
