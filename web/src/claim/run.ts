/** Carries a claim out. Each step sends an event to the state machine, and an error ends the claim as a failure. */
import { usualSignature } from "../../../scripts/core/ethereum/signature-form.ts"
import { formatSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { RpcRefused, type Rpc } from "../chain/rpc.ts"
import { readAccount, readContract, type ContractStatus } from "../chain/status.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { Due } from "../data/due.ts"
import { chainOf, ensureChain, type ChainTerms } from "../wallet/chain.ts"
import type { WalletProvider } from "../wallet/provider.ts"
import { submit } from "../wallet/submit.ts"
import { claimStatesOf, payableNow, type ClaimStates } from "../../../scripts/core/claim/claim-state.ts"
import { signedSubmission, type ClaimSubmission } from "../../../scripts/core/claim/claim-submission.ts"
import { disagreements } from "./disagreements.ts"
import { loadClaimCode } from "./code-types.ts"
import { waitUntilPaid } from "./follow.ts"
import { ClaimFailure, failureOf } from "./failure.ts"
import type { ClaimEvent } from "./machine.ts"
import type { Sent } from "./sent.ts"
import { claimReserveTypedData, claimTypedData } from "./typed-data.ts"

export interface ClaimRun {
  readonly config: PageConfig
  readonly rpc: Rpc
  readonly wallet: WalletProvider
  /** The wallet's account, in lower case. */
  readonly sender: string
  readonly due: Due
  readonly dispatch: (event: ClaimEvent) => void
  /** Aborted when the user cancels. After that the wallet is asked for nothing more. */
  readonly signal: AbortSignal
  /** Asks the wallet although its account cannot pay the gas, because another account may pay. */
  readonly evenWithoutGas?: boolean
}

/**
 * Claims the open amounts in one transaction.
 * @returns the sent claim, also if the user cancelled before the wallet answered; undefined if nothing was sent
 */
export async function sendClaim(run: ClaimRun, how: ClaimSubmission): Promise<Sent | undefined> {
  return await guarded(run, async () => {
    if (how.by === "account" && run.sender !== run.due.account) throw new ClaimFailure("wrongAccount")
    await reachChain(run)
    const states = await openStates(run, how)
    const { encodeClaim, callDigests } = await loadClaimCode()
    const data = encodeClaim(run.due, states, how)
    const transaction = { from: run.sender, to: run.config.contract, data }
    await tryOut(run, transaction)
    const nonce = await run.rpc.send("eth_getTransactionCount", run.sender, "latest")
    run.dispatch({ type: "simulated", digests: callDigests(data) })
    await ensureSame(run)
    run.signal.throwIfAborted()
    const submitted = await submit(run.wallet, run.config.chainId, transaction)
    const { automatic, reserve } = payableNow(states, how)
    return {
      ...submitted,
      contract: run.config.contract,
      account: run.due.account,
      sender: run.sender,
      nonce: typeof nonce === "string" ? Number(nonce) : undefined,
      flags: [
        {
          account: run.due.account,
          index: automatic > 0n ? run.due.automatic?.index : undefined,
          reserve: reserve > 0n ? run.due.reserve?.cumulativeAmount.toString() : undefined,
        },
      ],
      amount: (automatic + reserve).toString(),
      total: (automatic + reserve).toString(),
      to: how.by === "anyone" ? run.due.account : how.to,
      at: Date.now(),
    }
  })
}

/** Signs the open claim for another account to submit. Simulates the signed claim before it is handed out. */
export async function signClaim(run: ClaimRun, to: `0x${string}`, deadline: bigint): Promise<void> {
  await guarded(run, async () => {
    if (run.sender !== run.due.account) throw new ClaimFailure("wrongAccount")
    await reachChain(run)
    const states = await openStates(run, { by: "account", to })
    const { account } = run.due
    const automatic = states.automatic?.state === "open" ? run.due.automatic : undefined
    const reserve = states.reserve?.state === "open" ? run.due.reserve : undefined
    const { encodeClaim, messageDigests } = await loadClaimCode()
    const { chainId, contract } = run.config
    const digests = messageDigests(run.due, states, { chainId, contract, to, deadline })
    run.dispatch({ type: "simulated", digests })
    const isContract = await hasCode(run.rpc, account)
    const sign = async (typedData: string): Promise<string> => {
      await ensureSame(run)
      run.signal.throwIfAborted()
      const signature = await run.wallet.request({
        method: "eth_signTypedData_v4",
        params: [run.sender, typedData],
      })
      if (typeof signature !== "string") throw new ClaimFailure("walletCannot")
      return isContract ? signature : usualSignature(signature)
    }
    const signed: SignedClaim = {
      chainId,
      contract,
      account,
      to,
      deadline,
      automatic: automatic && {
        amount: automatic.amount,
        signature: await sign(
          claimTypedData(run.config, {
            index: BigInt(automatic.index),
            account,
            to,
            amount: automatic.amount,
            deadline,
          }),
        ),
      },
      reserve: reserve && {
        cumulativeAmount: reserve.cumulativeAmount,
        signature: await sign(
          claimReserveTypedData(run.config, {
            account,
            to,
            cumulativeAmount: reserve.cumulativeAmount,
            deadline,
          }),
        ),
      },
    }
    const data = encodeClaim(run.due, states, signedSubmission(signed))
    await run.rpc.send("eth_call", { from: run.sender, to: run.config.contract, data }, "latest")
    run.dispatch({ type: "signed", text: formatSignedClaim(signed) })
  })
}

/** Waits for a sent claim and dispatches the outcome. */
export async function follow(
  sent: Sent,
  run: Pick<ClaimRun, "rpc" | "dispatch" | "signal"> & { readonly wallet: WalletProvider | undefined },
): Promise<void> {
  await guarded(run, async () => {
    const payment = await waitUntilPaid(sent, {
      ...run,
      heard: (fromRpc) => {
        run.dispatch({ type: "heard", fromRpc })
      },
    })
    if (payment === undefined || run.signal.aborted) return
    run.dispatch({ type: "paid", payment })
  })
}

/** Runs work and dispatches an error as a failure, unless the user has cancelled meanwhile. */
export async function guarded<T>(
  { dispatch, signal }: Pick<ClaimRun, "dispatch" | "signal">,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!signal.aborted) dispatch({ type: "failed", failure: failureOf(error) })
    return undefined
  }
}

/** Brings the wallet to the program's chain. */
export async function reachChain({ wallet, config, dispatch }: ClaimRun): Promise<void> {
  // The wallet gets the page's own RPCs. An RPC that the user entered here stays on this page.
  const chain: ChainTerms = {
    chainId: config.chainId,
    name: config.chainName,
    currency: config.currency,
    rpcUrls: config.rpcUrls,
    explorer: config.explorer,
  }
  await ensureChain(wallet, chain)
  dispatch({ type: "rightChain" })
}

/** Reads the newest state again, so that the page can name the reason before a wallet or a node refuses. */
async function openStates({ rpc, config, due }: ClaimRun, how: ClaimSubmission): Promise<ClaimStates> {
  const chain = await readContract(rpc, config)
  if (chain.kind !== "contract" || disagreements(config, chain).length > 0)
    throw new ClaimFailure("rejectedProof")
  const account = await readAccount(rpc, config.contract, due.account, due.automatic?.index)
  const states = claimStatesOf(due, account, chain.status)
  const { automatic, reserve } = payableNow(states, how)
  if (automatic + reserve === 0n) {
    if (states.automatic?.state === "claimed") throw new ClaimFailure("alreadyClaimed")
    throw new ClaimFailure(states.reserve?.state === "claimed" ? "nothingToClaim" : "reserveChanged")
  }
  ensureFunded(chain.status, automatic + reserve)
  if (how.by === "signature" && how.deadline < chain.status.now) throw new ClaimFailure("expired")
  return states
}

function ensureFunded({ balance, now, sweepTime }: ContractStatus, needed: bigint): void {
  if (balance >= needed) return
  throw new ClaimFailure(now >= sweepTime ? "swept" : "underfunded")
}

/** Returns whether an account is a contract, whose signatures have a form of their own. */
export async function hasCode(rpc: Rpc, account: string): Promise<boolean> {
  const code = await rpc.send("eth_getCode", account, "latest")
  return typeof code === "string" && code.length > 2 && !code.startsWith("0xef0100")
}

/** Runs the transaction without sending it, and checks that the sender can pay for it. */
export async function tryOut(
  { rpc, sender, evenWithoutGas = false }: ClaimRun,
  transaction: object,
): Promise<void> {
  await rpc.send("eth_call", transaction, "latest")
  const [gas, price, balance, code] = await rpc.sendAll([
    { method: "eth_estimateGas", params: [transaction] },
    { method: "eth_gasPrice", params: [] },
    { method: "eth_getBalance", params: [sender, "latest"] },
    { method: "eth_getCode", params: [sender, "latest"] },
  ])
  // An account with code (a Safe, ERC-4337, EIP-7702) may have its gas paid by another account.
  if (evenWithoutGas || (typeof code === "string" && code.length > 2)) return
  if (typeof price !== "string" || typeof balance !== "string") return
  // Nodes word the failed estimate of an empty account differently, so the balance is checked first.
  if (BigInt(balance) === 0n) throw new ClaimFailure("noGas")
  if (gas instanceof RpcRefused) throw gas
  if (typeof gas === "string" && BigInt(gas) * BigInt(price) > BigInt(balance))
    throw new ClaimFailure("noGas")
}

/** Throws if the account or network was changed in the wallet while the page was at work. */
export async function ensureSame({ wallet, sender, config }: ClaimRun): Promise<void> {
  const accounts = await wallet.request({ method: "eth_accounts" })
  const current: unknown = Array.isArray(accounts) ? accounts[0] : undefined
  const same = typeof current === "string" && current.toLowerCase() === sender
  if (!same || (await chainOf(wallet)) !== config.chainId) throw new ClaimFailure("changedMind")
}
