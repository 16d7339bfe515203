/**
 * The file of one address: its claim with the derivation, or the reason why it has no claim of its own. The file
 * holds all that a wallet needs, and nothing in it has to be trusted: {@link checkClaim} folds the proof.
 */
import { tokenAmount, type Token } from "../primitives/token.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import { formatAmount } from "../primitives/amount.ts"
import { AirdropError } from "../primitives/error.ts"
import { fromHex, type Hex } from "../primitives/bytes.ts"
import {
  addressOf,
  arrayOf,
  countOf,
  decimalsOf,
  hashesOf,
  hexOf,
  objectOf,
  textOf,
  unitsOf,
  wordOf,
} from "../primitives/json-reader.ts"
import { automaticLeaf, type Tranche, reserveLeaf } from "../merkle/leaf.ts"
import { verifyProof } from "../merkle/proof.ts"

export const CLAIM_FORMAT = "merkle-airdrop/claim@1"
export const NO_CLAIM_FORMAT = "merkle-airdrop/no-claim@1"

/** The program and contract of a published file. */
export interface Origin {
  readonly program: string
  readonly tranche: Tranche
  readonly chainId: number
  /** The address at which the contract is or will be deployed; absent if undecided. */
  readonly contract: Address | undefined
  readonly token: Token
}

export interface Claim extends Origin {
  readonly root: Hex
  /** The index in the tree. A leaf of the reserve does not contain it. */
  readonly index: number
  readonly account: Address
  /** Base units; for the reserve cumulative. */
  readonly amount: bigint
  readonly proof: readonly Hex[]
  /** The derivation as derivation.ts writes it; absent if the list is too long to keep derivations. */
  readonly derivation?: unknown
}

/** An address that takes part and is paid at another address, or not at all. */
export interface NoClaim extends Origin {
  readonly account: Address
  readonly reason: string
  /** The reason as a phrase. */
  readonly detail: string
  /** The accounts whose claims include the earnings of this one. */
  readonly paidTo: readonly Address[]
  readonly derivation?: unknown
}

/**
 * Returns the path of an address's file in the published folder. It is in lower case, so that no look-up depends on
 * casing.
 */
export function claimPath(account: Address): string {
  return `claims/${account}.json`
}

/** Writes the text of a claim's file. */
export function formatClaim(claim: Claim): string {
  const { token, amount } = claim
  return text({
    format: CLAIM_FORMAT,
    ...originOf(claim),
    root: claim.root,
    index: claim.index,
    account: toChecksum(claim.account),
    baseUnits: amount.toString(),
    amount: formatAmount(amount, token.decimals),
    formattedAmount: tokenAmount(amount, token),
    proof: claim.proof,
    derivation: claim.derivation,
  })
}

/** Writes the text of the file of an address without a claim. */
export function formatNoClaim(noClaim: NoClaim): string {
  return text({
    format: NO_CLAIM_FORMAT,
    ...originOf(noClaim),
    account: toChecksum(noClaim.account),
    reason: noClaim.reason,
    detail: noClaim.detail,
    paidTo: noClaim.paidTo.map(toChecksum),
    derivation: noClaim.derivation,
  })
}

/**
 * Reads the file of an address, from an untrusted source.
 * @throws AirdropError that names file and field
 */
export function parseClaimFile(
  json: unknown,
  file: string,
): { readonly claim: Claim } | { readonly noClaim: NoClaim } {
  const value = objectOf(json, file)
  const format = wordOf(value["format"], [CLAIM_FORMAT, NO_CLAIM_FORMAT], `${file}: format`)
  const token = objectOf(value["token"], `${file}: token`)
  const shared = {
    program: textOf(value["program"], `${file}: program`),
    tranche: wordOf(value["tranche"], ["automatic", "reserve"], `${file}: tranche`),
    chainId: countOf(value["chainId"], `${file}: chainId`),
    contract: value["contract"] === null ? undefined : addressOf(value["contract"], `${file}: contract`),
    token: {
      address: addressOf(token["address"], `${file}: token.address`),
      symbol: textOf(token["symbol"], `${file}: token.symbol`),
      decimals: decimalsOf(token["decimals"], `${file}: token.decimals`),
    },
    account: addressOf(value["account"], `${file}: account`),
    ...(value["derivation"] === undefined ? {} : { derivation: value["derivation"] }),
  }
  if (format === NO_CLAIM_FORMAT) {
    return {
      noClaim: {
        ...shared,
        reason: textOf(value["reason"], `${file}: reason`),
        detail: textOf(value["detail"], `${file}: detail`),
        paidTo: arrayOf(value["paidTo"], `${file}: paidTo`).map((one) => addressOf(one, `${file}: paidTo`)),
      },
    }
  }
  const amount = unitsOf(value["baseUnits"], `${file}: baseUnits`)
  const shown = formatAmount(amount, shared.token.decimals)
  if (value["amount"] !== shown)
    throw new AirdropError(`${file}: amount is not ${shown}, as baseUnits say`, { code: "mismatch" })
  return {
    claim: {
      ...shared,
      root: hexOf(value["root"], 32, `${file}: root`),
      index: countOf(value["index"], `${file}: index`),
      amount,
      proof: hashesOf(value["proof"], `${file}: proof`),
    },
  }
}

/**
 * Checks that a claim's proof leads to a trusted root, from the contract or the manifest.
 * @throws AirdropError `mismatch` if it does not
 */
export function checkClaim(claim: Claim, root: Hex): void {
  const { tranche, index, account, amount, proof } = claim
  const leaf = tranche === "automatic" ? automaticLeaf(index, account, amount) : reserveLeaf(account, amount)
  const hashes = proof.map((hash) => fromHex(hash, 32))
  if (claim.root !== root || !verifyProof(fromHex(root, 32), leaf, hashes)) {
    throw new AirdropError(`the claim of ${account} does not lead to the root ${root}`, { code: "mismatch" })
  }
}

function originOf({ program, tranche, chainId, contract, token }: Origin): Readonly<Record<string, unknown>> {
  return {
    program,
    tranche,
    chainId,
    contract: contract === undefined ? null : toChecksum(contract),
    token: { address: toChecksum(token.address), symbol: token.symbol, decimals: token.decimals },
  }
}

function text(value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
