/** Reads from the claim files of a published folder what does not follow from its list. */
import { join } from "node:path"
import { type Derivations, PAID_ELSEWHERE, type Pointer } from "../../core/allocation/derivations.ts"
import { amountOf, findRow, type LeafList, totalOf } from "../../core/merkle/leaf-list.ts"
import { UNPAID_REASONS } from "../../core/allocation/allocation-schema.ts"
import { quote } from "../../core/primitives/text.ts"
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { parseClaimFile } from "../../core/publication/claim-file.ts"
import { readDerivation } from "../../core/publication/derivation.ts"
import type { Manifest } from "../../core/publication/manifest.ts"
import type { Findings } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readPublishedJson } from "./read-publication.ts"
import { surveyFolder } from "./survey-folder.ts"

const CLAIM_FILE = /^claims\/(0x[0-9a-f]{40})\.json$/

/**
 * Reads the derivations, and the accounts that have a file without a claim, from the claim files of a folder. Each is
 * checked as far as the list determines it.
 */
export async function publishedDerivations(
  folder: string,
  manifest: Manifest,
  list: LeafList,
  findings: Findings,
): Promise<Derivations> {
  const derived = new Map<Address, unknown>()
  const pointers: Pointer[] = []
  const without: string[] = []
  const check = derivationChecker(manifest, list)
  const paths = manifest.claimFiles ? [...surveyFolder(folder, []).files.keys()] : []
  for (const path of paths) {
    const account = CLAIM_FILE.exec(path)?.[1] as Address | undefined
    if (account === undefined) continue
    const file = shownPath(join(folder, path))
    await findings.trying(file, () => {
      const read = parseClaimFile(readPublishedJson(join(folder, path)), file)
      const { derivation } = "claim" in read ? read.claim : read.noClaim
      if (derivation !== undefined) check(account, derivation)
      if (findRow(list, account).found) {
        if (derivation === undefined) without.push(file)
        else derived.set(account, derivation)
      } else if ("noClaim" in read && manifest.tranche === "automatic") {
        const { reason, detail, paidTo } = read.noClaim
        const pointer = { account, reason, detail, paidTo, ...(derivation !== undefined && { derivation }) }
        checkPointer(pointer, list)
        pointers.push(pointer)
      }
    })
  }
  if (derived.size > 0) for (const file of without) findings.add(file, "derivation is missing")
  return { of: (account) => derived.get(account), pointers }
}

/** Returns a function that checks one derivation after the other against the list and against each other. */
function derivationChecker(
  { token, tranche }: Manifest,
  list: LeafList,
): (account: Address, derivation: unknown) => void {
  const total = totalOf(list)
  let terms: string | undefined
  return (account, derivation) => {
    if (tranche === "reserve") throw wrong("derivation is not expected in a file of the reserve")
    const { row, found } = findRow(list, account)
    const amount = found ? amountOf(list, row) : 0n
    const own = readDerivation(derivation, { account, amount, total, decimals: token.decimals })
    terms ??= own.terms
    if (own.terms !== terms)
      throw wrong("derivation differs from another file's in what concerns the whole program")
  }
}

function checkPointer({ reason, detail, paidTo, derivation }: Pointer, list: LeafList): void {
  const isElsewhere = reason === "paid-elsewhere"
  if (new Set(paidTo).size !== paidTo.length) throw wrong("paidTo names an account twice")
  if (isElsewhere !== paidTo.length > 0 || !paidTo.every((payee) => findRow(list, payee).found)) {
    throw wrong("paidTo is not a list of accounts that have a claim")
  }
  if (!isElsewhere && !UNPAID_REASONS.some((one) => one === reason)) {
    throw wrong(`reason is ${quote(reason)}, which an unpaid account cannot have`)
  }
  if (isElsewhere ? detail !== PAID_ELSEWHERE || derivation !== undefined : derivation === undefined) {
    throw wrong("detail or derivation does not belong to the reason")
  }
}

function wrong(problem: string): AirdropError {
  return new AirdropError(problem, { code: "mismatch" })
}
