import { z } from "zod"
import { toChecksum, type Address } from "../primitives/address.ts"
import { addressField, bigintField } from "../primitives/fields.ts"
import { plural } from "../primitives/plural.ts"
import { IMPLEMENTATION_SLOT, implementationOf } from "../ethereum/proxy.ts"
import { requireKnownImplementation } from "../session/implementation.ts"
import { readProvenNodes, slotsOfNodes } from "../session/proven-nodes.ts"
import type { StakingNetwork, StakingNode } from "../session/staking-node.ts"
import { unusualNodes } from "../session/unusual-nodes.ts"
import type { Fact, Reader } from "./reader.ts"

export interface StakingSettings {
  readonly stakingContract: Address
  /** The implementation of the staking contract that the operators reviewed, if any. */
  readonly reviewed: Address | undefined
}

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

const schema = z
  .strictObject({
    stakingContract: addressField,
    implementation: addressField,
    token: addressField,
    stakingRequirement: bigintField,
    maxContributors: z.int().positive(),
    nodes: z.array(node),
  })
  .superRefine(({ nodes }, context) => {
    nodes.forEach(({ id }, i) => {
      const before = nodes[i - 1]?.id ?? 0n
      if (id > before) return
      const message = `does not come after ${before}`
      context.addIssue({ code: "custom", path: ["nodes", i, "id"], message })
    })
  })

const LISTED_IDS = 8

/** The nodes of a Session network with all their stakes, proven by the storage of the staking contract. */
export const sessionStaking: Reader<StakingSettings, StakingNetwork> = {
  name: "session-staking",
  schema,
  toJson: ({ stakingContract, implementation, token, stakingRequirement, maxContributors, nodes }) => ({
    stakingContract: toChecksum(stakingContract),
    implementation: toChecksum(implementation),
    token: toChecksum(token),
    stakingRequirement: stakingRequirement.toString(),
    maxContributors,
    nodes: nodes.map(nodeJson),
  }),
  facts: function* ({ stakingContract, implementation, token, stakingRequirement, maxContributors, nodes }) {
    const fact = (what: string, value: string | number | bigint): Fact => ({ what, value: value.toString() })
    yield fact("the staking contract", stakingContract)
    yield fact(`the implementation of ${toChecksum(stakingContract)}`, implementation)
    yield fact("the staking contract's token", token)
    yield fact("the staking requirement", stakingRequirement)
    yield fact("the maximum of contributors", maxContributors)
    yield fact("the number of nodes", nodes.length)
    for (const [
      i,
      { id, operator, addedTimestamp, leaveRequestTimestamp, contributors },
    ] of nodes.entries()) {
      yield fact(`node ${i + 1} of the list`, id)
      yield fact(`node ${id}: operator`, operator)
      yield fact(`node ${id}: addedTimestamp`, addedTimestamp)
      yield fact(`node ${id}: leaveRequestTimestamp`, leaveRequestTimestamp)
      yield fact(`node ${id}: number of contributors`, contributors.length)
      for (const [j, { address, beneficiary, stake }] of contributors.entries()) {
        yield fact(`node ${id}: contributor ${j}: address`, address)
        yield fact(`node ${id}: contributor ${j}: beneficiary`, beneficiary)
        yield fact(`node ${id}: contributor ${j}: stake`, stake)
      }
    }
  },
  accounts: function* ({ nodes }) {
    for (const { id, operator, contributors } of nodes) {
      for (const { address } of contributors) yield [address, `a contributor of node ${id}`]
      yield [operator, `the operator of node ${id}`]
    }
  },
  contracts: ({ stakingContract }) => [[stakingContract, "the staking contract"]],
  agreements: (section, { token, settings }) => [
    ["staking contract", settings.stakingContract, section.stakingContract],
    ["staked token", token, section.token],
  ],
  require: (section, { chainId, settings }) => {
    requireKnownImplementation(chainId, section, settings.reviewed)
  },
  summary: ({ nodes }) => plural(nodes.length, "node"),
  report: ({ nodes }) => {
    const unusual = unusualNodes(nodes)
    return {
      lines: unusual.map(({ what, nodes: ids }) => {
        const more = ids.length > LISTED_IDS ? ", ..." : ""
        return `${String(ids.length).padStart(4)}  ${what} (${ids.slice(0, LISTED_IDS).join(", ")}${more})`
      }),
      json: {
        nodes: nodes.length,
        unusual: unusual.map(({ what, nodes: ids }) => ({ what, nodes: ids.map(String) })),
      },
    }
  },
  byStorage: {
    slots: ({ stakingContract, nodes }) => [
      { address: stakingContract, slots: [IMPLEMENTATION_SLOT, ...slotsOfNodes(nodes)] },
    ],
    read: (state, { stakingContract }, onProgress) => {
      const { token, stakingRequirement, maxContributors, nodes } = readProvenNodes(
        state,
        stakingContract,
        onProgress,
      )
      return {
        stakingContract,
        implementation: implementationOf(
          stakingContract,
          state.storage(stakingContract, IMPLEMENTATION_SLOT),
        ),
        token,
        stakingRequirement,
        maxContributors,
        nodes: [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
      }
    },
  },
}

function nodeJson({
  id,
  operator,
  addedTimestamp,
  leaveRequestTimestamp,
  contributors,
}: StakingNode): unknown {
  return {
    id: id.toString(),
    operator: toChecksum(operator),
    addedTimestamp,
    leaveRequestTimestamp,
    contributors: contributors.map(({ address, beneficiary, stake }) => ({
      address: toChecksum(address),
      beneficiary: toChecksum(beneficiary),
      stake: stake.toString(),
    })),
  }
}
