/**
 * Detects vesting contracts and reads their beneficiary. One kind has `beneficiary()`, the other
 * `getBeneficiary()`.
 */
import type { Rpc } from "./rpc.ts"
import { view } from "./status.ts"
import { asAddress, callData, wordsOf } from "./words.ts"

/**
 * Returns the beneficiary's address in lower case; undefined if the address is no vesting contract.
 * @throws RpcUnreachable
 */
export async function readBeneficiary(rpc: Rpc, address: string): Promise<`0x${string}` | undefined> {
  const answers = await rpc.sendAll([
    view(address, callData("beneficiary()")),
    view(address, callData("getBeneficiary()")),
    view(address, callData("revoked()")),
  ])
  const [beneficiary, getBeneficiary, revoked] = answers.map((answer) => wordsOf(answer, 1)?.[0])
  const word = beneficiary ?? getBeneficiary
  // Both kinds have a flag for revocation, which other contracts with a beneficiary do not have.
  return word === undefined || word === 0n || revoked === undefined ? undefined : asAddress(word)
}
