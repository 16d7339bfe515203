/**
 * The core's encoder of claims with the contract's ABI. It is loaded when a claim starts. It sets one global,
 * because classic scripts cannot export.
 */
import { Interface } from "ethers/abi"
import type { MerkleAirdropInterface } from "../../../types/MerkleAirdrop.ts"
import { encodeClaims } from "../../../scripts/core/claim/claim-calls.ts"
import { claimDigests } from "../../../scripts/core/claim/claim-digests.ts"
import { calldataDigest } from "../../../scripts/core/ethereum/digests.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"
import type { ClaimCode } from "./code-types.ts"

/** The contract's ABI. The build inserts it, so that it cannot differ from the compiled contract. */
declare const MERKLE_AIRDROP_ABI: string

// ABI and type come from the same compilation. The types of ethers cannot know that.
const abi = new Interface(MERKLE_AIRDROP_ABI) as MerkleAirdropInterface

const code: ClaimCode = {
  encodeClaim: (due, states, how) => encodeClaims(abi, due, states, how),
  callDigests: (data) => [{ tranche: undefined, name: "calldata", value: calldataDigest(data as Hex) }],
  messageDigests: (due, states, terms) =>
    claimDigests(due, states, terms).flatMap(({ tranche, digests }) =>
      (["domain", "message", "digest"] as const).map((name) => ({ tranche, name, value: digests[name] })),
    ),
  encodeAll: (calls) => abi.encodeFunctionData("multicall", [[...calls]]),
}
Object.assign(globalThis, { airdropClaimCode: code })
