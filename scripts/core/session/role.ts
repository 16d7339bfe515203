import { type Address, ZERO_ADDRESS } from "../primitives/address.ts"

export type Role = "solo" | "operator" | "contributor"

/**
 * Returns a function that returns the role of a person in one node.
 * @param operator the person of the node's operator
 * @param stakers the person of each stake; the zero address counts as another staker
 */
export function roleIn(operator: Address, stakers: readonly Address[]): (person: Address) => Role {
  const alone = stakers.every((person) => person === stakers[0]) && stakers[0] !== ZERO_ADDRESS
  return (person) => (alone ? "solo" : person === operator ? "operator" : "contributor")
}
