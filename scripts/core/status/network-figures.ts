import { ZERO_ADDRESS } from "../primitives/address.ts"
import type { People } from "../snapshot/people.ts"
import type { StakingNode } from "../session/staking-node.ts"
import { roleIn, type Role } from "../session/role.ts"

/** A staking network in figures. Amounts in base units. */
export interface NetworkFigures {
  readonly nodes: number
  readonly soloNodes: number
  readonly multiNodes: number
  readonly leavingNodes: number
  readonly stakers: number
  readonly stake: bigint
  readonly stakeByRole: Readonly<Record<Role, bigint>>
  /** The balance of the reward pool; undefined if it is unknown. */
  readonly rewardPool: bigint | undefined
  /** The pool's yearly rewards at this balance; undefined if the balance is unknown. */
  readonly yearlyRewards: bigint | undefined
}

/** The share of its balance that the pool pays to nodes in a year. */
const YEARLY_RATE_PERCENT = 14n

/** Computes the figures of the nodes. Roles are those of persons, as in the weights of a program. */
export function networkFigures(
  nodes: readonly StakingNode[],
  people: People,
  rewardPool: bigint | undefined,
): NetworkFigures {
  const stakeByRole: Record<Role, bigint> = { solo: 0n, operator: 0n, contributor: 0n }
  const stakers = new Set<string>()
  let soloNodes = 0
  for (const node of nodes) {
    const stakes = node.contributors.filter(({ stake }) => stake > 0n)
    const persons = stakes.map(({ address }) => people.personOf(address))
    const role = roleIn(people.personOf(node.operator), persons)
    if (stakes.length > 0 && stakes.every((_, i) => role(persons[i] ?? ZERO_ADDRESS) === "solo")) soloNodes++
    stakes.forEach(({ stake }, i) => {
      const person = persons[i] ?? ZERO_ADDRESS
      stakeByRole[role(person)] += stake
      if (person !== ZERO_ADDRESS) stakers.add(person)
    })
  }
  return {
    nodes: nodes.length,
    soloNodes,
    multiNodes: nodes.length - soloNodes,
    leavingNodes: nodes.filter(({ leaveRequestTimestamp }) => leaveRequestTimestamp !== 0).length,
    stakers: stakers.size,
    stake: stakeByRole.solo + stakeByRole.operator + stakeByRole.contributor,
    stakeByRole,
    rewardPool,
    yearlyRewards: rewardPool === undefined ? undefined : (rewardPool * YEARLY_RATE_PERCENT) / 100n,
  }
}
