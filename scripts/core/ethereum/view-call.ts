/**
 * Runs view functions of proven code over proven storage, so that a contract's answers follow from the state root
 * alone. The EVM is @ethereumjs/evm. This adapter gives it proven state, and refuses every operation whose result
 * the proof does not settle.
 */
import type { EVM } from "@ethereumjs/evm"
import { createAccount, createAddressFromString, type Address as EvmAddress } from "@ethereumjs/util"
import type { Address } from "../primitives/address.ts"
import { fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { InvariantError } from "../primitives/error.ts"
import { wordHex } from "../primitives/words.ts"
import { stateWith } from "./evm-state.ts"
import { NotFollowed, operationsFor, type BlockFacts } from "./view-operations.ts"

/** The state that a view reads. */
export interface World extends BlockFacts {
  code(address: Address): Promise<Uint8Array>
  storage(address: Address, slot: bigint): Promise<bigint>
}

export interface ViewResult {
  readonly success: boolean
  /** The data that the call returned or reverted with. */
  readonly data: Uint8Array
}

/** The gas of one view, inner calls included: enough for a Safe of 500 owners, and a second of work at most. */
const GAS_LIMIT = 2_000_000n

/** Precompiled contracts, also those of ArbOS, have lower addresses. Their answers are not part of the state. */
const FIRST_ORDINARY_ADDRESS = 0x1000n

/**
 * Calls a contract with input data, like eth_call.
 * @throws NotFollowed if the result depends on more than the proof; any error of the world
 */
export type CallView = (to: Address, input: Hex) => Promise<ViewResult>

/** Starts an EVM over a world. Its calls run one after the other. */
export async function openViews(world: World): Promise<CallView> {
  // Imported on first use, since most commands never run a view.
  const { createEVM } = await import("@ethereumjs/evm")
  const evm = await createEVM({ stateManager: stateOf(world), customOpcodes: operationsFor(world) })
  refuseMessages(evm)
  const call: CallView = async (to, input) => {
    evm.journal.cleanJournal()
    evm.transientStorage.clear()
    const { execResult } = await evm.runCall({
      to: createAddressFromString(to),
      data: fromHex(input),
      gasLimit: GAS_LIMIT,
    })
    return { success: execResult.exceptionError === undefined, data: execResult.returnValue }
  }
  let last: Promise<unknown> = Promise.resolve()
  return async (to, input) => {
    const result = last.then(async () => await call(to, input))
    last = result.catch(() => undefined)
    return await result
  }
}

/** Refuses inner calls that leave proven state, and results that depend on how much gas there was. */
function refuseMessages({ events }: EVM): void {
  events.on("beforeMessage", ({ codeAddress, value }) => {
    if (value !== 0n) throw new NotFollowed("it sends ether")
    if (BigInt(codeAddress.toString()) < FIRST_ORDINARY_ADDRESS) {
      throw new NotFollowed("it calls a precompiled contract")
    }
  })
  events.on("afterMessage", ({ execResult }) => {
    if (execResult.exceptionError?.error === "out of gas") {
      throw new NotFollowed(`it needs more than ${GAS_LIMIT} gas`)
    }
  })
}

/** Wraps the world as the EVM's state. It reads code and storage, and a write is a fault of ours. */
function stateOf(world: World): ReturnType<typeof stateWith> {
  const addressOf = (address: EvmAddress): Address => address.toString()
  const code = async (address: EvmAddress): Promise<Uint8Array> => await world.code(addressOf(address))
  return stateWith({
    // Only a call with ether reads a balance. The balance is large so that such a call reaches the refusal.
    getAccount: () => Promise.resolve(createAccount({ balance: 1n << 255n })),
    getCode: code,
    getCodeSize: async (address) => (await code(address)).length,
    getStorage: async (address, key) =>
      fromHex(wordHex(await world.storage(addressOf(address), BigInt(toHex(key))))),
    putStorage: () => {
      throw new InvariantError("a view wrote to the state")
    },
  })
}
