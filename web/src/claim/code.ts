/**
 * The core's encoder of claims with the contract's ABI: loaded when a claim starts, not before. It sets one global,
 * because classic scripts cannot export.
 */
import { Interface } from "ethers/abi"
import type { MerkleAirdropInterface } from "../../../types/MerkleAirdrop.ts"
import { encodeClaims } from "../../../scripts/core/claim/claim-calls.ts"
import type { ClaimCode } from "./code-types.ts"

/** The contract's own ABI, put in by the build, so that it cannot differ from the compiled contract. */
declare const MERKLE_AIRDROP_ABI: string

// ABI and type are made of the same compilation, which ethers' own types cannot know.
const abi = new Interface(MERKLE_AIRDROP_ABI) as MerkleAirdropInterface

const code: ClaimCode = { encodeClaim: (due, states, how) => encodeClaims(abi, due, states, how) }
Object.assign(globalThis, { airdropClaimCode: code })
