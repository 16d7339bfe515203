import { announcedBy } from "../../core/status/history-alarms.ts"
import { rm } from "node:fs/promises"
import type { LoadedProgram } from "../program/load-program.ts"
import { lastRecord } from "../../core/safe/owner-record.ts"
import { readSafeSettings } from "../../io/safe/read-settings.ts"
import { cachedEvents, type Head } from "./cached-events.ts"
import { readSafeEvents } from "./read-safe-events.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { foldHistory, type History, type LoggedEvent, type Tally } from "../../core/status/history.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { isWholeHistory } from "../../core/status/present-alarms.ts"
import { statusOf } from "../../core/status/status-of.ts"
import type { ContractState, Expected, Status } from "../../core/status/status.ts"
import { eventCachePath, safeCachePath } from "./event-cache.ts"
import { readClaimed } from "../claim/read-claimed.ts"
import type { OpenProgram } from "../deployment/open-airdrop.ts"
import { readEvents } from "./read-events.ts"
import { tokenBalance } from "../../io/transactions/token.ts"

export interface StatusOptions {
  /** The folder of the event cache; undefined for the default. */
  readonly cacheFolder?: string | undefined
  /** Read everything anew. */
  readonly fresh?: boolean | undefined
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Reads the status of a program. All reads are at one block, the head.
 * @throws AirdropError if the chain changes meanwhile
 */
export async function readStatus(
  { program }: LoadedProgram,
  open: OpenProgram,
  expected: Expected,
  options: StatusOptions = {},
): Promise<Status> {
  const head = await open.provider.getBlock("latest")
  if (head.hash === null) {
    throw new AirdropError("the node has no latest block", { code: "rpc-answer" })
  }
  const at = { number: head.number, hash: head.hash, timestamp: head.timestamp }
  const { airdrop, address, provider, deployBlock, deployment } = open
  const events = await cachedEvents(provider, at, {
    path: eventCachePath(program.chainId, address, options.cacheFolder),
    from: deployBlock,
    fresh: options.fresh,
    onProgress: options.onProgress,
    read: async (range, keep) => {
      await readEvents(airdrop, address, provider, range, keep)
    },
  })
  const state = await readState(program, open, expected, at)
  let history: History | undefined
  try {
    history = foldHistory(events)
  } finally {
    // What a node left out or made up must not be kept: the next look reads everything anew.
    if (history === undefined || !isWholeHistory(state, history)) {
      await rm(eventCachePath(program.chainId, open.address, options.cacheFolder), { force: true })
    }
  }
  return statusOf(program, expected, state, history, {
    cids: await cidsOf(expected, history),
    ownerRecords: deployment.ownerHistory,
    safeEvents: await safeEvents(program.chainId, open, state.owner, at, options),
  })
}

/** Reads the CIDs of the published files whose roots were announced with a URI. */
async function cidsOf(expected: Expected, { acts }: History): Promise<ReadonlyMap<string, string>> {
  const cids = new Map<string, string>()
  for (const act of acts) {
    const root = announcedBy(act)?.root
    if (root === undefined || cids.has(root)) continue
    const cid = await expected.cidOf(root)
    if (cid !== undefined) cids.set(root, cid)
  }
  return cids
}

/** Reads the settings events of a Safe since its record; none if the owner is not the recorded Safe. */
async function safeEvents(
  chainId: number,
  { provider, deployment }: OpenProgram,
  owner: Address,
  head: Head,
  { cacheFolder, fresh }: StatusOptions,
): Promise<readonly LoggedEvent[]> {
  const record = lastRecord(deployment.ownerHistory)
  if (record.safe === undefined || record.address !== owner) return []
  const from = record.block + 1
  if (from > head.number) return []
  return await cachedEvents(provider, head, {
    path: safeCachePath(chainId, owner, from, cacheFolder),
    from,
    fresh,
    onProgress: undefined,
    read: async (range, keep) => {
      await readSafeEvents(provider, owner, range, keep)
    },
  })
}

async function readState(
  { token }: LoadedProgram["program"],
  { airdrop, address, provider }: OpenProgram,
  { recipients, amountOf }: Expected,
  head: Head,
): Promise<ContractState> {
  const at = { blockTag: head.number }
  const [
    owner,
    pendingOwner,
    automaticRoot,
    reserveCap,
    reserveRoot,
    pending,
    reservePaid,
    sweepTime,
    leafCount,
  ] = await Promise.all([
    airdrop.owner(at),
    airdrop.pendingOwner(at),
    airdrop.AUTOMATIC_ROOT(at),
    airdrop.RESERVE_CAP(at),
    airdrop.reserveRoot(at),
    airdrop.pendingReserveRoot(at),
    airdrop.reservePaid(at),
    airdrop.SWEEP_TIME(at),
    airdrop.LEAF_COUNT(at),
  ])
  const balance = await tokenBalance(provider, token.address, address, head.number)
  if (leafCount !== BigInt(recipients)) {
    throw new AirdropError(`the contract has ${leafCount} leaves, the files have ${recipients}`, {
      code: "mismatch",
      hint: "The files and the contract are not of the same allocation.",
    })
  }
  const claimedFlags = await readClaimed(airdrop, recipients, head.number)
  return {
    block: head.number,
    time: head.timestamp,
    address,
    owner: parseAddress(owner),
    ownerSafe: await readSafeSettings(provider, parseAddress(owner), head.number),
    pendingOwner: parseAddress(pendingOwner),
    automaticRoot: automaticRoot.toLowerCase() as Hex,
    reserveCap,
    reserveRoot: reserveRoot.toLowerCase() as Hex,
    pendingRoot: pending.root.toLowerCase() as Hex,
    acceptableAt: Number(pending.acceptableAt),
    reservePaid,
    sweepTime: Number(sweepTime),
    balance,
    claimed: tallyOf(claimedFlags, amountOf),
    claimedFlags,
  }
}

function tallyOf(claimed: Uint8Array, amountOf: (index: number) => bigint): Tally {
  let [count, amount] = [0, 0n]
  claimed.forEach((flag, index) => {
    if (flag === 0) return
    count++
    amount += amountOf(index)
  })
  return { count, amount }
}
