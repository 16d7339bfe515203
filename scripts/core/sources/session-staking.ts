import { z } from "zod"
import { ZERO_ADDRESS } from "../primitives/address.ts"
import type { Contribution } from "./valuation.ts"
import { atScale, decimalText, type Decimal } from "../primitives/decimal.ts"
import { AirdropError } from "../primitives/error.ts"
import { addressField, decimalField } from "../primitives/fields.ts"
import type { People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"
import type { StakingNode } from "../session/staking-node.ts"
import { defineSource } from "./source.ts"
import { readingOf } from "../readers/reader.ts"
import { sessionStaking } from "../readers/session-staking.ts"
import { sectionOf } from "../snapshot/snapshot.ts"
import { roleIn, type Role } from "../session/role.ts"

/**
 * The stakes of a Session network, each weighted by its role: *solo* in a node whose whole stake belongs to one
 * person, *operator* for the operator's person in any other node, *contributor* for all others. Roles belong to
 * persons, so splitting a stake among one's own addresses and vesting contracts changes nothing.
 */
export const stakes = defineSource({
  reads: ({ stakingContract }, { snapshot }) =>
    readingOf(sessionStaking, { stakingContract, reviewed: snapshot?.implementation }),
  lacking: "no stake at the snapshot block",
  settings: () =>
    z.strictObject({
      kind: z.literal("session-staking"),
      stakingContract: addressField,
      weights: z.strictObject({ solo: decimalField, operator: decimalField, contributor: decimalField }),
    }),
  open: ({ weights }, { program, snapshot, people }) => ({
    tables: [],
    finish: () => {
      const network = snapshot && sectionOf(snapshot, sessionStaking)
      if (network === undefined)
        throw new AirdropError(`program ${program.name} has no snapshot to read stakes from`, {
          code: "inconsistent",
        })
      const scale = Math.max(...Object.values(weights).map((weight) => weight.scale))
      return {
        basis: "share",
        units: {
          origin: "node",
          quantity: program.token.symbol,
          quantityDecimals: program.token.decimals,
          factor: "weight",
          value: "activity value",
          valueDecimals: program.token.decimals + scale,
        },
        contributions: network.nodes.flatMap((node) =>
          contributionsOf(node, program, people, weights, scale),
        ),
      }
    },
  }),
})

function contributionsOf(
  node: StakingNode,
  { rules }: Program,
  people: People,
  weights: Readonly<Record<Role, Decimal>>,
  scale: number,
): Contribution[] {
  const isLeaving = node.leaveRequestTimestamp !== 0
  const stakes = node.contributors.filter(({ stake }) => stake > 0n)
  const role = roleIn(
    people.personOf(node.operator),
    stakes.map(({ address }) => people.personOf(address)),
  )
  return stakes
    .filter(({ address }) => address !== ZERO_ADDRESS)
    .map(({ address, stake }) => {
      const group = role(people.personOf(address))
      const weight = weights[group]
      return {
        account: address,
        origin: Number(node.id),
        group,
        quantity: stake,
        factor: decimalText(weight),
        value: stake * atScale(weight, scale),
        ...(isLeaving && { note: "leaving" }),
        ...(isLeaving && rules.leavingNodes === "exclude" && { excludedReason: "leaving" as const }),
      }
    })
}
