/** Finds where two snapshots of the same block differ. */
import { toChecksum } from "../primitives/address.ts"
import type { Snapshot } from "./snapshot.ts"

/** Returns the first difference in the order of the file, as "field: one value and other value"; undefined if equal. */
export function firstDifference(one: Snapshot, other: Snapshot): string | undefined {
  return compare(plainOf(one), plainOf(other), [])
}

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }

/** Returns a snapshot as nested text: nodes by id, accounts by address. */
function plainOf({ nodes, accounts, ...rest }: Snapshot): Plain {
  return {
    ...(plain(rest) as Readonly<Record<string, Plain>>),
    node: Object.fromEntries(nodes.map((node) => [node.id.toString(), plain(node)])),
    account: Object.fromEntries(
      [...accounts].map(([address, account]) => [toChecksum(address), plain(account)]),
    ),
  }
}

function plain(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== "object" || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

function compare(
  one: Plain | undefined,
  other: Plain | undefined,
  path: readonly string[],
): string | undefined {
  if (one === undefined || other === undefined || typeof one === "string" || typeof other === "string") {
    return one === other ? undefined : `${path.join(" ")}: ${shown(one)} and ${shown(other)}`
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  for (const key of keys) {
    const [a, b] = [one, other].map((side) => (side as Readonly<Record<string, Plain | undefined>>)[key])
    const difference = compare(a, b, [...path, key])
    if (difference !== undefined) return difference
  }
  return undefined
}

function shown(value: Plain | undefined): string {
  return value === undefined ? "nothing" : typeof value === "string" ? value : "something"
}
