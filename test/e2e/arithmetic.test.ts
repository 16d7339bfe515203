/**
 * The arithmetic three times: random programs allocated by `allocate`, by verify.py and by exact fractions, which were
 * written from docs/formats.md alone. `--deep` takes 5,000 programs.
 */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import fc from "fast-check"
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import { allocationCsv, allocationJson } from "../../scripts/core/allocation/allocation-json.ts"
import { parseAddress, type Address } from "../../scripts/core/primitives/address.ts"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { loadInputs } from "../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { allocateExactly, type ExactAllocation, type Refused } from "../support/exact/allocate-exactly.ts"
import { anySituation } from "../support/exact/random-situation.ts"
import { writeSituation } from "../support/exact/write-situation.ts"
import type { Pair, Situation } from "../support/exact/situation.ts"
import { announceSeed, DEEP, SEED } from "../support/fuzz.ts"
import { address, OWNER } from "../support/made-up.ts"
import { startPythonVerifier, type PythonVerifier } from "../support/python-verifier.ts"

const PROGRAMS = DEEP ? 5_000 : 150

/** What all three must agree on. Amounts are in base units, lists in ascending order. */
interface Figures {
  readonly people: readonly (readonly [Address, string])[]
  readonly entries: readonly (readonly [Address, string])[]
  readonly undistributed: string
  readonly capped: readonly Address[]
  readonly roundedUp: readonly Address[]
}

interface Refusal {
  readonly refused: string
}

describe("The arithmetic of an allocation", function () {
  this.timeout(DEEP ? 3_600_000 : 600_000)
  let scratch: string
  let python: PythonVerifier

  before(async () => {
    announceSeed()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-arithmetic-"))
    python = startPythonVerifier()
  })
  after(async () => {
    python.close()
    await rm(scratch, { recursive: true, force: true })
  })

  it(`is the same in exact fractions, in allocate and in verify.py, for ${PROGRAMS} programs`, async () => {
    const folder = join(scratch, "program")
    const seen = { accepted: 0, capped: 0, roundedUp: 0, undistributed: 0 }
    await fc.assert(
      fc.asyncProperty(anySituation, async (situation) => {
        await writeSituation(folder, situation)
        const ours = await allocated(folder)
        const { ok, findings, texts } = await python.allocate(folder)
        const theirs = ok
          ? figuresOf(texts["allocation.json"] ?? "", texts["allocation.csv"] ?? "")
          : { refused: findings.map(({ problem }) => problem).join() }
        const exact = exactFigures(allocateExactly(situation))
        if ("refused" in exact) {
          const said = JSON.stringify([ours, theirs])
          expect(["refused" in ours, "refused" in theirs], `${exact.refused}: ${said}`).to.deep.equal([
            true,
            true,
          ])
          return
        }
        expect(ours, `allocate: ${JSON.stringify([ours, exact])}`).to.deep.equal(exact)
        expect(theirs, `verify.py: ${JSON.stringify([theirs, exact])}`).to.deep.equal(exact)
        seen.accepted++
        if (exact.capped.length > 0) seen.capped++
        if (exact.roundedUp.length > 0) seen.roundedUp++
        if (exact.undistributed !== "0") seen.undistributed++
      }),
      { seed: SEED, numRuns: PROGRAMS },
    )
    for (const [what, count] of Object.entries(seen)) expect(count, what).to.be.above(PROGRAMS / 20)
    expect(seen.accepted).to.be.above(PROGRAMS / 2)
  })

  it("refuses a circle of referrals through any address of a person, in any order", async () => {
    const folder = join(scratch, "circle")
    const [bob, cid, second] = [address(1), address(2), address(3)]
    const ann = OWNER
    // Ann, who has a second address, is referred by Bob and by Cid, and refers Bob.
    const rows: readonly Pair[] = [
      [bob, ann],
      [cid, second],
      [ann, bob],
    ]
    for (const order of [rows, [...rows].reverse()]) {
      await writeSituation(folder, {
        ...REFERRALS,
        source: { ...REFERRALS.source, referrals: { rows: order, referrerBonus: "1", refereeBonus: "0" } },
        network: { nodes: [], vesting: [[second, ann]] },
      })
      expect(await allocated(folder))
        .to.have.property("refused")
        .that.includes("referred by an account that it")
      const { findings } = await python.allocate(folder)
      expect(findings.map(({ problem }) => problem).join()).to.include("an account that it has referred")
    }
  })
})

const REFERRALS = {
  pool: 100n,
  decimals: 0,
  source: { kind: "points", decimals: 0, rows: [[OWNER, "1"]], referrals: undefined },
  network: undefined,
  eligibility: undefined,
  links: [],
  redirects: [],
  rules: {
    payTo: "beneficiary",
    leavingNodes: "include",
    minimum: 0n,
    cap: undefined,
    exclude: [],
    overrides: [],
  },
} as const satisfies Situation

async function allocated(folder: string): Promise<Figures | Refusal> {
  try {
    const inputs = await loadInputs(await loadProgram(folder))
    const allocation = allocate(inputs)
    const open = allocation.risks.find(({ resolved }) => !resolved)
    if (open !== undefined) return { refused: `${open.account}: ${open.detail}` }
    const json = [...allocationJson(allocation, { inputs: inputs.hashes, entries: "" })].join("")
    return figuresOf(json, [...allocationCsv(allocation)].join(""))
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    return { refused: error.message }
  }
}

/** Reads the figures from the texts of allocation.json and allocation.csv. */
function figuresOf(json: string, csv: string): Figures {
  const { participants, undistributed } = JSON.parse(json) as {
    readonly undistributed: string
    readonly participants: readonly {
      readonly account: string
      readonly amount: string
      readonly capped?: boolean
      readonly roundedUp?: boolean
    }[]
  }
  const accounts = (list: typeof participants): Address[] =>
    list.map(({ account }) => parseAddress(account)).sort()
  return {
    people: participants.map(({ account, amount }) => [parseAddress(account), units(amount)] as const),
    entries: csv
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [account = "", amount = ""] = line.split(",")
        return [parseAddress(account), units(amount)] as const
      }),
    undistributed: units(undistributed),
    capped: accounts(participants.filter(({ capped }) => capped)),
    roundedUp: accounts(participants.filter(({ roundedUp }) => roundedUp)),
  }
}

/** Reads an amount with all its decimals as base units. */
function units(amount: string): string {
  return BigInt(amount.replace(".", "")).toString()
}

function exactFigures(exact: ExactAllocation | Refused): Figures | Refusal {
  if (typeof exact === "string") return { refused: exact }
  const listed = (amounts: ReadonlyMap<Address, bigint>): Figures["people"] =>
    [...amounts].map(([account, amount]) => [account, amount.toString()] as const).sort()
  return {
    people: listed(exact.people),
    entries: listed(exact.entries),
    undistributed: exact.undistributed.toString(),
    capped: [...exact.capped].sort(),
    roundedUp: [...exact.roundedUp].sort(),
  }
}
