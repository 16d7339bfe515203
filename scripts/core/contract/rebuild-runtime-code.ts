/** Rebuilds the code of a deployed contract, immutables included, by running its constructor again. */
import { createAccount, createAddressFromString, type Address as EvmAddress } from "@ethereumjs/util"
import type { Address } from "../primitives/address.ts"
import { fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"
import { stateWith } from "../ethereum/evm-state.ts"
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

/** A state that holds nothing but some codes. What the constructor stores is of no concern to the code. */
function emptyState(codes: ReadonlyMap<string, Uint8Array>): ReturnType<typeof stateWith> {
  const words = new Map<string, Uint8Array>()
  const none = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array())
  const codeAt = async (address: EvmAddress): Promise<Uint8Array> =>
    codes.get(address.toString()) ?? (await none())
  return stateWith({
    getAccount: () => Promise.resolve(createAccount({})),
    getCode: codeAt,
    getCodeSize: async (address) => (await codeAt(address)).length,
    getStorage: async (address, key) => words.get(`${address.toString()}:${toHex(key)}`) ?? (await none()),
    putStorage: (address, key, value) => {
      words.set(`${address.toString()}:${toHex(key)}`, value)
      return Promise.resolve()
    },
    originalStorageCache: { get: none, clear: () => undefined },
    modifyAccountFields: () => Promise.resolve(),
  })
}
