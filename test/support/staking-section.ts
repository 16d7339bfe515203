import { sessionStaking } from "../../scripts/core/readers/session-staking.ts"
import type { StakingNetwork } from "../../scripts/core/session/staking-node.ts"
import { sectionOf, type Snapshot } from "../../scripts/core/snapshot/snapshot.ts"

/** Returns the staking network of a snapshot that has one. */
export function networkIn(snapshot: Snapshot): StakingNetwork {
  const network = sectionOf(snapshot, sessionStaking)
  if (network === undefined) throw new Error("the snapshot has no staking network")
  return network
}

/** Returns a snapshot with another staking network. */
export function withNetwork(snapshot: Snapshot, changes: Partial<StakingNetwork>): Snapshot {
  const changed = { ...networkIn(snapshot), ...changes }
  return { ...snapshot, sections: new Map([...snapshot.sections, [sessionStaking.name, changed]]) }
}
