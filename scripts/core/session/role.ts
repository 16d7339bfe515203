import { type Address, ZERO_ADDRESS } from "../primitives/address.ts"

export type Role = "solo" | "operator" | "contributor"

/** Tells a person's role in a node from whose stakes it has; one of the zero address is somebody else's too. */
export function roleIn(operator: Address, stakers: readonly Address[]): (person: Address) => Role {
  const alone = stakers.every((person) => person === stakers[0]) && stakers[0] !== ZERO_ADDRESS
  return (person) => (alone ? "solo" : person === operator ? "operator" : "contributor")
}
