/** Decides the kind of an account from proven state alone: its code hash, or the answers of its proven code. */
import { contractKind, delegationCode, VIEW_NAMES, VIEWS } from "../snapshot/account-kind.ts"
import { ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { toHex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import type { Account } from "../snapshot/account.ts"
import type { Snapshot } from "../snapshot/snapshot.ts"
import { EMPTY_CODE_HASH, type ProvenState } from "../ethereum/proven-state.ts"
import type { CallView, World } from "../ethereum/view-call.ts"

async function provenContractKind(call: CallView, address: Address, token: Address): Promise<Account> {
  const answers: Record<string, string> = {}
  for (const view of VIEW_NAMES) {
    const { success, data } = await call(address, VIEWS[view])
    if (success) answers[view] = toHex(data)
  }
  return contractKind(answers, token)
}

/** Returns proven state in the form that views read. */
export function worldOf(state: ProvenState, snapshot: Pick<Snapshot, "block" | "chainId">): World {
  return {
    timestamp: BigInt(snapshot.block.timestamp),
    chainId: BigInt(snapshot.chainId),
    storage: (address, slot) => Promise.resolve(state.storage(address, slot)),
    code: (address) => Promise.resolve(state.code(state.account(address)?.codeHash ?? EMPTY_CODE_HASH)),
  }
}

/**
 * Returns the kind of an account.
 * @throws AirdropError if a value is not proven, NotFollowed if the answers of a contract's code cannot be proven
 */
export async function provenKind(
  state: ProvenState,
  call: CallView,
  address: Address,
  token: Address,
): Promise<Account> {
  const account = state.account(address)
  if (account === undefined) return { kind: "empty" }
  if (account.codeHash === EMPTY_CODE_HASH) {
    // An account with no nonce, balance and code counts as empty, even if the trie still holds it.
    return { kind: account.nonce === 0n && account.balance === 0n ? "empty" : "plain" }
  }
  const code = state.code(account.codeHash)
  const delegate = code.length === 23 ? toHex(code.subarray(3)) : ZERO_ADDRESS
  if (toHex(keccak256(delegationCode(delegate))) === account.codeHash) return { kind: "eip7702", delegate }
  return await provenContractKind(call, address, token)
}
