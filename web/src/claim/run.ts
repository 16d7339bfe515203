/** Carries a claim out: each step tells the state machine, and whatever is thrown ends it as a failure. */
import { formatSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { isObject, RpcRefused, type Rpc } from "../chain/rpc.ts"
import { readAccount, readContract, type ContractStatus } from "../chain/status.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { Due } from "../data/due.ts"
import { chainOf, ensureChain, type ChainTerms } from "../wallet/chain.ts"
import type { WalletProvider } from "../wallet/discovery.ts"
import { claimStatesOf, payableNow, type ClaimStates } from "../../../scripts/core/claim/claim-state.ts"
import { signedSubmission, type ClaimSubmission } from "../../../scripts/core/claim/claim-submission.ts"
import { disagreements } from "./disagreements.ts"
import { loadClaimCode } from "./code-types.ts"
import { ClaimFailure, failureOf } from "./failure.ts"
import type { ClaimEvent } from "./machine.ts"
import { claimReserveTypedData, claimTypedData } from "./typed-data.ts"

export interface ClaimRun {
  readonly config: PageConfig
  readonly rpc: Rpc
  readonly wallet: WalletProvider
  /** The wallet's account, in lower case. */
  readonly sender: string
  readonly due: Due
  readonly dispatch: (event: ClaimEvent) => void
}

/** Claims what is open, in one transaction. */
export async function sendClaim(run: ClaimRun, how: ClaimSubmission): Promise<void> {
  await guarded(run, async () => {
    if (how.by === "account" && run.sender !== run.due.account) throw new ClaimFailure("wrongAccount")
    await reachChain(run)
    const states = await openStates(run, how)
    const { encodeClaim } = await loadClaimCode()
    const transaction = {
      from: run.sender,
      to: run.config.contract,
      data: encodeClaim(run.due, states, how),
    }
    await tryOut(run, transaction)
    run.dispatch({ type: "simulated" })
    await ensureSame(run)
    const hash = await run.wallet.request({ method: "eth_sendTransaction", params: [transaction] })
    if (typeof hash !== "string") throw new ClaimFailure("walletCannot")
    run.dispatch({ type: "sent", hash })
    await waitFor(run, hash)
  })
}

/** Signs what is open for somebody else to submit, and tries the result out before it is given away. */
export async function signClaim(run: ClaimRun, to: `0x${string}`, deadline: bigint): Promise<void> {
  await guarded(run, async () => {
    if (run.sender !== run.due.account) throw new ClaimFailure("wrongAccount")
    await reachChain(run)
    const states = await openStates(run, { by: "account", to })
    const { account } = run.due
    const automatic = states.automatic?.state === "open" ? run.due.automatic : undefined
    const reserve = states.reserve?.state === "open" ? run.due.reserve : undefined
    run.dispatch({ type: "simulated" })
    const sign = async (typedData: string): Promise<string> => {
      await ensureSame(run)
      const signature = await run.wallet.request({
        method: "eth_signTypedData_v4",
        params: [run.sender, typedData],
      })
      if (typeof signature !== "string") throw new ClaimFailure("walletCannot")
      return signature
    }
    const signed: SignedClaim = {
      chainId: run.config.chainId,
      contract: run.config.contract,
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
    const { encodeClaim } = await loadClaimCode()
    const data = encodeClaim(run.due, states, signedSubmission(signed))
    await run.rpc.send("eth_call", { from: run.sender, to: run.config.contract, data }, "latest")
    run.dispatch({ type: "signed", text: formatSignedClaim(signed) })
  })
}

/** Waits until a sent transaction is included. */
export async function waitFor(run: Pick<ClaimRun, "rpc" | "dispatch">, hash: string): Promise<void> {
  await guarded(run, async () => {
    for (;;) {
      const receipt = await run.rpc.send("eth_getTransactionReceipt", hash)
      if (isObject(receipt)) {
        if (receipt["status"] !== "0x1") throw new ClaimFailure("reverted")
        run.dispatch({ type: "mined" })
        return
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  })
}

const POLL_MS = 1_000

async function guarded({ dispatch }: Pick<ClaimRun, "dispatch">, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    dispatch({ type: "failed", failure: failureOf(error) })
  }
}

async function reachChain({ wallet, config, rpc, dispatch }: ClaimRun): Promise<void> {
  const chain: ChainTerms = {
    chainId: config.chainId,
    name: config.chainName,
    currency: config.currency,
    rpcUrls: [rpc.url],
    explorer: config.explorer,
  }
  await ensureChain(wallet, chain)
  dispatch({ type: "rightChain" })
}

/** Reads the newest state again, so that the reason is known before a wallet or a node refuses. */
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
  throw new ClaimFailure(balance === 0n && now >= sweepTime ? "swept" : "underfunded")
}

/** Runs the transaction without sending it, and makes sure that the sender can pay for it. */
async function tryOut({ rpc, sender }: ClaimRun, transaction: object): Promise<void> {
  await rpc.send("eth_call", transaction, "latest")
  const [gas, price, balance] = await rpc.sendAll([
    { method: "eth_estimateGas", params: [transaction] },
    { method: "eth_gasPrice", params: [] },
    { method: "eth_getBalance", params: [sender, "latest"] },
  ])
  if (typeof price !== "string" || typeof balance !== "string") return
  // A node that cannot estimate because there is nothing to pay with says so in words of its own.
  if (BigInt(balance) === 0n) throw new ClaimFailure("noGas")
  if (gas instanceof RpcRefused) throw gas
  if (typeof gas === "string" && BigInt(gas) * BigInt(price) > BigInt(balance))
    throw new ClaimFailure("noGas")
}

/** The account or network may have been changed in the wallet while the page was at work. */
async function ensureSame({ wallet, sender, config }: ClaimRun): Promise<void> {
  const accounts = await wallet.request({ method: "eth_accounts" })
  const current: unknown = Array.isArray(accounts) ? accounts[0] : undefined
  const same = typeof current === "string" && current.toLowerCase() === sender
  if (!same || (await chainOf(wallet)) !== config.chainId) throw new ClaimFailure("changedMind")
}
