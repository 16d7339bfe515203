/**
 * Reads a network file: the state of a Session network, to be loaded into the embedded chain. The format is the one in
 * which the states of the real contracts were recorded; the optional `accounts` adds accounts at other addresses.
 */
import { shownPath } from "../../io/disk/paths.ts"
import { addressField, bigintField } from "../../core/primitives/fields.ts"
import { readFile } from "node:fs/promises"
import { z } from "zod"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { readBySchema } from "../../core/files/by-schema.ts"
import { parseJsonText } from "../../core/files/parsed-json.ts"

const word = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/, "not a word in hex")
  .transform((text) => BigInt(text))
const seconds = z.int().nonnegative()

const node = z.strictObject({
  id: bigintField,
  operator: addressField,
  contributors: z
    .array(z.strictObject({ addr: addressField, beneficiary: addressField, stakedAmount: bigintField }))
    .min(1),
  deposit: bigintField,
  addedTimestamp: seconds,
  leaveRequestTimestamp: seconds,
  latestLeaveRequestTimestamp: seconds,
  blsPubkey: z.strictObject({ X: word, Y: word }),
  ed25519Pubkey: word,
  tags: z.array(z.string()).default([]),
})

const vesting = z.strictObject({
  kind: z.enum(["vesting-staking", "vesting-nostaking"]),
  beneficiary: addressField,
  revoker: addressField,
  revoked: z.boolean(),
  transferableBeneficiary: z.boolean(),
  start: seconds.optional(),
  cliff: seconds.optional(),
  end: seconds,
})

const account = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("plain") }),
  z.strictObject({ kind: z.literal("contract") }),
  z.strictObject({ kind: z.literal("eip7702"), delegate: addressField }),
  z.strictObject({
    kind: z.literal("safe"),
    owners: z.array(addressField).min(1),
    threshold: z.int().min(1),
  }),
])

const networkFile = z.strictObject({
  about: z.string().optional(),
  chainId: z.int(),
  contracts: z.strictObject({
    token: addressField,
    rewards: addressField,
    pool: addressField,
    factory: addressField.optional(),
  }),
  block: z.looseObject({ number: z.int().nonnegative(), timestamp: seconds }),
  stakingRequirement: bigintField,
  maxContributors: z.int().min(1),
  totalNodes: z.int().nonnegative(),
  nextServiceNodeID: bigintField,
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
/** The kind of an account besides its stakes. A `plain` one has sent a transaction. */
export type NetworkAccount = z.output<typeof account>

/**
 * Reads a network file.
 * @throws AirdropError that names the file and the field
 */
export async function readNetworkFile(path: string): Promise<NetworkFile> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new AirdropError(`${path}: cannot be read`, { code: "file-unreadable", cause })
  })
  return parseNetworkFile(text, path)
}

/** As {@link readNetworkFile}, from its text; `path` is for error lines. */
export function parseNetworkFile(text: string, path: string): NetworkFile {
  const { vesting, accounts, ...rest } = readBySchema(
    networkFile,
    parseJsonText(text, shownPath(path)),
    shownPath(path),
  )
  if (rest.nodes.length !== rest.totalNodes) {
    throw new AirdropError(
      `${path}: totalNodes is ${rest.totalNodes}, but there are ${rest.nodes.length} nodes`,
      { code: "inconsistent" },
    )
  }
  rest.nodes.forEach(({ id }, i) => {
    const before = rest.nodes[i - 1]?.id ?? 0n
    if (id <= before || id >= rest.nextServiceNodeID) {
      throw new AirdropError(
        `${path}: node ${id} does not ascend from ${before} to below ${rest.nextServiceNodeID}`,
        { code: "invalid-value" },
      )
    }
  })
  return { ...rest, vesting: byAddress(vesting, path), accounts: byAddress(accounts, path) }
}

function byAddress<T>(record: Readonly<Record<string, T>>, path: string): ReadonlyMap<Address, T> {
  const map = new Map<Address, T>()
  for (const [text, value] of Object.entries(record)) {
    const key = parseAddress(text)
    if (map.has(key)) throw new AirdropError(`${path}: ${key} is described twice`, { code: "duplicate" })
    map.set(key, value)
  }
  return map
}
