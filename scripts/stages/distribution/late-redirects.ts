/**
 * Redirects that arrived after the build: claims that their accounts have signed to another address. They are
 * submitted before any push, which would pay the account itself.
 */
import { existsSync } from "node:fs"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { Signer } from "ethers"
import { encodeClaims } from "../../core/claim/claim-calls.ts"
import { signedSubmission, type SignedSubmission } from "../../core/claim/claim-submission.ts"
import type { Due } from "../../core/claim/claims.ts"
import { revertWords } from "../../core/claim/revert-words.ts"
import { signedClaimFault, type SignedClaim } from "../../core/claim/signed-claim.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { missingFile, shownPath } from "../../io/disk/paths.ts"
import { explained } from "../../io/transactions/revert.ts"
import type { SendOptions } from "../../io/transactions/send.ts"
import { readClaimStates } from "../claim/claim-states.ts"
import { requireDue } from "../claim/find-due.ts"
import { readSignedClaim } from "../claim/signed-claim-file.ts"
import { sendClaims } from "../claim/send-claims.ts"
import type { Plan } from "./distribution-plan.ts"

/** The folder of signed claims in a program's folder. */
export const SIGNED_CLAIMS = "signed-claims"

export interface LateRedirect {
  /** As it is shown. */
  readonly file: string
  readonly to: Address
  readonly due: Due
  readonly how: SignedSubmission
}

/**
 * Reads the redirects that are not paid yet, in the order of their files' names.
 * @throws AirdropError that names the file, if it is not a signed claim of this program's list
 */
export async function readLateRedirects(plan: Plan): Promise<readonly LateRedirect[]> {
  const folder = join(plan.loaded.folder, SIGNED_CLAIMS)
  const names = await signedClaimsIn(folder)
  const fileOf = new Map<Address, string>()
  const open: LateRedirect[] = []
  for (const name of names) {
    const path = join(folder, name)
    const file = shownPath(path)
    const signed = await readSignedClaim(path)
    const other = fileOf.get(signed.account)
    if (other !== undefined) {
      throw new AirdropError(`${file}: ${toChecksum(signed.account)} has signed ${other} too`, {
        code: "inconsistent",
        hint: "Keep the one that the account means.",
      })
    }
    fileOf.set(signed.account, file)
    const due = await dueOf(plan, signed, file)
    if (due === undefined) continue
    open.push({ file, to: signed.to, due, how: { ...signedSubmission(signed), reserve: undefined } })
  }
  return open
}

/**
 * Lists the signed claims of a program. A file that was overlooked would have the account itself paid, so that
 * whatever is not a JSON file is refused.
 */
async function signedClaimsIn(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return []
  const names = await readdir(folder).catch((error: unknown) => {
    throw missingFile(folder, error)
  })
  const shown = names.filter((name) => !name.startsWith(".")).sort()
  const strange = shown.find((name) => !name.endsWith(".json"))
  if (strange === undefined) return shown
  throw new AirdropError(`${shownPath(join(folder, strange))}: is no signed claim, which is a .json file`, {
    code: "file-format",
  })
}

/** Returns the automatic claim that a redirect is about; undefined if it is paid. */
async function dueOf(plan: Plan, signed: SignedClaim, file: string): Promise<Due | undefined> {
  const { loaded, address, claimed } = plan
  const refuse = (message: string): AirdropError =>
    new AirdropError(`${file}: ${message}`, {
      code: "inconsistent",
      hint: "Remove the file to have the account itself paid.",
    })
  const due = await requireDue(loaded, signed.account).catch((cause: unknown) => {
    throw cause instanceof AirdropError && cause.code === "mismatch" ? refuse(cause.message) : cause
  })
  const { automatic } = due
  if (automatic === undefined || signed.automatic === undefined) {
    throw refuse("it redirects nothing of the list that is distributed")
  }
  // What it says of the reserve is not submitted here.
  const own = { chainId: loaded.program.chainId, contract: address, due }
  const fault = signedClaimFault({ ...signed, reserve: undefined }, own)
  if (fault !== undefined) throw refuse(fault)
  if (claimed[automatic.index] !== 0) return undefined
  return { account: signed.account, automatic, reserve: undefined }
}

/**
 * Asks the contract about each redirect, so that all of them are known to be payable before the first is sent.
 * @throws AirdropError `reverted` that names the file, and says why the contract refuses it
 */
export async function requireSubmittable(
  { airdrop, provider, address }: Plan,
  redirects: readonly LateRedirect[],
  from: string,
): Promise<void> {
  const words = (error: string): string => revertWords(error, airdrop.interface)
  for (const { file, due, how } of redirects) {
    const states = await readClaimStates(airdrop, due)
    const call = { from, to: address, data: encodeClaims(airdrop.interface, due, states, how) }
    await explained(`${file} is refused`, words, async () => await provider.estimateGas(call))
  }
}

/**
 * Submits the redirects, one after the other, and waits for each.
 * @returns the hashes of the transactions that the node shows
 */
export async function submitRedirects(
  { airdrop, provider }: Plan,
  redirects: readonly LateRedirect[],
  { signer, send }: { readonly signer: Signer; readonly send: SendOptions },
): Promise<readonly string[]> {
  const hashes: string[] = []
  for (const { due, how } of redirects) {
    const block = await provider.getBlockNumber()
    const states = await readClaimStates(airdrop, due)
    if (states.automatic?.state !== "open") continue
    const { transaction } = await sendClaims({ airdrop, provider, signer, due, how, states, block, send })
    if (transaction !== undefined) hashes.push(transaction)
  }
  return hashes
}
