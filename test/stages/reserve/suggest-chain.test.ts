import { expect } from "chai"
import { Contract, Wallet } from "ethers"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import * as grants from "../../../scripts/commands/grants/grants.ts"
import * as snapshot from "../../../scripts/commands/snapshot.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { TOKEN } from "../../../scripts/core/ethereum/erc20.ts"
import { peopleOf, type People } from "../../../scripts/core/snapshot/people.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"
import { expectError } from "../../support/errors.ts"
import { networkIn } from "../../support/staking-section.ts"

interface Suggested {
  readonly suggestions: readonly {
    readonly account: string
    readonly paths: readonly { readonly from: string }[]
  }[]
  readonly cut: readonly { readonly address: string; readonly because: string }[]
}

/** Real transfers on the sample network, then a snapshot, then the search through the node. */
describe("suggestions from a chain", () => {
  let parent: string
  let served: ServedNetwork
  let folder: string
  let people: People
  let taken: Snapshot
  let listed: ReadonlySet<Address>

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    served = await serveNetwork()
    // A first look, to learn who is eligible and who stakes; the program's own snapshot is taken after the moves.
    const first = await copySample(parent)
    await takeSnapshot(first)
    taken = await readSnapshot(join(first, "snapshot.json"))
    people = peopleOf(taken.accounts)
    listed = new Set(served.recipients.map(people.personOf))
  })
  after(async () => {
    await served.close()
    await rm(parent, { recursive: true, force: true })
  })

  const takeSnapshot = async (target: string): Promise<void> => {
    const done = await runVerb(snapshot, [target, "--rpc", served.url, "--allow-unfinalized"])
    expect(done.error).to.equal(undefined)
  }
  const send = async (from: Address, to: Address, amount: bigint): Promise<void> => {
    const token = new Contract(SESSION.token, TOKEN, await served.chain.impersonate(toChecksum(from)))
    await (await token.getFunction("transfer").send(to, amount)).wait()
  }
  const run = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(grants, [folder, ...args, "--rpc", served.url, "--json"])

  it("find accounts that moved by one or two transfers, and no buyer from an exchange or a contract", async () => {
    const strangers = strangersOf(taken, people, listed)
    const [direct, detour, buyer, swapper] = strangers
    const [a, b, c, d] = [...listed].filter((person) => taken.accounts.get(person)?.kind === "plain")
    if (!direct || !detour || !buyer || !swapper || !a || !b || !c || !d)
      throw new Error("the sample is too small")
    const amount = 5_000_000_000n
    for (const person of [a, b, c, d]) await served.chain.fund(toChecksum(person), 3n * amount)
    const between = Wallet.createRandom().address.toLowerCase() as Address
    const exchange = Wallet.createRandom().address.toLowerCase() as Address
    const pool: Address = "0x00000000000000000000000000000000000f00d5"
    await served.chain.setCode(pool, "0x6000")
    await send(a, direct, amount)
    await send(b, between, amount)
    await send(between, detour, amount)
    await send(c, exchange, amount)
    for (let i = 0; i < 9; i++) {
      const other: Address = `0x${(0xdead_0000 + i).toString(16).padStart(40, "0")}`
      await send(exchange, other, 1_000_000_000n / 4n)
    }
    await send(exchange, buyer, 2_000_000_000n)
    await send(d, pool, amount)
    await send(pool, swapper, amount)
    const block = await served.chain.ethers.provider.getBlockNumber()
    await served.chain.mine()
    folder = await copySample(join(parent, "late"), { snapshot: { block } })
    await takeSnapshot(folder)

    const done = await run("suggest")
    expect(done.error).to.equal(undefined)
    const { suggestions, cut } = done.json as Suggested
    const found = new Map(suggestions.map(({ account, paths }) => [account, paths.map(({ from }) => from)]))
    expect(found.get(toChecksum(people.personOf(direct)))).to.deep.equal([toChecksum(a)])
    expect(found.get(toChecksum(people.personOf(detour)))).to.deep.equal([toChecksum(b)])
    expect(found.size).to.equal(2)
    const stopped = new Map(cut.map(({ address, because }) => [address, because]))
    expect(stopped.get(toChecksum(exchange))).to.match(/sent to 10 addresses/)
    expect(stopped.get(toChecksum(pool))).to.match(/contract/)

    const evidence = join(folder, "suggestions", `${people.personOf(detour)}.json`)
    expect(JSON.parse(await readFile(evidence, "utf8"))).to.have.nested.property(
      "hops[1].amount",
      "5.000000000",
    )
    const added = await runVerb(grants, [
      ...[folder, "add", people.personOf(detour), "10", "--reason", "moved", "--evidence", evidence],
    ])
    expect(added.error).to.equal(undefined)
  })

  it("find the same in a file of transfers, up to the snapshot and no further", async () => {
    const [target, later] = strangersOf(taken, people, listed)
    const [person] = [...listed].filter((address) => taken.accounts.get(address)?.kind === "plain")
    if (!target || !later || !person) throw new Error("the sample is too small")
    const file = join(parent, "transfers.csv")
    const end = new Date(taken.block.timestamp * 1000).toISOString().replace(".000Z", "Z")
    const row = (time: string, to: Address): string =>
      [time, toChecksum(person), toChecksum(to), "5", `0x${"12".repeat(32)}`].join(",")
    const rows = ["time,from,to,amount,transaction", row(end, target), row("2040-01-01T00:00:00Z", later)]
    await writeFile(file, `${rows.join("\n")}\n`)
    const early = join(parent, "sample")
    const done = await runVerb(grants, [early, "suggest", "--transfers", file, "--json"])
    expect(done.error).to.equal(undefined)
    const { suggestions } = done.json as Suggested
    expect(suggestions.map(({ account }) => account)).to.deep.equal([toChecksum(people.personOf(target))])
    await writeFile(file, `${rows.join("\n").replace(",5,", ",5e1,")}\n`)
    const faulty = await runVerb(grants, [early, "suggest", "--transfers", file])
    expect(faulty.status).to.equal(2)
    expectError(faulty.error, "file-format", /transfers\.csv:2: .*5e1/)
  })
})

/** Returns stakers with a plain account who are not eligible. */
function strangersOf(snapshot: Snapshot, people: People, listed: ReadonlySet<Address>): readonly Address[] {
  const { accounts } = snapshot
  const stakers = networkIn(snapshot).nodes.flatMap(({ contributors }) =>
    contributors.filter(({ stake }) => stake > 0n),
  )
  const found = stakers
    .map(({ address }) => address)
    .filter((address) => !listed.has(people.personOf(address)) && accounts.get(address)?.kind === "plain")
  return [...new Set(found)]
}
