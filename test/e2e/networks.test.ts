import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { expect } from "chai"
import { parseNetworkFile, type NetworkFile } from "../../scripts/dev/embedded/network-file.ts"
import type { Address } from "../../scripts/core/primitives/address.ts"
import type { Allocation } from "../../scripts/core/allocation/allocation.ts"
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import { peopleOf } from "../../scripts/core/snapshot/people.ts"
import { SOURCES } from "../../scripts/core/sources/sources.ts"
import { readRecipients } from "../../scripts/stages/program/recipients.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { programOf } from "../support/made-up.ts"
import { snapshotOfNetwork } from "../support/network-snapshot.ts"
import { sharedData } from "../support/shared.ts"
import { expectThrown } from "../support/errors.ts"

const WEIGHTS = { solo: "1.5", operator: "1.25", contributor: "1" }
const SAMPLE = join(PROJECT_ROOT, "programs", "sample", "network.json")

interface Loaded {
  readonly network: NetworkFile
  readonly recipients: readonly Address[]
  readonly allocation: Allocation
}

async function load(path: string, match: "person" | "address"): Promise<Loaded> {
  const network = parseNetworkFile(await readFile(path, "utf8"), path)
  const { accounts: recipients } = await readRecipients(join(dirname(path), "recipients.csv"))
  const snapshot = snapshotOfNetwork(network, recipients)
  const source = { kind: "session-staking", stakingContract: network.contracts.rewards, weights: WEIGHTS }
  const program = programOf({ match, source })
  const people = peopleOf(snapshot.accounts)
  const valuation = SOURCES.get(source.kind)?.open({ program, snapshot, people }).finish()
  if (valuation === undefined) throw new Error("no source")
  const allocation = allocate({ program, snapshot, people, valuation, listed: new Set(recipients) })
  return { network, recipients, allocation }
}

/** Sums the stakes that count, and all stakes of listed addresses in the network file. */
function stakesOf({ network, recipients, allocation }: Loaded): { counted: bigint; listed: bigint } {
  const isListed = new Set(recipients)
  const listed = network.nodes
    .flatMap(({ contributors }) => contributors)
    .reduce((sum, { addr, stakedAmount }) => (isListed.has(addr) ? sum + stakedAmount : sum), 0n)
  const counted = allocation.groups.reduce((sum, { quantity }) => sum + quantity, 0n)
  return { counted, listed }
}

describe("whole networks", () => {
  const paths = [SAMPLE, sharedData("session/network.json")].filter((path) => path !== undefined)

  it("are refused with the line of a wrong value, and with a duplicate key", async () => {
    const text = await readFile(SAMPLE, "utf8")
    const chain = '"chainId": 42161,'
    expectThrown(
      () => parseNetworkFile(text.replace(chain, '"chainId": "x",'), "n.json"),
      "file-format",
      /^n\.json:3: chainId: /,
    )
    expectThrown(
      () => parseNetworkFile(text.replace(chain, `${chain} ${chain}`), "n.json"),
      "file-format",
      /^n\.json:3: .*"chainId"/,
    )
  })

  for (const path of paths) {
    const name = path === SAMPLE ? "the sample's" : "the large one's"

    it(`${name} tranche comes out to the last unit`, async () => {
      const { allocation } = await load(path, "person")
      expect(allocation.entries.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(allocation.pool)
    })

    it(`${name} stakes of listed addresses all count, and no others`, async () => {
      const { counted, listed } = stakesOf(await load(path, "address"))
      expect(counted).to.equal(listed)
    })

    it(`${name} stakes of listed people are at least those of listed addresses`, async () => {
      const { counted, listed } = stakesOf(await load(path, "person"))
      expect(counted >= listed).to.equal(true)
    })

    it(`${name} every stake of everybody is in a participant, or in somebody without, once`, async () => {
      const { network, allocation } = await load(path, "person")
      const parts = [...allocation.participants, ...allocation.unpaid].flatMap((one) => one.contributions)
      const staked = network.nodes
        .flatMap(({ contributors }) => contributors)
        .filter(({ addr }) => BigInt(addr) !== 0n)
      const sum = (amounts: readonly bigint[]): bigint =>
        amounts.reduce((total, amount) => total + amount, 0n)
      expect(sum(parts.map(({ quantity }) => quantity))).to.equal(
        sum(staked.map(({ stakedAmount }) => stakedAmount)),
      )
    })
  }

  it("the large one's totals are those that were counted when it was made", async () => {
    const path = sharedData("session/network.json")
    if (path === undefined) return
    const { totals } = JSON.parse(await readFile(path, "utf8")) as { totals: { eligible: { total: string } } }
    expect(stakesOf(await load(path, "address")).counted).to.equal(BigInt(totals.eligible.total))
  })
})
