/**
 * A claim that its account has signed for another account to submit, as a file or in a link. It reveals nothing beyond
 * the published files, except the recipient of the tokens. The submitter looks up the proof.
 */
import { toChecksum, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import type { Due } from "./claims.ts"
import {
  addressOf,
  bytesOf,
  countOf,
  objectOf,
  parseJson,
  refuseOtherKeys,
  unitsOf,
  wordOf,
} from "../primitives/json-reader.ts"

export interface SignedClaim {
  readonly chainId: number
  readonly contract: Address
  readonly account: Address
  readonly to: Address
  /** Seconds since 1970: the last second at which the signatures are valid. */
  readonly deadline: bigint
  /** Signed over the whole automatic amount, in base units. */
  readonly automatic: { readonly amount: bigint; readonly signature: string } | undefined
  /** Signed over all amounts ever granted to the account, in base units. */
  readonly reserve: { readonly cumulativeAmount: bigint; readonly signature: string } | undefined
}

const FORMAT = "merkle-airdrop/signed-claim@1"
const FIELDS = ["format", "chainId", "contract", "account", "to", "deadline", "automatic", "reserve"]

/** Writes the text of a signed claim. */
export function formatSignedClaim(claim: SignedClaim): string {
  const { automatic, reserve } = claim
  const file = {
    format: FORMAT,
    chainId: claim.chainId,
    contract: toChecksum(claim.contract),
    account: toChecksum(claim.account),
    to: toChecksum(claim.to),
    deadline: claim.deadline.toString(),
    ...(automatic && {
      automatic: { amountBaseUnits: automatic.amount.toString(), signature: automatic.signature },
    }),
    ...(reserve && {
      reserve: {
        cumulativeAmountBaseUnits: reserve.cumulativeAmount.toString(),
        signature: reserve.signature,
      },
    }),
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/**
 * Reads a signed claim. Only the contract can check its signatures.
 * @param source names the text in errors, for example the path of a file
 * @throws AirdropError that names the field
 */
export function parseSignedClaim(text: string, source: string): SignedClaim {
  const file = objectOf(parseJson(text, source), source)
  wordOf(file["format"], [FORMAT], `${source}: format`)
  refuseOtherKeys(file, FIELDS, source)
  const automatic = trancheOf(file["automatic"], "amountBaseUnits", `${source}: automatic`)
  const reserve = trancheOf(file["reserve"], "cumulativeAmountBaseUnits", `${source}: reserve`)
  if (automatic === undefined && reserve === undefined) {
    throw new AirdropError(`${source} holds no signature for either tranche`, { code: "file-format" })
  }
  return {
    chainId: countOf(file["chainId"], `${source}: chainId`),
    contract: addressOf(file["contract"], `${source}: contract`),
    account: addressOf(file["account"], `${source}: account`),
    to: addressOf(file["to"], `${source}: to`),
    deadline: unitsOf(file["deadline"], `${source}: deadline`),
    automatic,
    reserve: reserve && { cumulativeAmount: reserve.amount, signature: reserve.signature },
  }
}

/** Says why a signed claim is not one of this contract's claims as they are now; undefined if it is. */
export function signedClaimFault(
  { chainId, contract, automatic, reserve }: SignedClaim,
  own: { readonly chainId: number; readonly contract: Address; readonly due: Due },
): string | undefined {
  if (chainId !== own.chainId || contract !== own.contract) {
    return `it is signed for ${toChecksum(contract)} on chain ${chainId}, but the program's contract is ${toChecksum(own.contract)} on ${own.chainId}`
  }
  const stale = (what: string): string =>
    `the ${what} amount has changed since it was signed: sign the claim again`
  if (automatic && automatic.amount !== own.due.automatic?.amount) return stale("automatic")
  if (reserve && reserve.cumulativeAmount !== own.due.reserve?.cumulativeAmount) return stale("reserve")
  return undefined
}

function trancheOf(
  value: unknown,
  amount: string,
  what: string,
): { readonly amount: bigint; readonly signature: string } | undefined {
  if (value === undefined) return undefined
  const tranche = objectOf(value, what)
  refuseOtherKeys(tranche, [amount, "signature"], what)
  return {
    amount: unitsOf(tranche[amount], `${what}.${amount}`),
    signature: bytesOf(tranche["signature"], `${what}.signature`),
  }
}
