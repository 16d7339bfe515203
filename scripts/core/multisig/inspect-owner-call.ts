/** Compares an owner's call of the airdrop with the published files and the present time. */
import { toChecksum, type Address } from "../primitives/address.ts"
import { isoTime } from "../primitives/time.ts"
import { quote } from "../primitives/text.ts"
import { innermost, type DecodedCall } from "./decode-call.ts"
import type { Expected, Flag } from "./inspect-deployment.ts"

/**
 * Flags the differences of one call.
 * @param caller the Safe, or its timelock
 */
export function inspectOwnerCall(
  { name, values }: Extract<DecodedCall, { kind: "owner" }>,
  expected: Expected,
  caller: Address,
): Flag[] {
  const [first = "", second = ""] = values.map(String)
  const [firstAddress, secondAddress] = [first, second].map((text) => text.toLowerCase() as Address)
  switch (name) {
    case "submitReserveRoot":
    case "acceptReserveRoot":
      return rootFlags(first, expected)
    case "publishProofs":
      return first === expected.parameters.automaticRoot || first === expected.reserveRoot
        ? []
        : [`the root ${first} does not belong to the published files`]
    case "rescue":
      return rescueFlags(firstAddress, secondAddress, expected)
    case "transferOwnership":
      return ownerFlags(firstAddress, expected, caller)
    case "revokeReserveRoot":
      return first === expected.reserveRoot
        ? [`the published reserve root ${first} would be taken back: its grants could not be claimed`]
        : []
    case "sweep":
      return expected.now >= expected.parameters.sweepTime
        ? []
        : [
            `sweep() would fail, or take what is owed: the sweep time is ${isoTime(expected.parameters.sweepTime)}`,
          ]
    case "acceptOwnership":
      return caller === expected.parameters.owner
        ? [`${toChecksum(caller)} is the owner already by program.json: no ownership is to be accepted`]
        : []
  }
}

function rootFlags(root: string, { reserveRoot }: Expected): Flag[] {
  if (reserveRoot === undefined) {
    return [`the reserve root ${root} cannot be checked: no reserve is published`]
  }
  return root === reserveRoot
    ? []
    : [`the reserve root ${root} does not belong to the published files, whose root is ${reserveRoot}`]
}

function rescueFlags(token: Address | undefined, to: Address | undefined, expected: Expected): Flag[] {
  const flags: Flag[] = []
  if (token === expected.parameters.token) {
    flags.push("rescue() of the airdrop's own token: what is in the airdrop belongs to its recipients")
  } else if (token !== undefined && !expected.allowed.has(token)) {
    flags.push(
      `the token ${toChecksum(token)} is not known: give --allow ${toChecksum(token)} if its rescue is meant`,
    )
  }
  if (to !== undefined && to !== expected.safe && to !== expected.timelock && !expected.allowed.has(to)) {
    flags.push(`UNEXPECTED RECIPIENT: what is rescued would go to ${toChecksum(to)}, which is not known`)
  }
  return flags
}

function ownerFlags(to: Address | undefined, expected: Expected, caller: Address): Flag[] {
  if (to === undefined || expected.allowed.has(to)) return []
  if (to === expected.safe && caller === expected.timelock) {
    return [
      `UNEXPECTED OWNER: the ownership would leave the timelock for the Safe ${toChecksum(to)}, which then acts without a delay`,
    ]
  }
  return to === expected.safe || to === expected.timelock
    ? []
    : [`UNEXPECTED OWNER: the airdrop would be offered to ${toChecksum(to)}, which is not known`]
}

/** Owner's calls that are rare. Each must be in a proposal of the program. */
const UNUSUAL = ["revokeReserveRoot", "sweep", "rescue", "acceptOwnership", "transferOwnership"]

/** Flags an unusual call that is in none of the program's proposals. */
export function unaskedFlags(calls: readonly DecodedCall[], asked: ReadonlySet<string>): Flag[] {
  return calls.flatMap(innermost).flatMap((decoded): Flag[] => {
    if (decoded.kind !== "owner" || !UNUSUAL.includes(decoded.name) || asked.has(callKey(decoded))) return []
    return [
      `no proposal in the program's proposals/ asks for ${decoded.name}(${quote(decoded.values.map(String).join(", "))})`,
    ]
  })
}

/** Returns a key that is equal for equal calls of the owner. */
export function callKey({ name, values }: Extract<DecodedCall, { kind: "owner" }>): string {
  return `${name}(${values.map(String).join()})`
}
