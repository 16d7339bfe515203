import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { equalCheck, type Check } from "../../core/primitives/check.ts"
import { tokenAmount, type Token } from "../../core/primitives/token.ts"
import type { LeafList } from "../../core/merkle/leaf-list.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { auditList } from "./audit-list.ts"
import { readFunding } from "./read-funding.ts"
import type { ChainStage } from "./chain-stage.ts"

export interface AuditRequest {
  readonly provider: NodeProvider
  readonly airdrop: MerkleAirdrop
  readonly address: Address
  readonly list: LeafList
  /** Amounts in order of index, base units. */
  readonly amounts: readonly bigint[]
  readonly token: Token
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * The stage of verify in which the chain's own machine recomputes the list: its root against AUTOMATIC_ROOT, its length
 * against LEAF_COUNT, its total against what the contract holds, has paid and keeps for the reserve.
 */
export async function auditStage(request: AuditRequest): Promise<ChainStage> {
  const { provider, airdrop, address, list, amounts, token, onProgress } = request
  const { root, total, ascends, calls } = await auditList(provider.rpc, list, onProgress)
  const [contractRoot, leafCount, reserveCap] = await Promise.all([
    airdrop.AUTOMATIC_ROOT(),
    airdrop.LEAF_COUNT(),
    airdrop.RESERVE_CAP(),
  ])
  const { held, paid, reserveLeft, isUnclaimed } = await readFunding(provider, {
    address,
    token: token.address,
    reserveCap,
    amounts,
  })
  const amount = (value: bigint): string => tokenAmount(value, token)
  const needed = total - paid + reserveLeft
  const checks: readonly Check[] = [
    equalCheck("root that the chain computes", root, contractRoot.toLowerCase()),
    equalCheck("number of leaves that the chain hashed", String(list.count), leafCount.toString()),
    {
      subject: "funding of the total that the chain computes",
      ok: held >= needed,
      // Until the first payment, a missing token is a step to come.
      isPending: held < needed && isUnclaimed,
      finding: `it holds ${amount(held)}; of ${amount(total)}, ${amount(paid)} are paid, and the reserve needs ${amount(reserveLeft)}`,
    },
    {
      subject: "order of the accounts",
      ok: ascends,
      finding: ascends
        ? "each is higher than the one before it"
        : "an account is not higher than the one before it",
    },
  ]
  return {
    name: "audit",
    summary: `${list.count} leaves hashed by the chain's own machine in ${calls} ${calls === 1 ? "call" : "calls"}: root ${root}, ${amount(total)}`,
    notes: [],
    findings: checks
      .filter(({ ok, isPending }) => !ok && isPending !== true)
      .map(({ subject, finding }) => ({ file: toChecksum(address), problem: `${subject}: ${finding}` })),
    checks,
  }
}
