/**
 * What a claim must cost by the gas schedule, whoever writes the contract: the transaction, its data, the storage
 * it has to touch, the call, the two events and the hashes. What a claim costs beyond that is its own code.
 */
import { getBytes, Interface } from "ethers"
import type { ProvenRecipient } from "./fixture.ts"

export interface Share {
  readonly what: string
  readonly gas: number
}

const BASE = 21_000
const COLD_ACCOUNT = 2_600
/** Cold slot, read, then changed from one non-zero value to another. */
const SLOT_CHANGED = 2_100 + 2_900
/** Cold slot, read, then changed from zero. */
const SLOT_FILLED = 2_100 + 20_000

/** The shares of a typical claim of this recipient, whose proof has this length. */
export function minimumOf(recipient: ProvenRecipient): readonly Share[] {
  const { index, account, amount, proof } = recipient
  return [
    { what: "transaction", gas: BASE },
    { what: `calldata, proof of ${proof.length}`, gas: calldataGas([index, account, amount, proof]) },
    { what: "bitmap word, one bit of it new", gas: SLOT_CHANGED },
    { what: "call of the token", gas: COLD_ACCOUNT },
    { what: "airdrop's balance, changed", gas: SLOT_CHANGED },
    { what: "recipient's balance, from zero", gas: SLOT_FILLED },
    { what: "event Transfer", gas: logGas(3, 32) },
    { what: "event Claimed", gas: logGas(2, 64) },
    {
      what: "hashes of leaf, path and storage slots",
      gas: hashGas(96) + hashGas(32) + hashGas(64) * (proof.length + 3),
    },
  ]
}

function calldataGas(values: readonly unknown[]): number {
  const abi = new Interface(["function claim(uint256,address,uint256,bytes32[])"])
  const data = getBytes(abi.encodeFunctionData("claim", values))
  return data.reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0)
}

function logGas(topics: number, bytes: number): number {
  return 375 + 375 * topics + 8 * bytes
}

function hashGas(bytes: number): number {
  return 30 + 6 * Math.ceil(bytes / 32)
}
