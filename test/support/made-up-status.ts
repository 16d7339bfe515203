import type { History, Tally } from "../../scripts/core/status/history.ts"
import { CLAIM_ROUTES, type ClaimRoute } from "../../scripts/core/claim/claim-route.ts"
import { statusOf } from "../../scripts/core/status/status-of.ts"
import type { Status } from "../../scripts/core/status/status.ts"
import { OWNER, programOf } from "./made-up.ts"

const DAY = 86_400
const START = 1_767_225_600 // 2026-01-01
const NONE: Tally = { count: 0, amount: 0n }

/**
 * Returns the state of a made-up contract: 100 recipients of one SESH each, some of whom have claimed, one each day.
 */
export function madeUpStatus(claims: number, acts: History["acts"] = []): Status {
  const one = 10n ** 9n
  const program = programOf({ pool: 100n * one })
  const claimed: Tally = { count: claims, amount: BigInt(claims) * one }
  const noPaths = Object.fromEntries(CLAIM_ROUTES.map((route) => [route, NONE]))
  const byPath = Object.fromEntries(CLAIM_ROUTES.map((route, i) => [route, i === 0 ? claimed : NONE]))
  return statusOf(
    program,
    {
      automaticRoot: `0x${"11".repeat(32)}`,
      recipients: 100,
      automatic: 100n * one,
      amountOf: () => one,
      reserveRoots: new Map(),
      granted: undefined,
      grantedTo: undefined,
      cidOf: () => Promise.resolve(undefined),
    },
    {
      block: 100,
      time: START + claims * DAY,
      address: OWNER,
      owner: OWNER,
      ownerSafe: undefined,
      pendingOwner: `0x${"00".repeat(20)}`,
      automaticRoot: `0x${"11".repeat(32)}`,
      reserveCap: 0n,
      reserveRoot: `0x${"00".repeat(32)}`,
      pendingRoot: `0x${"00".repeat(32)}`,
      acceptableAt: 0,
      reservePaid: 0n,
      sweepTime: START + 1000 * DAY,
      balance: 100n * one - claimed.amount,
      claimed,
      claimedFlags: new Uint8Array(100).fill(1, 0, claims),
    },
    {
      automatic: {
        ...claimed,
        byPath: byPath as Record<ClaimRoute, Tally>,
        byDay: Array.from({ length: claims }, (_, i) => ({ day: START + i * DAY, count: 1, amount: one })),
      },
      reserve: { ...NONE, byPath: noPaths as Record<ClaimRoute, Tally>, byDay: [] },
      acts,
      reserveClaimed: new Map(),
      swept: 0n,
    },
    {
      cids: new Map(),
      ownerRecords: [{ block: 1, time: START, reason: "deployment", address: OWNER, safe: undefined }],
      safeEvents: [],
    },
  )
}
