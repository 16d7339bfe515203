import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import { Contract, JsonRpcProvider, Wallet, ZeroHash, type Provider } from "ethers"
import { merkleAirdropAt } from "../../scripts/stages/deployment/airdrop-contract.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import type { VerbModule } from "../../scripts/cli/verbs.ts"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as claim from "../../scripts/commands/claim.ts"
import * as distribute from "../../scripts/commands/distribute.ts"
import * as grants from "../../scripts/commands/grants/grants.ts"
import * as propose from "../../scripts/commands/propose.ts"
import * as snapshot from "../../scripts/commands/snapshot.ts"
import * as status from "../../scripts/commands/status.ts"
import * as verify from "../../scripts/commands/verify.ts"
import { parseAddress, toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { toHex } from "../../scripts/core/primitives/bytes.ts"
import { accountOf, amountOf } from "../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../scripts/core/merkle/tree.ts"
import { loadContext } from "../../scripts/stages/deployment/deployment-context.ts"
import { createSafe } from "../../scripts/io/safe/safe.ts"
import type { MerkleAirdrop } from "../../types/MerkleAirdrop.ts"
import { runVerb } from "../support/run-verb.ts"
import { approveAndExecute, forkOf, type Fork } from "./fork.ts"
import { openUpstreamChain, type UpstreamChain } from "./upstream.ts"

const AUTOMATIC = 350_000n * 10n ** 9n
const RESERVE = 50_000n * 10n ** 9n
const GRANT = 1_000n * 10n ** 9n
const DAY = 86_400
/** The number of the network's stakers that take part. */
const MOST_RECIPIENTS = 12
/** The number of nodes that are searched for them. */
const MOST_NODES = 40

const TOKEN = [
  "function balanceOf(address) view returns (uint256)",
  "function transfer(address, uint256) returns (bool)",
]
const NODES = [
  "function allServiceNodeIDs() view returns (uint64[] ids, (uint256 X, uint256 Y)[] blsPubkeys)",
  "function serviceNodes(uint64) view returns ((uint64 next, uint64 prev, address operator, (uint256 X, uint256 Y) blsPubkey, uint256 addedTimestamp, uint256 leaveRequestTimestamp, uint256 latestLeaveRequestTimestamp, uint256 deposit, ((address addr, address beneficiary) staker, uint256 stakedAmount)[] contributors, uint256 ed25519Pubkey))",
]

interface Node {
  readonly contributors: readonly {
    readonly staker: { readonly addr: string }
    readonly stakedAmount: bigint
  }[]
}

describe("a whole program on a fork of Arbitrum One", function () {
  this.timeout(1_800_000)
  let folder: string
  let upstream: UpstreamChain
  let fork: Fork
  let safe: Address
  let owners: Address[]
  let recipients: Address[]
  let airdrop: MerkleAirdrop
  let sweepTime: number

  const balanceOf = async (account: string): Promise<bigint> =>
    (await token(fork.ethers.provider).getFunction("balanceOf").staticCall(account)) as bigint
  const succeed = async (verb: VerbModule, ...args: string[]): Promise<Record<string, unknown>> => {
    const { status, error, json, lines } = await runVerb(verb, [folder, ...args, "--json"])
    if (error instanceof Error) throw error
    expect(status, lines.join("\n")).to.equal(0)
    return json as Record<string, unknown>
  }
  /** Proposes, has two of the three owners approve, and executes. */
  const throughSafe = async (action: string, ...args: string[]): Promise<void> => {
    const { files } = (await succeed(propose, action, "--rpc", fork.url, ...args)) as {
      files: { transaction: string }
    }
    await approveAndExecute(fork, files.transaction, owners.slice(0, 2))
  }

  before(async () => {
    upstream = await openUpstreamChain()
    fork = await forkOf(upstream)
    recipients = await findStakers(new JsonRpcProvider(upstream.url), upstream.block)
    owners = recipients.slice(0, 3)
    const [payer] = await fork.ethers.getSigners()
    if (payer === undefined) throw new Error("the fork has no account to pay with")
    safe = await createSafe(payer, { owners, threshold: 2 })
    sweepTime = (await fork.now()) + 90 * DAY
    folder = join(await mkdtemp(join(tmpdir(), "airdrop-fork-")), "fork-program")
    await writeProgram()
  })
  after(async () => {
    await fork.close()
    await upstream.close()
    await rm(folder, { recursive: true, force: true })
  })

  it("takes a snapshot of the stakes at the pinned block", async () => {
    const { sections } = await succeed(snapshot, "--rpc", upstream.url)
    const { nodes } = (sections as Record<string, { readonly nodes: number }>)["session-staking"] ?? {}
    expect(nodes).to.be.above(0)
  })

  it("allocates the tranche to the last unit and builds the proofs", async () => {
    await succeed(allocate)
    await succeed(build)
    const { automatic } = await loadContext(folder)
    expect(automatic.total).to.equal(AUTOMATIC)
    expect(automatic.list.count).to.be.within(1, MOST_RECIPIENTS)
  })

  it("deploys and funds through the Safe, from what a real holder sent it", async () => {
    const holder = await fork.as(SESSION.pool)
    expect((await balanceOf(SESSION.pool)) > AUTOMATIC + RESERVE, "the reward pool holds enough").to.equal(
      true,
    )
    await (
      await token(holder)
        .getFunction("transfer")
        .send(safe, AUTOMATIC + RESERVE)
    ).wait()
    await throughSafe("deploy", "--batch")
    const context = await loadContext(folder)
    airdrop = await merkleAirdropAt(context.airdrop, await fork.as(SESSION.rewards))
    expect(await balanceOf(context.airdrop)).to.equal(AUTOMATIC + RESERVE)
    expect(parseAddress(await airdrop.owner())).to.equal(safe)
    expect(await balanceOf(safe)).to.equal(0n)
  })

  it("verifies the deployed contract", async () => {
    await succeed(verify, "--rpc", fork.url)
  })

  it("pays a claim that a stranger sends, and one that its account sends elsewhere", async () => {
    const { automatic } = await loadContext(folder)
    const { list } = automatic
    const tree = treeOfList(list)
    const proof = (index: number): string[] => tree.proof(index).map(toHex)
    const [first, last] = [0, list.count - 1]
    const before = await balanceOf(accountOf(list, first))
    await (await airdrop.claim(first, accountOf(list, first), amountOf(list, first), proof(first))).wait()
    expect((await balanceOf(accountOf(list, first))) - before).to.equal(amountOf(list, first))
    if (last === first) return
    const own = airdrop.connect(await fork.as(accountOf(list, last)))
    const elsewhere = "0x00000000000000000000000000000000000a11ce"
    await (await own.claimTo(last, elsewhere, amountOf(list, last), proof(last))).wait()
    expect(await balanceOf(elsewhere)).to.equal(amountOf(list, last))
  })

  it("pushes the rest in batches, skipping what is claimed", async () => {
    const { automatic } = await loadContext(folder)
    const sender = Wallet.createRandom()
    await fork.as(parseAddress(sender.address)) // which gives it ether
    process.env["FORK_TEST_KEY"] = sender.privateKey
    await succeed(distribute, "--rpc", fork.url, "--yes", "--key", "FORK_TEST_KEY")
    for (let index = 0; index < automatic.list.count; index++) {
      expect(await airdrop.isClaimed(index), `leaf ${index}`).to.equal(true)
    }
    expect(await balanceOf(await airdrop.getAddress())).to.equal(RESERVE)
  })

  it("grants from the reserve through the Safe, and pays after the delay", async () => {
    const account = recipients.at(-1) ?? safe
    const why = ["--reason", "moved to a new address", "--evidence", "a note", "--force"]
    await succeed(grants, "add", toChecksum(account), "1000", ...why)
    await succeed(grants, "build", "--rpc", fork.url)
    await throughSafe("reserve")
    const { reserve } = await loadContext(folder)
    const root = reserve?.root ?? ZeroHash
    const early: unknown = await airdrop.acceptReserveRoot.staticCall(root).catch((error: unknown) => error)
    expect(early, "accepted before its delay is over").to.be.instanceOf(Error)
    await fork.waitUntil((await fork.now()) + DAY)
    await throughSafe("accept")
    const before = await balanceOf(account)
    await succeed(claim, toChecksum(account), "--rpc", fork.url, "--key", "FORK_TEST_KEY")
    expect((await balanceOf(account)) - before).to.equal(GRANT)
  })

  it("says that everything is in order", async () => {
    await succeed(status, "--rpc", fork.url, "--cache", join(folder, "cache"))
  })

  it("sweeps the rest to the Safe, not before the sweep time", async () => {
    const owner = airdrop.connect(await fork.as(safe))
    const early = await owner.sweep.staticCall().catch((error: unknown) => error)
    expect(early, "swept too early").to.be.instanceOf(Error)
    await fork.waitUntil(sweepTime)
    await throughSafe("sweep")
    expect(await balanceOf(await airdrop.getAddress())).to.equal(0n)
    expect(await balanceOf(safe)).to.equal(RESERVE - GRANT)
  })

  async function writeProgram(): Promise<void> {
    await mkdir(folder, { recursive: true })
    const program = {
      format: "merkle-airdrop/program@1",
      name: "fork-program",
      chainId: 42161,
      token: { address: toChecksum(SESSION.token), symbol: "SESH", decimals: 9 },
      tranches: { automatic: "350000", reserve: "50000" },
      source: {
        kind: "session-staking",
        stakingContract: toChecksum(SESSION.rewards),
        weights: { solo: "1.5", operator: "1.25", contributor: "1" },
      },
      snapshot: { block: upstream.block },
      eligibility: { file: "recipients.csv", match: "person" },
      contract: {
        owner: toChecksum(safe),
        reserveDelay: DAY,
        sweepTime: new Date(sweepTime * 1000).toISOString().replace(".000Z", "Z"),
      },
    }
    await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
    await writeFile(
      join(folder, "recipients.csv"),
      `${["account", ...recipients.map(toChecksum)].join("\n")}\n`,
    )
  }
})

function token(runner: Contract["runner"]): Contract {
  return new Contract(SESSION.token, TOKEN, runner)
}

/** Finds plain accounts that stake in the first nodes of the network, at least three. */
async function findStakers(provider: Provider, block: number): Promise<Address[]> {
  const rewards = new Contract(SESSION.rewards, NODES, provider)
  const at = { blockTag: block }
  const [ids] = (await rewards.getFunction("allServiceNodeIDs").staticCall(at)) as [readonly bigint[]]
  const found = new Set<Address>()
  for (const id of ids.slice(0, MOST_NODES)) {
    if (found.size >= MOST_RECIPIENTS) break
    const { contributors } = (await rewards.getFunction("serviceNodes").staticCall(id, at)) as Node
    for (const { staker, stakedAmount } of contributors) {
      const account = parseAddress(staker.addr)
      if (stakedAmount > 0n && (await provider.getCode(account, block)) === "0x" && BigInt(account) !== 0n) {
        found.add(account)
      }
    }
  }
  expect(found.size, "plain accounts that stake").to.be.at.least(3)
  return [...found].sort().slice(0, MOST_RECIPIENTS)
}
