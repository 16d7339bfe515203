/** Rebuilds the code of a deployed contract, immutables included, by running its constructor again. */
import type { EVMOpts } from "@ethereumjs/evm"
import { createAccount, createAddressFromString } from "@ethereumjs/util"
import type { Address } from "../primitives/address.ts"
import { fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { AirdropError, InvariantError } from "../primitives/error.ts"
import { blockConstants } from "../ethereum/view-operations.ts"

/** The circumstances of a contract's creation. Its immutables may depend on all of them. */
export interface Creation {
  readonly chainId: number
  readonly address: Address
  /** Time of the block, in seconds since 1970. */
  readonly timestamp: number
  /** Addresses at which the constructor expects code. */
  readonly existing: readonly Address[]
}

/** STOP. */
const SOME_CODE = Uint8Array.of(0)
const GAS_LIMIT = 30_000_000n

/**
 * Runs creation code over an empty state and returns the deployed code. The creation code runs at the contract's own
 * address, so that it sees the same address, chain and time as at the deployment. No byte is masked out.
 * @param code creation code with constructor arguments
 * @throws AirdropError if the constructor reverts
 */
export async function rebuildRuntimeCode(
  code: Hex,
  { chainId, address, timestamp, existing }: Creation,
): Promise<Hex> {
  // Imported on first use, since most commands run no code.
  const { createEVM } = await import("@ethereumjs/evm")
  const codes = new Map([...existing.map((one) => [one, SOME_CODE] as const), [address, fromHex(code)]])
  const facts = { chainId: BigInt(chainId), timestamp: BigInt(timestamp) }
  const evm = await createEVM({ stateManager: emptyState(codes), customOpcodes: blockConstants(facts) })
  const { execResult } = await evm.runCall({ to: createAddressFromString(address), gasLimit: GAS_LIMIT })
  if (execResult.exceptionError !== undefined) {
    throw new AirdropError("the constructor refuses these parameters", {
      code: "mismatch",
      cause: execResult.exceptionError,
    })
  }
  return toHex(execResult.returnValue)
}

type State = NonNullable<EVMOpts["stateManager"]>

/** A state that holds nothing but some codes. What the constructor stores is of no concern to the code. */
function emptyState(codes: ReadonlyMap<string, Uint8Array>): State {
  const words = new Map<string, Uint8Array>()
  const done = (): Promise<void> => Promise.resolve()
  const never = (): never => {
    throw new InvariantError("a constructor did what no constructor here does")
  }
  const codeAt: State["getCode"] = (address) =>
    Promise.resolve(codes.get(address.toString()) ?? new Uint8Array())
  const state: State = {
    getAccount: () => Promise.resolve(createAccount({})),
    getCode: codeAt,
    getCodeSize: async (address) => (await codeAt(address)).length,
    getStorage: (address, key) =>
      Promise.resolve(words.get(`${address.toString()}:${toHex(key)}`) ?? new Uint8Array()),
    putStorage: (address, key, value) => {
      words.set(`${address.toString()}:${toHex(key)}`, value)
      return Promise.resolve()
    },
    originalStorageCache: { get: () => Promise.resolve(new Uint8Array()), clear: () => undefined },
    putAccount: done,
    deleteAccount: never,
    modifyAccountFields: done,
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
  }
  return state
}
