/** Whether an address is a vesting contract, and whose: one kind answers `beneficiary()`, the other `getBeneficiary()`. */
import type { Rpc } from "./rpc.ts"
import { view } from "./status.ts"
import { asAddress, callData, wordsOf } from "./words.ts"

/** The beneficiary's address in lower case; undefined if this is no vesting contract. @throws RpcUnreachable */
export async function readBeneficiary(rpc: Rpc, address: string): Promise<`0x${string}` | undefined> {
  const answers = await rpc.sendAll([
    view(address, callData("beneficiary()")),
    view(address, callData("getBeneficiary()")),
    view(address, callData("revoked()")),
  ])
  const [beneficiary, getBeneficiary, revoked] = answers.map((answer) => wordsOf(answer, 1)?.[0])
  const word = beneficiary ?? getBeneficiary
  // Both kinds say whether they were revoked, which tells them from other contracts that have a beneficiary.
  return word === undefined || word === 0n || revoked === undefined ? undefined : asAddress(word)
}
