/** Inspects the Safe itself: the code that it runs, and the accounts that can act for it. */
import { addressInWord } from "../../core/primitives/words.ts"
import { Contract, type Provider } from "ethers"
import { parseAddress, toChecksum, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { knownSingletons } from "../../io/safe/deployments.ts"
import { SAFE, type SafeState } from "../../io/safe/safe.ts"

export interface SafeFindings {
  readonly flags: readonly string[]
  readonly notes: readonly string[]
}

/** The storage slot in which a Safe's proxy keeps the address of its implementation. */
const SINGLETON_SLOT = 0
/** The storage slot of a Safe's guard: keccak256("guard_manager.guard.address"). */
const GUARD_SLOT = "0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8"
/** Both ends of the list of modules. */
const SENTINEL = "0x0000000000000000000000000000000000000001"
const MOST_MODULES = 20

/** Flags an implementation that Safe has not published, and names modules and guard. */
export async function inspectSafe(provider: Provider, safe: SafeState): Promise<SafeFindings> {
  const flags: string[] = []
  const notes: string[] = []
  const singleton = addressIn(await provider.getStorage(safe.address, SINGLETON_SLOT))
  const published = knownSingletons(safe.chainId).get(singleton)
  if (published === undefined) {
    flags.push(
      `the Safe runs the code of ${toChecksum(singleton)}, which Safe has not published for this chain`,
    )
  } else if (published !== safe.version.replace("+L2", "")) {
    flags.push(`the Safe reports version ${safe.version} but runs the code of ${published}`)
  }
  const guard = addressIn(await provider.getStorage(safe.address, GUARD_SLOT))
  if (guard !== ZERO_ADDRESS) notes.push(`A guard, ${toChecksum(guard)}, can refuse what the Safe executes.`)
  for (const module of await modulesOf(provider, safe.address)) {
    notes.push(`The module ${toChecksum(module)} can act for the Safe without signatures.`)
  }
  return { flags, notes }
}

async function modulesOf(provider: Provider, safe: Address): Promise<Address[]> {
  const contract = new Contract(safe, SAFE, provider)
  const [modules] = (await contract
    .getFunction("getModulesPaginated")
    .staticCall(SENTINEL, MOST_MODULES)) as [Iterable<string>]
  return Array.from(modules, parseAddress)
}

function addressIn(word: string): Address {
  return addressInWord(BigInt(word))
}
