/** Carries a claim out: each step tells the state machine, and whatever is thrown ends it as a failure. */
import { formatSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { isObject, RpcRefused, type Rpc } from "../chain/rpc.ts"
import { readAccount, readContract, type ContractStatus } from "../chain/status.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { Due } from "../data/due.ts"
import { chainOf, ensureChain, type ChainTerms } from "../wallet/chain.ts"
import type { WalletProvider } from "../wallet/discovery.ts"
import { automaticState, claimableOf, disagreements, reserveState } from "./claimable.ts"
import { loadClaimCode, type Payments, type Way } from "./code-types.ts"
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
export async function sendClaim(run: ClaimRun, way: Way): Promise<void> {
  await guarded(run, async () => {
    if (way.by === "account" && run.sender !== run.due.account) throw new ClaimFailure("wrongAccount")
    await reachChain(run)
    const payments = await openPayments(run, way)
    const { encodeClaim } = await loadClaimCode()
    const transaction = {
      from: run.sender,
      to: run.config.contract,
      data: encodeClaim(run.due.account, payments, way),
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
    const { automatic, reserve } = await openPayments(run, { by: "account", to })
    const { account } = run.due
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
    const data = encodeClaim(account, { automatic, reserve }, wayOf(signed))
    await run.rpc.send("eth_call", { from: run.sender, to: run.config.contract, data }, "latest")
    run.dispatch({ type: "signed", text: formatSignedClaim(signed) })
  })
}

/** The way of a claim that its account has signed. */
export function wayOf({ to, deadline, automatic, reserve }: SignedClaim): Way & { readonly by: "signature" } {
  return { by: "signature", to, deadline, automatic: automatic?.signature, reserve: reserve?.signature }
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

/** Looks at the newest state once more, so that whoever claims learns the reason and not just a refusal. */
async function openPayments({ rpc, config, due }: ClaimRun, way: Way): Promise<Payments> {
  const chain = await readContract(rpc, config)
  if (chain.kind !== "contract" || disagreements(config, chain).length > 0)
    throw new ClaimFailure("rejectedProof")
  const account = await readAccount(rpc, config.contract, due.account, due.automatic?.index)
  const open = claimableOf(due, account, chain.status)
  const signed = way.by === "signature" ? way : undefined
  const automatic = signed !== undefined && signed.automatic === undefined ? 0n : open.automatic
  const reserve = signed !== undefined && signed.reserve === undefined ? 0n : open.reserve
  if (automatic + reserve === 0n) {
    if (automaticState(due, account)?.state === "claimed") throw new ClaimFailure("alreadyClaimed")
    throw new ClaimFailure(
      reserveState(due, account, chain.status)?.state === "claimed" ? "nothingToClaim" : "reserveChanged",
    )
  }
  ensureFunded(chain.status, automatic + reserve)
  if (signed !== undefined && signed.deadline < chain.status.now) throw new ClaimFailure("expired")
  return {
    automatic: automatic > 0n ? due.automatic : undefined,
    reserve: reserve > 0n ? due.reserve : undefined,
  }
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
