/** Finds unusual cases among the nodes of a network. */
import { ZERO_ADDRESS } from "../primitives/address.ts"
import type { StakingNode } from "./staking-node.ts"

/** An unusual case that the contract allows. */
export interface UnusualNodes {
  readonly what: string
  /** Ids, ascending. */
  readonly nodes: readonly bigint[]
}

/** Lists the unusual cases that occur among nodes. */
export function unusualNodes(nodes: readonly StakingNode[]): readonly UnusualNodes[] {
  const kinds: readonly (readonly [what: string, test: (node: StakingNode) => boolean])[] = [
    ["have requested to leave and are still active", (node) => node.leaveRequestTimestamp !== 0],
    ["name an address more than once", hasDuplicate],
    [
      "name a contributor without stake",
      ({ contributors }) => contributors.some(({ stake }) => stake === 0n),
    ],
    [
      "name the zero address as contributor",
      ({ contributors }) => contributors.some(({ address }) => address === ZERO_ADDRESS),
    ],
    [
      "have a contributor without a beneficiary",
      ({ contributors }) =>
        contributors.some(
          ({ address, beneficiary }) => address !== ZERO_ADDRESS && beneficiary === ZERO_ADDRESS,
        ),
    ],
    [
      "have an operator who is not their first contributor",
      ({ operator, contributors }) => contributors[0]?.address !== operator,
    ],
  ]
  return kinds.flatMap(([what, test]) => {
    const found = nodes.filter(test).map(({ id }) => id)
    return found.length === 0 ? [] : [{ what, nodes: found }]
  })
}

function hasDuplicate({ contributors }: StakingNode): boolean {
  return new Set(contributors.map(({ address }) => address)).size < contributors.length
}
