/** Small programs, networks and inputs made up in memory, for tests of the core. */
import { chainOf } from "../../scripts/core/ethereum/chains.ts"
import { REWARDS_IMPLEMENTATION } from "../../scripts/core/session/contracts.ts"
import type { Address } from "../../scripts/core/primitives/address.ts"
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import type { Allocation } from "../../scripts/core/allocation/allocation.ts"
import { peopleOf, UNMERGED } from "../../scripts/core/snapshot/people.ts"
import type { Program, Rules } from "../../scripts/core/program/program.ts"
import type { Account } from "../../scripts/core/snapshot/account.ts"
import type { Contributor, StakingNode } from "../../scripts/core/session/staking-node.ts"
import type { Snapshot } from "../../scripts/core/snapshot/snapshot.ts"
import type { Source } from "../../scripts/core/sources/source.ts"
import { SOURCES } from "../../scripts/core/sources/sources.ts"
import { sessionStaking } from "../../scripts/core/readers/session-staking.ts"

export const TOKEN: Address = `0x${"70".repeat(20)}`
export const REWARDS: Address = `0x${"5e".repeat(20)}`
export const OWNER: Address = `0x${"99".repeat(20)}`

/** Returns a made-up address: 0x0a…01 and so on, above the reserved ones. */
export function address(number: number): Address {
  return `0x0a${number.toString(16).padStart(38, "0")}`
}

export type RulesGiven = Partial<Rules>

export function rulesOf(given: RulesGiven = {}): Rules {
  return {
    payTo: "beneficiary",
    leavingNodes: "include",
    minimum: 0n,
    cap: undefined,
    exclude: [],
    overrides: [],
    ...given,
  }
}

export interface ProgramGiven {
  readonly pool?: bigint
  readonly rules?: RulesGiven
  readonly weights?: { readonly solo: string; readonly operator: string; readonly contributor: string }
  readonly source?: Program["source"]
  readonly match?: "person" | "address"
  readonly decimals?: number
}

const WEIGHTS = { solo: "1.5", operator: "1.25", contributor: "1" }

export function programOf(given: ProgramGiven = {}): Program {
  const source = given.source ?? {
    kind: "session-staking",
    stakingContract: REWARDS,
    weights: given.weights ?? WEIGHTS,
  }
  return {
    name: "made-up",
    description: undefined,
    chainId: 42161,
    chain: chainOf(42161),
    token: { address: TOKEN, symbol: "TOK", decimals: given.decimals ?? 9 },
    tranches: { automatic: given.pool ?? 350_000_000_000_000n, reserve: 0n },
    source,
    snapshot: source.kind === "session-staking" ? { block: 7 } : undefined,
    eligibility: given.match === undefined ? undefined : { file: "recipients.csv", match: given.match },
    rules: rulesOf(given.rules),
    contract: { owner: OWNER, reserveDelay: 0, sweepTime: undefined },
    unconfirmed: [],
  }
}

/** A stake in a node: whose, and how much. */
export type Stake = readonly [staker: Address, stake: bigint]

export interface NodeGiven {
  readonly stakes: readonly Stake[]
  readonly leaving?: boolean
}

export function nodesOf(given: readonly NodeGiven[]): StakingNode[] {
  return given.map(({ stakes, leaving }, i) => ({
    id: BigInt(i + 1),
    operator: stakes[0]?.[0] ?? OWNER,
    addedTimestamp: 1,
    leaveRequestTimestamp: leaving === true ? 2 : 0,
    contributors: stakes.map(([staker, stake]): Contributor => ({
      address: staker,
      beneficiary: staker,
      stake,
    })),
  }))
}

export function vestingFor(beneficiary: Address, revoked = false): Account {
  return { kind: "vesting-staking", beneficiary, revoker: OWNER, revoked, start: 0, end: 1_800_000_000 }
}

/** Returns a snapshot in which every account is a plain one unless given otherwise. */
export function snapshotOf(
  nodes: readonly NodeGiven[],
  accounts: readonly (readonly [Address, Account])[] = [],
): Snapshot {
  const all = new Map<Address, Account>()
  for (const { operator } of nodesOf(nodes)) all.set(operator, { kind: "plain" })
  for (const { stakes } of nodes) for (const [staker] of stakes) all.set(staker, { kind: "plain" })
  for (const [account, what] of accounts) all.set(account, what)
  return {
    format: "merkle-airdrop/snapshot@1",
    chainId: 42161,
    block: { number: 7, hash: `0x${"11".repeat(32)}`, timestamp: 1_763_683_200 },
    token: { address: TOKEN, implementation: TOKEN },
    sections: new Map([
      [
        sessionStaking.name,
        {
          stakingContract: REWARDS,
          implementation: REWARDS_IMPLEMENTATION,
          token: TOKEN,
          stakingRequirement: 25_000_000_000_000n,
          maxContributors: 10,
          nodes: nodesOf(nodes),
        },
      ],
    ]),
    accounts: all,
  }
}

/** Allocates by the stakes of a snapshot. */
export function allocateStakes(
  given: ProgramGiven,
  snapshot: Snapshot,
  listed?: readonly Address[],
): Allocation {
  const program = programOf(listed === undefined ? given : { match: "person", ...given })
  const people = peopleOf(snapshot.accounts)
  const valuation = sourceOf(program).open({ program, snapshot, people }).finish()
  return allocate({
    program,
    snapshot,
    people,
    valuation,
    listed: listed === undefined ? undefined : new Set(listed),
  })
}

/** Allocates by a source that reads files, given the rows of each file. */
export function allocateRows(
  given: ProgramGiven,
  files: Readonly<Record<string, readonly (readonly string[])[]>>,
): Allocation {
  const program = programOf(given)
  const run = sourceOf(program).open({ program, snapshot: undefined, people: UNMERGED })
  for (const { file, row } of run.tables) {
    for (const [i, fields] of (files[file] ?? []).entries()) row(fields, i + 2)
  }
  return allocate({
    program,
    snapshot: undefined,
    people: UNMERGED,
    valuation: run.finish(),
    listed: undefined,
  })
}

function sourceOf({ source }: Program): Source {
  const found = SOURCES.get(source.kind)
  if (found === undefined) throw new Error(`no source ${source.kind}`)
  return found
}

/** Returns the amount of each paid account. */
export function paid({ entries }: Allocation): ReadonlyMap<Address, bigint> {
  return new Map(entries.map(({ account, amount }) => [account, amount]))
}
