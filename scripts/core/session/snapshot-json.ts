/** snapshot.json: a snapshot as text, one line a node and one line an account, the same bytes for the same state. */
import { z } from "zod"
import { compareAddresses, parseAddress, toChecksum, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { addressField, bigintField, hash32Field } from "../primitives/fields.ts"
import type { Account, Snapshot, SnapshotContracts, StakingNode } from "./snapshot.ts"
import type { ParsedJson } from "../files/parsed-json.ts"
import { readBySchema } from "../files/by-schema.ts"

const seconds = z.int().nonnegative()

const node = z.strictObject({
  id: bigintField,
  operator: addressField,
  addedTimestamp: seconds,
  leaveRequestTimestamp: seconds,
  contributors: z.array(
    z.strictObject({ address: addressField, beneficiary: addressField, stake: bigintField }),
  ),
})

const vesting = {
  beneficiary: addressField,
  revoker: addressField,
  revoked: z.boolean(),
  start: seconds,
  end: seconds,
}

const account = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("plain") }),
  z.strictObject({ kind: z.literal("empty") }),
  z.strictObject({ kind: z.literal("contract") }),
  z.strictObject({ kind: z.literal("eip7702"), delegate: addressField }),
  z.strictObject({
    kind: z.literal("safe"),
    version: z.string(),
    threshold: z.int().nonnegative(),
    owners: z.array(addressField),
  }),
  z.strictObject({ kind: z.literal("vesting-staking"), ...vesting }),
  z.strictObject({ kind: z.literal("vesting-nostaking"), ...vesting }),
])

const contractPair = { token: addressField, stakingContract: addressField }

const snapshot = z.strictObject({
  format: z.literal("merkle-airdrop/snapshot@1"),
  chainId: z.int().positive(),
  block: z.strictObject({
    number: z.int().nonnegative(),
    hash: hash32Field,
    timestamp: seconds,
  }),
  contracts: z.strictObject({
    ...contractPair,
    implementations: z.strictObject(contractPair),
  }),
  amounts: z.literal("base units"),
  stakingRequirement: bigintField,
  maxContributors: z.int().positive(),
  nodes: z.array(node),
  accounts: z.record(z.string(), account),
})

/**
 * Reads the JSON of a snapshot.json.
 * @param file its name for error lines
 * @throws AirdropError that names the file and the field
 */
export function snapshotOf(json: ParsedJson, file: string): Snapshot {
  const data = readBySchema(snapshot, json, file)
  const { nodes, accounts } = data
  nodes.forEach(({ id }, i) => {
    const before = nodes[i - 1]?.id ?? 0n
    if (id <= before)
      throw new AirdropError(`${file}: nodes.${i}.id: ${id} does not come after ${before}`, {
        code: "invalid-value",
      })
  })
  const map = new Map<Address, Account>()
  for (const [key, value] of Object.entries(accounts)) {
    const address = parseAddress(key)
    if (map.has(address))
      throw new AirdropError(`${file}: accounts.${key}: is listed twice`, { code: "duplicate" })
    map.set(address, value)
  }
  const { format, chainId, block, contracts, stakingRequirement, maxContributors } = data
  return { format, chainId, block, contracts, stakingRequirement, maxContributors, nodes, accounts: map }
}

/** Returns the text of a snapshot, which is the same for the same state. */
export function snapshotText(value: Snapshot): string {
  const nodes = value.nodes.map((entry) => `  ${JSON.stringify(nodeJson(entry))}`)
  const accounts = [...value.accounts]
    .sort(([a], [b]) => compareAddresses(a, b))
    .map(([address, entry]) => `  "${toChecksum(address)}": ${JSON.stringify(accountJson(entry))}`)
  const head = {
    format: value.format,
    chainId: value.chainId,
    block: value.block,
    contracts: {
      ...pairJson(value.contracts),
      implementations: pairJson(value.contracts.implementations),
    },
    amounts: "base units",
    stakingRequirement: value.stakingRequirement.toString(),
    maxContributors: value.maxContributors,
  }
  const lines = JSON.stringify(head, null, 1).replace(/\n\}$/, "")
  const list = (entries: readonly string[]): string =>
    entries.length === 0 ? "" : `\n${entries.join(",\n")}\n `
  return `${lines},\n "nodes": [${list(nodes)}],\n "accounts": {${list(accounts)}}\n}\n`
}

function pairJson({ token, stakingContract }: SnapshotContracts["implementations"]): Record<string, string> {
  return { token: toChecksum(token), stakingContract: toChecksum(stakingContract) }
}

function nodeJson(value: StakingNode): unknown {
  return {
    id: value.id.toString(),
    operator: toChecksum(value.operator),
    addedTimestamp: value.addedTimestamp,
    leaveRequestTimestamp: value.leaveRequestTimestamp,
    contributors: value.contributors.map(({ address, beneficiary, stake }) => ({
      address: toChecksum(address),
      beneficiary: toChecksum(beneficiary),
      stake: stake.toString(),
    })),
  }
}

function accountJson(value: Account): unknown {
  switch (value.kind) {
    case "plain":
    case "empty":
    case "contract":
      return { kind: value.kind }
    case "eip7702":
      return { kind: value.kind, delegate: toChecksum(value.delegate) }
    case "safe": {
      const { kind, version, threshold, owners } = value
      return { kind, version, threshold, owners: owners.map(toChecksum) }
    }
    case "vesting-staking":
    case "vesting-nostaking": {
      const { kind, beneficiary, revoker, revoked, start, end } = value
      return { kind, beneficiary: toChecksum(beneficiary), revoker: toChecksum(revoker), revoked, start, end }
    }
  }
}
