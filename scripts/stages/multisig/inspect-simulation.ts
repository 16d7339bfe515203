/** Flags effects of a simulation that a signer should not overlook. */
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { anyTokenAmount, type Wording } from "../../core/multisig/describe-call.ts"
import type { Simulation } from "./simulate.ts"
import type { AccountChange } from "./state-changes.ts"

/** The addresses that a proposal may touch, by their part in it. */
export interface Parties {
  readonly safe: Address
  readonly airdrop: Address
  readonly token: Address
  readonly timelock: Address | undefined
  readonly allowed: ReadonlySet<Address>
}

/** The storage slot of a Safe's nonce, the only word of its own that a proposal may change. */
const NONCE_SLOT = 5n

/** Flags failure, payments to others, allowances, and changes of state that no proposal here makes. */
export function inspectSimulation(simulation: Simulation, parties: Parties, wording: Wording): string[] {
  const { safe, airdrop, timelock, token, allowed } = parties
  const flags: string[] = []
  if (simulation.failure !== undefined) flags.push(`in the simulation it fails: ${simulation.failure}`)
  const mayReceive = (address: Address): boolean =>
    address === airdrop || address === safe || address === timelock || allowed.has(address)
  for (const { token: moved, from, to, amount } of simulation.movements) {
    const what = anyTokenAmount(amount, moved, wording)
    if (!mayReceive(to))
      flags.push(`in the simulation ${what} go from ${toChecksum(from)} to ${toChecksum(to)}`)
    else if (moved !== token && to !== safe && !allowed.has(to))
      flags.push(`the simulation transfers another token: ${what}`)
  }
  for (const { token: spent, to, amount } of simulation.approvals) {
    flags.push(
      `in the simulation ${toChecksum(to)} is allowed to spend ${anyTokenAmount(amount, spent, wording)}`,
    )
  }
  return [...flags, ...simulation.changes.flatMap((change) => changeFlags(change, parties))]
}

function changeFlags(change: AccountChange, { safe, airdrop, token, timelock, allowed }: Parties): string[] {
  const { address, created, slots } = change
  const name = toChecksum(address)
  const flags: string[] = []
  if (created !== undefined && address !== airdrop)
    flags.push(`in the simulation a contract is created at ${name}`)
  if (slots.length === 0) return flags
  if (address === safe) {
    const own = slots.filter(({ slot }) => BigInt(slot) !== NONCE_SLOT)
    if (own.length > 0) {
      flags.push(
        `in the simulation the Safe's own settings change (${own.map(({ slot }) => slot).join(", ")})`,
      )
    }
  } else if (![airdrop, token, timelock].includes(address) && !allowed.has(address)) {
    flags.push(`in the simulation the state of an unknown address changes: ${name}`)
  }
  return flags
}
