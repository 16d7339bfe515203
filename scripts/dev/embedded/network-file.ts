/**
 * A network file: the whole state of a Session network, to put on the embedded chain. Its shape is that of the data
 * that the real contracts were driven to; the optional `accounts` adds what stands at other addresses.
 */
import { readFile } from "node:fs/promises"
import { z } from "zod"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { issueLine } from "../../io/disk/zod-issue.ts"
import { parseJsonText } from "../../io/disk/read-json.ts"
import { shownPath } from "../../io/disk/paths.ts"

const address = z.string().transform((text, context): Address => {
  try {
    return parseAddress(text)
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "not an address" })
    return z.NEVER
  }
})
const uint = z
  .string()
  .regex(/^(0|[1-9][0-9]*)$/, "not a decimal number")
  .transform((text) => BigInt(text))
const word = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/, "not a word in hex")
  .transform((text) => BigInt(text))
const seconds = z.int().nonnegative()

const node = z.strictObject({
  id: uint,
  operator: address,
  contributors: z.array(z.strictObject({ addr: address, beneficiary: address, stakedAmount: uint })).min(1),
  deposit: uint,
  addedTimestamp: seconds,
  leaveRequestTimestamp: seconds,
  latestLeaveRequestTimestamp: seconds,
  blsPubkey: z.strictObject({ X: word, Y: word }),
  ed25519Pubkey: word,
  tags: z.array(z.string()).default([]),
})

const vesting = z.strictObject({
  kind: z.enum(["vesting-staking", "vesting-nostaking"]),
  beneficiary: address,
  revoker: address,
  revoked: z.boolean(),
  transferableBeneficiary: z.boolean(),
  start: seconds.optional(),
  cliff: seconds.optional(),
  end: seconds,
})

const account = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("plain") }),
  z.strictObject({ kind: z.literal("contract") }),
  z.strictObject({ kind: z.literal("eip7702"), delegate: address }),
  z.strictObject({ kind: z.literal("safe"), owners: z.array(address).min(1), threshold: z.int().min(1) }),
])

const networkFile = z.strictObject({
  about: z.string().optional(),
  chainId: z.int(),
  contracts: z.strictObject({ token: address, rewards: address, pool: address, factory: address.optional() }),
  block: z.looseObject({ number: z.int().nonnegative(), timestamp: seconds }),
  stakingRequirement: uint,
  maxContributors: z.int().min(1),
  totalNodes: z.int().nonnegative(),
  nextServiceNodeID: uint,
  nodes: z.array(node),
  vesting: z.record(z.string(), vesting).default({}),
  accounts: z.record(z.string(), account).default({}),
  totals: z.unknown().optional(),
})

export type NetworkFile = Omit<z.output<typeof networkFile>, "vesting" | "accounts"> & {
  readonly vesting: ReadonlyMap<Address, NetworkVesting>
  readonly accounts: ReadonlyMap<Address, NetworkAccount>
}
export type NetworkNode = z.output<typeof node>
export type NetworkVesting = z.output<typeof vesting>
/** What stands at an address besides stakes; a `plain` one has sent a transaction. */
export type NetworkAccount = z.output<typeof account>

/**
 * Reads a network file.
 * @throws AirdropError that names the file and the field
 */
export async function readNetworkFile(path: string): Promise<NetworkFile> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new AirdropError(`${path}: cannot be read`, { cause })
  })
  return parseNetworkFile(text, path)
}

/** As {@link readNetworkFile}, from its text; `path` is for error lines. */
export function parseNetworkFile(text: string, path: string): NetworkFile {
  const json = parseJsonText(text, path)
  const result = networkFile.safeParse(json.value)
  if (!result.success) {
    const line = json.lineOf(result.error.issues[0]?.path ?? [])
    throw new AirdropError(`${shownPath(path)}:${line}: ${issueLine(result.error)}`)
  }
  const { vesting, accounts, ...rest } = result.data
  if (rest.nodes.length !== rest.totalNodes) {
    throw new AirdropError(
      `${path}: totalNodes is ${rest.totalNodes}, but there are ${rest.nodes.length} nodes`,
    )
  }
  rest.nodes.forEach(({ id }, i) => {
    const before = rest.nodes[i - 1]?.id ?? 0n
    if (id <= before || id >= rest.nextServiceNodeID) {
      throw new AirdropError(
        `${path}: node ${id} does not ascend from ${before} to below ${rest.nextServiceNodeID}`,
      )
    }
  })
  return { ...rest, vesting: byAddress(vesting, path), accounts: byAddress(accounts, path) }
}

function byAddress<T>(record: Readonly<Record<string, T>>, path: string): ReadonlyMap<Address, T> {
  const map = new Map<Address, T>()
  for (const [text, value] of Object.entries(record)) {
    const key = parseAddress(text)
    if (map.has(key)) throw new AirdropError(`${path}: ${key} is described twice`)
    map.set(key, value)
  }
  return map
}
