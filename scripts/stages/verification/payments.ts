/** The unpaid accounts of an airdrop, as calls that pay them: runs of the list, and single accounts of the reserve. */
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { planBatches } from "../../core/claim/push-batches.ts"
import { encodeRange } from "../../core/claim/range-call.ts"
import type { Tranche } from "../../core/merkle/leaf.ts"
import { accountOf, amountOf } from "../../core/merkle/leaf-list.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import type { Address } from "../../core/primitives/address.ts"
import { toHex } from "../../core/primitives/bytes.ts"

/** One call that pays one or more accounts. */
export interface Payment {
  readonly tranche: Tranche
  /** The account; undefined of a call that pays several. */
  readonly account: Address | undefined
  /** The number of unpaid accounts. */
  readonly accounts: number
  /** Base units that the call pays. */
  readonly amount: bigint
  /** An upper bound of its gas on a usual token. */
  readonly gas: number
  /** Bytes of its calldata. */
  readonly bytes: number
  readonly encode: () => string
  /** Returns calls of fewer accounts that pay the same ones. */
  readonly split: () => readonly Payment[]
}

/** The state that payments start from. */
export interface Unpaid {
  readonly airdrop: MerkleAirdrop
  readonly leaves: Leaves
  /** Not zero where a leaf is claimed. */
  readonly claimed: Uint8Array
  /** The tree of the accepted reserve root, and what each of its accounts has been paid of the reserve. */
  readonly reserve: (Leaves & { readonly paid: readonly bigint[] }) | undefined
}

/** Calls that one call is split into. */
const PARTS = 32
/** Transfer to an account that holds none, event and hashing; token contracts behind proxies included. */
const GAS_EACH = 34_000
const GAS_CLAIMED = 1_600
const GAS_NODE = 400
const GAS_CALL = 40_000
const WORD = 32

/** Returns the calls that pay every unpaid account of the automatic tranche, each of at most `size` leaves. */
export function automaticPayments(unpaid: Unpaid, size: number): readonly Payment[] {
  return planBatches(unpaid.claimed, size).map((range) => rangePayment(unpaid, range))
}

function rangePayment(unpaid: Unpaid, range: LeafRange): Payment {
  const { airdrop, leaves, claimed } = unpaid
  let accounts = 0
  let amount = 0n
  for (let row = range.start; row < range.start + range.count; row++) {
    if (claimed[row] !== 0) continue
    accounts++
    amount += amountOf(leaves.list, row)
  }
  const proof = 2 * Math.ceil(Math.log2(leaves.list.count + 1))
  return {
    tranche: "automatic",
    account: range.count === 1 ? accountOf(leaves.list, range.start) : undefined,
    accounts,
    amount,
    gas: GAS_CALL + accounts * GAS_EACH + (range.count - accounts) * GAS_CLAIMED + proof * GAS_NODE,
    bytes: (range.count + proof + 6) * WORD,
    encode: () => encodeRange(airdrop, leaves, range),
    split: () =>
      planBatches(claimed, Math.ceil(range.count / PARTS), range).map((part) => rangePayment(unpaid, part)),
  }
}

/** Returns the calls that pay every unpaid account of the accepted reserve root, one each. */
export function reservePayments({ airdrop, reserve }: Unpaid): readonly Payment[] {
  if (reserve === undefined) return []
  const { list, tree, paid } = reserve
  const nodes = Math.ceil(Math.log2(list.count + 1))
  return Array.from({ length: list.count }, (_, row): Payment => {
    const [account, granted] = [accountOf(list, row), amountOf(list, row)]
    const payment: Payment = {
      tranche: "reserve",
      account,
      accounts: 1,
      amount: granted - (paid[row] ?? 0n),
      gas: GAS_CALL + GAS_EACH + nodes * GAS_NODE,
      bytes: (nodes + 6) * WORD,
      encode: () =>
        airdrop.interface.encodeFunctionData("claimReserve", [account, granted, tree.proof(row).map(toHex)]),
      split: () => [payment],
    }
    return payment
  }).filter(({ amount }) => amount > 0n)
}
