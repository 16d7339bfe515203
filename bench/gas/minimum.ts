/**
 * Computes the gas that any contract needs for a claim by the gas schedule: the transaction, its data, the storage
 * it touches, the call, the two events and the hashes. The rest of a claim's gas is its own code.
 */
import { getBytes, Interface } from "ethers"
import type { ProvenRecipient } from "./fixture.ts"

export interface Share {
  readonly what: string
  readonly gas: number
}

const BASE = 21_000
const COLD_ACCOUNT = 2_600
/** The gas of a cold slot that is read and then changed from one non-zero value to another. */
const SLOT_CHANGED = 2_100 + 2_900
/** The gas of a cold slot that is read and then changed from zero. */
const SLOT_FILLED = 2_100 + 20_000

/** The measurements from which the shares are computed. */
export interface Measured {
  /** A typical claim. */
  readonly claim: number
  /** A plain transfer of the token. */
  readonly transfer: number
  /** One more element in a proof. */
  readonly level: number
}

/**
 * Returns the parts of a typical claim's gas for these recipients: first those of the schedule, then those of code.
 */
export function sharesOf(recipients: readonly ProvenRecipient[], measured: Measured): readonly Share[] {
  const length = recipients[0]?.proof.length ?? 0
  const claims = mean(recipients.map((r) => claimData(r, r.proof)))
  const transfers = mean(recipients.map(transferData))
  const proofData = claims - mean(recipients.map((r) => claimData(r, [])))
  const schedule = [
    { what: "transaction", gas: BASE },
    { what: `calldata, a proof of ${length}`, gas: claims },
    { what: "bitmap word, one more bit of it set", gas: SLOT_CHANGED },
    { what: "call of the token", gas: COLD_ACCOUNT },
    { what: "airdrop's balance, changed", gas: SLOT_CHANGED },
    { what: "recipient's balance, from zero", gas: SLOT_FILLED },
    { what: "event Transfer", gas: logGas(3, 32) },
    { what: "event Claimed", gas: logGas(2, 64) },
    {
      what: "hashes of leaf, path and storage slots",
      gas: hashGas(96) + hashGas(32) + hashGas(64) * (length + 3),
    },
  ]
  const sum = sumOf(schedule)
  const transferMinimum = BASE + transfers + SLOT_CHANGED + SLOT_FILLED + logGas(3, 32) + 2 * hashGas(64)
  const token = measured.transfer - transferMinimum
  const path = Math.round(length * (measured.level - hashGas(64)) - proofData)
  return [
    ...schedule,
    { what: "= the schedule's minimum", gas: sum },
    { what: "the token's own instructions", gas: token },
    { what: "reading, ordering and joining the path", gas: path },
    { what: "the rest: dispatch, decoding, memory, the call", gas: measured.claim - sum - token - path },
    { what: "= a typical claim", gas: measured.claim },
  ]
}

const abi = new Interface([
  "function claim(uint256,address,uint256,bytes32[])",
  "function transfer(address,uint256)",
])

function claimData({ index, account, amount }: ProvenRecipient, proof: readonly string[]): number {
  return calldataGas(abi.encodeFunctionData("claim", [index, account, amount, proof]))
}

function transferData({ account, amount }: ProvenRecipient): number {
  return calldataGas(abi.encodeFunctionData("transfer", [account, amount]))
}

function sumOf(shares: readonly Share[]): number {
  return shares.reduce((sum, share) => sum + share.gas, 0)
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length))
}

function calldataGas(data: string): number {
  return getBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0)
}

function logGas(topics: number, bytes: number): number {
  return 375 + 375 * topics + 8 * bytes
}

function hashGas(bytes: number): number {
  return 30 + 6 * Math.ceil(bytes / 32)
}
