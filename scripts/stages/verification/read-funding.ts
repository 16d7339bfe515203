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
    const [held, paid, claimed] = await Promise.all([
      tokenBalance(provider, token, address, blockTag),
      contract.reservePaid({ blockTag }),
      readClaimed(contract, amounts.length, blockTag),
    ])
    const unclaimed = amounts.reduce((sum, amount, i) => (claimed[i] === 1 ? sum : sum + amount), 0n)
    return {
      held,
      owed: unclaimed + reserveCap - paid,
      isUnclaimed: paid === 0n && claimed.every((flag) => flag === 0),
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
