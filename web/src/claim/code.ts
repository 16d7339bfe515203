/**
 * The part of the page that speaks the contract's language: loaded when somebody claims, not before. It sets one
 * global, because classic scripts have no other way to hand anything over.
 */
import { Interface } from "ethers/abi"
import type { MerkleAirdropInterface } from "../../../types/MerkleAirdrop.ts"
import type { ClaimCode, Payments, Way } from "./code-types.ts"

/** The contract's own ABI, put in by the build, so that it cannot differ from the compiled contract. */
declare const MERKLE_AIRDROP_ABI: string

// ABI and type are made of the same compilation, which ethers' own types cannot know.
const contract = new Interface(MERKLE_AIRDROP_ABI) as MerkleAirdropInterface

function encodeAutomatic(
  account: string,
  { index, amount, proof }: NonNullable<Payments["automatic"]>,
  way: Way,
): string {
  const path = [...proof]
  switch (way.by) {
    case "anyone":
      return contract.encodeFunctionData("claim", [index, account, amount, path])
    case "account":
      return contract.encodeFunctionData("claimTo", [index, way.to, amount, path])
    case "signature":
      return contract.encodeFunctionData("claimWithSignature", [
        index,
        account,
        way.to,
        amount,
        way.deadline,
        way.automatic ?? "0x",
        path,
      ])
  }
}

function encodeReserve(account: string, reserve: NonNullable<Payments["reserve"]>, way: Way): string {
  const { cumulativeAmount, proof } = reserve
  const path = [...proof]
  switch (way.by) {
    case "anyone":
      return contract.encodeFunctionData("claimReserve", [account, cumulativeAmount, path])
    case "account":
      return contract.encodeFunctionData("claimReserveTo", [way.to, cumulativeAmount, path])
    case "signature":
      return contract.encodeFunctionData("claimReserveWithSignature", [
        account,
        way.to,
        cumulativeAmount,
        way.deadline,
        way.reserve ?? "0x",
        path,
      ])
  }
}

/** One call, or several in one transaction through the contract's multicall. */
function encodeClaim(account: string, { automatic, reserve }: Payments, way: Way): string {
  const calls = [
    ...(automatic === undefined ? [] : [encodeAutomatic(account, automatic, way)]),
    ...(reserve === undefined ? [] : [encodeReserve(account, reserve, way)]),
  ]
  const [only] = calls
  return calls.length === 1 && only !== undefined ? only : contract.encodeFunctionData("multicall", [calls])
}

const code: ClaimCode = { encodeClaim }
Object.assign(globalThis, { airdropClaimCode: code })
