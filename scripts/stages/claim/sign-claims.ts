import type { Signer } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { CLAIM_RESERVE_TYPES, CLAIM_TYPES, signatureDomain } from "../../core/claim/claim-signature.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { SignedClaim } from "../../core/claim/signed-claim.ts"
import type { ClaimStates } from "../../core/claim/claim-state.ts"
import type { Due } from "../../core/claim/claims.ts"

export interface SigningTerms {
  readonly chainId: number
  readonly contract: Address
  /** The account that is paid. */
  readonly to: Address
  /** Seconds since 1970, the last second at which the signatures are valid. */
  readonly deadline: bigint
}

/**
 * Signs the open claims of an account, so that any other account can submit them.
 * @throws AirdropError `inconsistent` if the signer is another account, `mismatch` if nothing is open
 */
export async function signClaims(
  signer: Signer,
  due: Due,
  states: ClaimStates,
  { chainId, contract, to, deadline }: SigningTerms,
): Promise<SignedClaim> {
  const signing = await signer.getAddress()
  if (signing.toLowerCase() !== due.account) {
    throw new AirdropError(`the signer is ${signing}, but the claim belongs to ${toChecksum(due.account)}`, {
      code: "inconsistent",
      hint: "Sign with the key or the wallet of that account.",
    })
  }
  const domain = signatureDomain(chainId, contract)
  const { account, automatic, reserve } = due
  const signedAutomatic =
    automatic && states.automatic?.state === "open"
      ? {
          amount: automatic.amount,
          signature: await signer.signTypedData(domain, CLAIM_TYPES, {
            index: automatic.index,
            account,
            to,
            amount: automatic.amount,
            deadline,
          }),
        }
      : undefined
  const signedReserve =
    reserve && states.reserve?.state === "open"
      ? {
          cumulativeAmount: reserve.cumulativeAmount,
          signature: await signer.signTypedData(domain, CLAIM_RESERVE_TYPES, {
            account,
            to,
            cumulativeAmount: reserve.cumulativeAmount,
            deadline,
          }),
        }
      : undefined
  if (!signedAutomatic && !signedReserve) {
    throw new AirdropError(`${toChecksum(account)} has no open claim to sign`, { code: "mismatch" })
  }
  return { chainId, contract, account, to, deadline, automatic: signedAutomatic, reserve: signedReserve }
}
