/** Reads a deployed airdrop's balance and its unpaid amount, at one block. */
import type { Provider } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import { readClaimed } from "../claim/read-claimed.ts"
import { merkleAirdropAt } from "../deployment/airdrop-contract.ts"

export interface Funding {
  /** Base units, as everywhere here. */
  readonly held: bigint
  /** Unclaimed automatic amounts and what is left of the reserve. */
  readonly owed: bigint
  /** True until anything has been paid out. */
  readonly isUnclaimed: boolean
  /** Claimed automatic amounts. */
  readonly paid: bigint
  readonly reserveLeft: bigint
}

export interface FundedAirdrop {
  readonly address: Address
  readonly token: Address
  readonly reserveCap: bigint
  /** Amounts of the automatic tranche in order of index. */
  readonly amounts: readonly bigint[]
}

/** @throws AirdropError if the contract does not answer */
export async function readFunding(provider: Provider, airdrop: FundedAirdrop): Promise<Funding> {
  const { address, token, reserveCap, amounts } = airdrop
  const blockTag = await provider.getBlockNumber()
  const contract = await merkleAirdropAt(toChecksum(address), provider)
  try {
    const [held, reservePaid, claimed] = await Promise.all([
      tokenBalance(provider, token, address, blockTag),
      contract.reservePaid({ blockTag }),
      readClaimed(contract, amounts.length, blockTag),
    ])
    let [unclaimed, paid] = [0n, 0n]
    for (const [i, amount] of amounts.entries()) {
      if (claimed[i] === 1) paid += amount
      else unclaimed += amount
    }
    const reserveLeft = reserveCap - reservePaid
    return {
      held,
      owed: unclaimed + reserveLeft,
      isUnclaimed: reservePaid === 0n && claimed.every((flag) => flag === 0),
      paid,
      reserveLeft,
    }
  } catch (cause) {
    // A failure of the provider says nothing about the contract.
    if (cause instanceof RpcError) throw cause
    throw new AirdropError(`${toChecksum(address)} does not report its claimed amounts`, {
      code: "rpc-answer",
      cause,
    })
  }
}
