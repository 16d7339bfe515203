/** Reads a Safe's settings at one block. */
import { BaseContract, isCallException, isError, type Provider } from "ethers"
import { parseAddress, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { concatBytes, fromHex, toHex } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { addressInWord, wordHex } from "../../core/primitives/words.ts"
import type { SafeSettings } from "../../core/safe/safe-settings.ts"
import { SAFE, type SafeViews } from "./safe.ts"

/**
 * The storage slots that no function of a Safe returns. The last three are the keccak256 of names in Safe's sources.
 */
const SLOTS = {
  implementation: "0x0",
  guard: "0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8", // guard_manager.guard.address
  moduleGuard: "0xb104e0b93118902c651344349b610029d694cfdec91c589c91ebafbcd0289947", // module_manager.module_guard.address
  fallbackHandler: "0x6c9a6c4a39284e37ed1cf53d337577d14212a4870fb976a4366c693b939918d5", // fallback_manager.handler.address
} as const

/** The slot of the linked list of modules: a mapping from each module to the next, and from both ends. */
const MODULES_SLOT = 1n
const SENTINEL: Address = "0x0000000000000000000000000000000000000001"
const MOST_MODULES = 1_000

/**
 * Reads the settings of a Safe.
 * @param block the latest if undefined
 * @returns undefined if the account does not answer as a Safe: a plain account, a timelock
 * @throws RpcError if the node cannot be asked
 */
export async function readSafeSettings(
  provider: Provider,
  address: Address,
  block?: number,
): Promise<SafeSettings | undefined> {
  const blockTag = block ?? "latest"
  if ((await provider.getCode(address, blockTag)) === "0x") return undefined
  const safe = BaseContract.from<SafeViews>(address, SAFE, provider)
  const addressAt = async (slot: string): Promise<Address> =>
    addressInWord(BigInt(await provider.getStorage(address, slot, blockTag)))
  let answers: readonly [version: string, threshold: bigint, owners: readonly string[]]
  try {
    answers = await Promise.all([
      safe.VERSION({ blockTag }),
      safe.getThreshold({ blockTag }),
      safe.getOwners({ blockTag }),
    ])
  } catch (error) {
    if (isCallException(error) || isError(error, "BAD_DATA")) return undefined
    throw error
  }
  const [version, threshold, owners] = answers
  const [implementation, guard, moduleGuard, fallbackHandler, modules] = await Promise.all([
    addressAt(SLOTS.implementation),
    addressAt(SLOTS.guard),
    addressAt(SLOTS.moduleGuard),
    addressAt(SLOTS.fallbackHandler),
    readModules(address, addressAt),
  ])
  return {
    version,
    implementation,
    threshold: Number(threshold),
    owners: Array.from(owners, parseAddress).sort(),
    modules: modules.toSorted(),
    guard: orNone(guard),
    moduleGuard: orNone(moduleGuard),
    fallbackHandler: orNone(fallbackHandler),
  }
}

/** Reads the list of modules in storage to its end. The list is the same in every version. */
async function readModules(
  safe: Address,
  addressAt: (slot: string) => Promise<Address>,
): Promise<readonly Address[]> {
  const modules: Address[] = []
  for (let module = SENTINEL; ;) {
    const key = concatBytes([fromHex(wordHex(BigInt(module))), fromHex(wordHex(MODULES_SLOT))])
    module = await addressAt(toHex(keccak256(key)))
    if (module === SENTINEL || module === ZERO_ADDRESS) return modules
    modules.push(module)
    if (modules.length > MOST_MODULES) {
      throw new AirdropError(`${safe} has more than ${MOST_MODULES} modules`, { code: "rpc-answer" })
    }
  }
}

function orNone(address: Address): Address | undefined {
  return address === ZERO_ADDRESS ? undefined : address
}
