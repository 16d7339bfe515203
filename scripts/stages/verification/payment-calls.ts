/** What a provider lets one call do, and the way in which it makes many calls in one. */
import { MULTICALL3, multicall, type ContractAnswer, type ContractCall } from "../../io/rpc/multicall.ts"
import { cappedCalls } from "../../io/rpc/capped-calls.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

export interface CallRoom {
  /** Gas of one eth_call. */
  readonly gas: number
  /** Bytes of all calldata in it. */
  readonly bytes: number
  /** Makes calls one after the other on one state; each may fail. */
  readonly run: (calls: readonly ContractCall[]) => Promise<readonly ContractAnswer[]>
  /** What is smaller than usual, each a sentence. */
  readonly notes: readonly string[]
}

/** More is not used, so that no call takes a node long. */
const MOST_GAS = 50_000_000
/** Taken for the cap where the node does not tell; a call that turns out too large is made smaller. */
const USUAL_GAS = 25_000_000
const MOST_BYTES = 1_500_000
/** EIP-3860 allows 49,152 bytes of creation code. */
const MOST_CREATION_BYTES = 45_000

/** GAS PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN: creation code whose result is the gas that it was given. */
const GAS_GIVEN = "0x5a60005260206000f3"

/** Asks the provider for its cap of gas, and the chain for Multicall3. */
export async function readCallRoom(reader: PinnedReader): Promise<CallRoom> {
  const notes: string[] = []
  const given = await gasGiven(reader)
  if (given === undefined) notes.push("the provider does not tell how much gas it gives a call")
  else if (given < MOST_GAS * 0.9)
    notes.push(`the provider gives a call ${given} gas only, which takes more requests`)
  const code = await reader.ask("eth_getCode", [MULTICALL3], String)
  const gas = Math.min(given ?? USUAL_GAS, MOST_GAS)
  if (code !== "0x") {
    return {
      gas,
      bytes: MOST_BYTES,
      notes,
      run: async (calls) => await multicall(reader, calls, (all) => all),
    }
  }
  notes.push("the chain has no Multicall3: calls are made by creation code, which takes more requests")
  const run: CallRoom["run"] = async (calls) => {
    const capped = calls.map((call) => ({ ...call, gas }))
    return await cappedCalls(reader, capped, (answers) => answers, false)
  }
  return { gas, bytes: MOST_CREATION_BYTES, notes, run }
}

async function gasGiven(reader: PinnedReader): Promise<number | undefined> {
  try {
    return await reader.ask("eth_call", [{ data: GAS_GIVEN }], (answer) => {
      const isWord = typeof answer === "string" && /^0x[0-9a-f]{64}$/.test(answer)
      return isWord ? Number(answer) : undefined
    })
  } catch (error) {
    if (error instanceof RpcError && error.kind !== "later") return undefined
    throw error
  }
}
