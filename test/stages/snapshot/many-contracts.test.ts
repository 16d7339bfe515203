import { expect } from "chai"
import { appendFile } from "node:fs/promises"
import { join } from "node:path"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import { errorFor, startFaultProxy, type Fault } from "../../support/fault-proxy.ts"
import { address } from "../../support/made-up.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"

/** Contracts on the list besides those of the sample network. */
const CONTRACTS = Array.from({ length: 400 }, (_, i) => address(50_000 + i))
const BURNER = CONTRACTS[200] ?? expect.fail("too few contracts")
/** PUSH0, PUSH0, REVERT: a contract without views. */
const NO_VIEWS = "0x5f5ffd"
/** JUMPDEST, PUSH0, JUMP: runs until the gas is used up. */
const ENDLESS = "0x5b5f56"

describe("a snapshot of hundreds of contracts, one of which uses up all gas", () => {
  let served: ServedNetwork
  let quiet: number
  let burning: number

  before(async () => {
    served = await serveNetwork()
    for (const contract of CONTRACTS) await served.chain.setCode(contract, NO_VIEWS)
    await served.chain.mine()
    quiet = Number(await served.chain.request("eth_blockNumber"))
    await served.chain.mine()
    await served.chain.setCode(BURNER, ENDLESS)
    await served.chain.mine()
    burning = Number(await served.chain.request("eth_blockNumber"))
  })
  after(async () => {
    await served.close()
  })

  /** Takes the snapshot of a list with all contracts at a block, and counts the requests. */
  const take = async (
    block: number,
    faults: readonly Fault[] = [],
  ): Promise<{
    readonly snapshot: Snapshot | undefined
    readonly requests: number
    readonly error: unknown
  }> =>
    await inScratch(async (folder) => {
      const program = await copySample(folder, { snapshot: { block } })
      await appendFile(join(program, "recipients.csv"), `${CONTRACTS.map(toChecksum).join("\n")}\n`)
      const proxy = await startFaultProxy(served.url, faults)
      const run = await runVerb(snapshotVerb, [program, "--rpc", proxy.url, "--allow-unfinalized"])
      await proxy.close()
      const snapshot =
        run.error === undefined ? await readSnapshot(join(program, "snapshot.json")) : undefined
      return { snapshot, requests: proxy.requests(), error: run.error }
    })

  const withoutViews = ({ snapshot }: { readonly snapshot: Snapshot | undefined }): readonly Address[] =>
    CONTRACTS.filter((contract) => snapshot?.accounts.get(contract)?.kind === "contract")

  it("needs at most half as many requests more, and loses no other contract", async () => {
    const without = await take(quiet)
    const withBurner = await take(burning)
    expect(without.error).to.equal(undefined)
    expect(withBurner.error).to.equal(undefined)
    expect(withoutViews(withBurner)).to.deep.equal(CONTRACTS)
    const known = (taken: typeof without): unknown =>
      [...(taken.snapshot?.accounts ?? [])].filter(([account]) => account !== BURNER)
    expect(known(withBurner)).to.deep.equal(known(without))
    expect(withBurner.requests).to.be.at.most(1.5 * without.requests)
  })

  it("says of a provider's fault that it is the provider's, not the contract's", async () => {
    const isCall = ({ method }: { readonly method: string }): boolean => method === "eth_call"
    for (const [code, words] of [
      [-32000, "missing trie node 5d3e (path ) state is not available"],
      [-32601, "the method eth_call does not exist/is not available"],
      [-32000, "project ID does not have access to archive state"],
    ] as const) {
      const { error } = await take(quiet, [errorFor(isCall, code, words)])
      if (!(error instanceof AirdropError)) expect.fail("it was taken")
      expect(error.code, words).to.match(/^rpc-/)
      expect(error.message, words).to.not.contain("staking contract")
    }
  })
})
