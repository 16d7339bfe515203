/** Builds the contract's EIP-712 messages for a wallet to sign, in the format of eth_signTypedData_v4. */
import {
  CLAIM_RESERVE_TYPES,
  CLAIM_TYPES,
  signatureDomain,
  type ClaimMessage,
  type ClaimReserveMessage,
} from "../../../scripts/core/claim/claim-signature.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"

const DOMAIN_TYPE = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
]

export function claimTypedData(config: PageConfig, message: ClaimMessage): string {
  return typedData(config, "Claim", CLAIM_TYPES, { ...message })
}

export function claimReserveTypedData(config: PageConfig, message: ClaimReserveMessage): string {
  return typedData(config, "ClaimReserve", CLAIM_RESERVE_TYPES, { ...message })
}

function typedData(config: PageConfig, primaryType: string, types: object, message: object): string {
  const data = {
    domain: signatureDomain(config.chainId, config.contract),
    types: { EIP712Domain: DOMAIN_TYPE, ...types },
    primaryType,
    message,
  }
  return JSON.stringify(data, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  )
}
