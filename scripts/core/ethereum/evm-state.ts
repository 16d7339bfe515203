import type { EVMOpts } from "@ethereumjs/evm"
import { InvariantError } from "../primitives/error.ts"

type State = NonNullable<EVMOpts["stateManager"]>
/** What each user of the EVM decides: what it reads, and what becomes of its writes. */
type Given = Pick<State, "getAccount" | "getCode" | "getCodeSize" | "getStorage" | "putStorage"> &
  Partial<Pick<State, "modifyAccountFields" | "originalStorageCache">>

/** Returns a state for the EVM that has no history and no root: journals are not kept, and the rest is a fault of ours. */
export function stateWith(given: Given): State {
  const done = (): Promise<void> => Promise.resolve()
  const never = (): never => {
    throw new InvariantError("code did to the state what it cannot do here")
  }
  const state: State = {
    originalStorageCache: { get: never, clear: () => undefined },
    modifyAccountFields: never,
    putAccount: done,
    deleteAccount: never,
    putCode: never,
    clearStorage: never,
    checkpoint: done,
    commit: done,
    revert: done,
    getStateRoot: never,
    setStateRoot: never,
    hasStateRoot: never,
    clearCaches: () => undefined,
    shallowCopy: () => state,
    ...given,
  }
  return state
}
