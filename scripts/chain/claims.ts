import { ZeroHash } from "ethers"
import type { MerkleAirdrop } from "../../types/MerkleAirdrop.ts"
import type { Address } from "../core/address.ts"
import { AirdropError } from "../core/error.ts"
import { fromHex, toHex, type Hex } from "../core/hex.ts"
import { automaticLeaf, reserveLeaf } from "../core/leaf.ts"
import { foldProof } from "../core/proof.ts"
import { explained } from "./revert.ts"

/** A leaf of the automatic tranche and the way up to its root. Amounts in base units. */
export interface AutomaticClaim {
  readonly index: number
  readonly amount: bigint
  readonly proof: readonly Hex[]
}

/** A leaf of the reserve. */
export interface ReserveClaim {
  readonly cumulativeAmount: bigint
  readonly proof: readonly Hex[]
}

/** What the published files say an account is due. */
export interface Due {
  readonly account: Address
  readonly automatic?: AutomaticClaim | undefined
  readonly reserve?: ReserveClaim | undefined
}

/** How one tranche of an account stands on chain. */
export type ClaimState =
  | { readonly state: "open"; readonly payable: bigint }
  | { readonly state: "claimed" }
  /** The reserve root of the files is not (or not yet) the accepted one. */
  | { readonly state: "not-accepted"; readonly acceptableAt: bigint | undefined }

export interface ClaimStates {
  readonly automatic: ClaimState | undefined
  readonly reserve: ClaimState | undefined
}

/** A signature that permits to pay an account's claims to another address; each tranche has its own. */
export interface ClaimSignatures {
  readonly to: Address
  /** Seconds since 1970. */
  readonly deadline: bigint
  readonly automatic?: string | undefined
  readonly reserve?: string | undefined
}

/** Who sends, and where the tokens go. */
export type Way =
  /** Anyone sends; the account is paid. */
  | { readonly by: "anyone" }
  /** The account itself sends. */
  | { readonly by: "account"; readonly to: Address }
  /** Anyone sends what the account has signed. */
  | { readonly by: "signature"; readonly signatures: ClaimSignatures }

/**
 * Looks up on chain what of an account's claims can be had now.
 * @throws AirdropError (exit 1) if the automatic proof does not lead to the contract's root
 */
export async function readClaimStates(airdrop: MerkleAirdrop, due: Due): Promise<ClaimStates> {
  const [automatic, reserve] = await Promise.all([
    due.automatic && automaticState(airdrop, due.account, due.automatic),
    due.reserve && reserveState(airdrop, due.account, due.reserve),
  ])
  return { automatic, reserve }
}

/**
 * The calls that claim whatever is open; send several with {@link sendClaims}, which makes one transaction of them.
 * @returns calldata for the airdrop contract, empty if nothing is open
 */
export function encodeClaims(airdrop: MerkleAirdrop, due: Due, states: ClaimStates, way: Way): string[] {
  const calls: string[] = []
  if (due.automatic && states.automatic?.state === "open") {
    const call = encodeAutomatic(airdrop, due.account, due.automatic, way)
    if (call !== undefined) calls.push(call)
  }
  if (due.reserve && states.reserve?.state === "open") {
    const call = encodeReserve(airdrop, due.account, due.reserve, way)
    if (call !== undefined) calls.push(call)
  }
  return calls
}

/** The transaction's data for one or several calls: several go through the contract's own multicall. */
export function joinCalls(airdrop: MerkleAirdrop, calls: readonly string[]): string {
  const [first, ...others] = calls
  if (first === undefined) throw new AirdropError("there is nothing to claim", { exit: 1 })
  return others.length === 0 ? first : airdrop.interface.encodeFunctionData("multicall", [[...calls]])
}

/**
 * Sends the calls in one transaction and waits until it is mined.
 * @param airdrop connected to the sender
 * @returns the transaction's hash
 * @throws AirdropError (exit 1) that says why the contract refuses
 */
export async function sendClaims(airdrop: MerkleAirdrop, calls: readonly string[]): Promise<string> {
  const { runner } = airdrop
  if (runner?.sendTransaction === undefined || runner.estimateGas === undefined) {
    throw new AirdropError("no account is given that sends the claim")
  }
  const transaction = { to: await airdrop.getAddress(), data: joinCalls(airdrop, calls) }
  const estimate = runner.estimateGas.bind(runner, transaction)
  const gas = await explained("the claim is refused", airdrop.interface, estimate)
  const sent = await runner.sendTransaction({ ...transaction, gasLimit: (gas * 11n) / 10n })
  const receipt = await explained("the claim failed", airdrop.interface, () => sent.wait())
  if (receipt === null) throw new AirdropError(`transaction ${sent.hash} is not mined`, { exit: 1 })
  return receipt.hash
}

async function automaticState(
  airdrop: MerkleAirdrop,
  account: Address,
  claim: AutomaticClaim,
): Promise<ClaimState> {
  const leaf = automaticLeaf(claim.index, account, claim.amount)
  const [root, claimed] = await Promise.all([airdrop.AUTOMATIC_ROOT(), airdrop.isClaimed(claim.index)])
  const folded = rootOf(leaf, claim.proof)
  if (root.toLowerCase() !== folded) {
    throw new AirdropError(`the published proof leads to root ${folded}, the contract has ${root}`, {
      exit: 1,
      hint: "The files and the contract are not of the same program or version.",
    })
  }
  return claimed ? { state: "claimed" } : { state: "open", payable: claim.amount }
}

async function reserveState(
  airdrop: MerkleAirdrop,
  account: Address,
  claim: ReserveClaim,
): Promise<ClaimState> {
  const [root, pending, claimed] = await Promise.all([
    airdrop.reserveRoot(),
    airdrop.pendingReserveRoot(),
    airdrop.reserveClaimed(account),
  ])
  if (claimed >= claim.cumulativeAmount) return { state: "claimed" }
  const folded = rootOf(reserveLeaf(account, claim.cumulativeAmount), claim.proof)
  if (root !== ZeroHash && root.toLowerCase() === folded) {
    return { state: "open", payable: claim.cumulativeAmount - claimed }
  }
  const isPending = pending.root.toLowerCase() === folded
  return { state: "not-accepted", acceptableAt: isPending ? pending.acceptableAt : undefined }
}

function encodeAutomatic(
  { interface: abi }: MerkleAirdrop,
  account: Address,
  { index, amount, proof }: AutomaticClaim,
  way: Way,
): string | undefined {
  switch (way.by) {
    case "anyone":
      return abi.encodeFunctionData("claim", [index, account, amount, [...proof]])
    case "account":
      return way.to === account
        ? abi.encodeFunctionData("claim", [index, account, amount, [...proof]])
        : abi.encodeFunctionData("claimTo", [index, way.to, amount, [...proof]])
    case "signature": {
      const { to, deadline, automatic } = way.signatures
      if (automatic === undefined) return undefined
      return abi.encodeFunctionData("claimWithSignature", [
        index,
        account,
        to,
        amount,
        deadline,
        automatic,
        [...proof],
      ])
    }
  }
}

function encodeReserve(
  { interface: abi }: MerkleAirdrop,
  account: Address,
  { cumulativeAmount, proof }: ReserveClaim,
  way: Way,
): string | undefined {
  switch (way.by) {
    case "anyone":
      return abi.encodeFunctionData("claimReserve", [account, cumulativeAmount, [...proof]])
    case "account":
      return way.to === account
        ? abi.encodeFunctionData("claimReserve", [account, cumulativeAmount, [...proof]])
        : abi.encodeFunctionData("claimReserveTo", [way.to, cumulativeAmount, [...proof]])
    case "signature": {
      const { to, deadline, reserve } = way.signatures
      if (reserve === undefined) return undefined
      return abi.encodeFunctionData("claimReserveWithSignature", [
        account,
        to,
        cumulativeAmount,
        deadline,
        reserve,
        [...proof],
      ])
    }
  }
}

function rootOf(leaf: Uint8Array, proof: readonly Hex[]): Hex {
  return toHex(
    foldProof(
      leaf,
      proof.map((node) => fromHex(node, 32)),
    ),
  )
}
