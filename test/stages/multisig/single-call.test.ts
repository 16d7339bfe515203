import { expect } from "chai"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import * as inspect from "../../../scripts/commands/inspect.ts"
import * as propose from "../../../scripts/commands/propose.ts"
import * as verify from "../../../scripts/commands/verify.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { accountOf, amountOf } from "../../../scripts/core/merkle/leaf-list.ts"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { readLeaves } from "../../../scripts/stages/publication/read-leaves.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { deploymentCall } from "../../../scripts/core/ethereum/create2.ts"
import { transferCall } from "../../../scripts/core/multisig/owner-calls.ts"
import { batchFile } from "../../../scripts/core/safe/safe-batch.ts"
import { merkleAirdropAt } from "../../../scripts/stages/deployment/airdrop-contract.ts"
import { loadContext, type ProgramContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { writeBatch } from "../../../scripts/stages/multisig/batch-file.ts"
import { readBatch } from "../../support/read-batch.ts"
import { readSafeTransaction } from "../../../scripts/stages/multisig/transaction-file.ts"
import { cidOf } from "../../../scripts/stages/multisig/proofs-uri.ts"
import { executeSafeTransaction, signSafeTransaction } from "../../../scripts/io/safe/execute.ts"
import { readSafe } from "../../../scripts/io/safe/safe.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { publishReserve } from "../../support/publish-reserve.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { chainWithSafe, type SafeOnChain } from "../../support/safe.ts"
import { expectError } from "../../support/errors.ts"

const SESH = 10n ** 9n

describe("A Safe that only makes single calls", function () {
  this.timeout(300_000)
  let there: SafeOnChain
  let served: ServedChain
  let scratch: string
  let program: string
  let context: ProgramContext

  before(async () => {
    there = await chainWithSafe()
    served = await there.chain.serve()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-single-"))
    program = await publishProgram(scratch, { owner: there.safe })
    context = await loadContext(program)
    await there.chain.fund(there.safe, 800n * SESH)
  })
  after(async () => {
    await served.close()
    await there.chain.close()
    await rm(scratch, { recursive: true, force: true })
  })

  const proposed = async (...args: string[]): Promise<VerbRun> =>
    await runVerb(propose, [program, ...args, "--rpc", served.url, "--json"])
  const batchOf = (run: VerbRun): string => {
    expect(run.error).to.equal(undefined)
    return (run.json as { files: { batch: string } }).files.batch
  }
  const inspected = async (batch: string): Promise<VerbRun> =>
    await runVerb(inspect, [batch, "--program", program, "--rpc", served.url])

  /** Inspects, signs and executes what was proposed, and demands that it is one call without a delegatecall. */
  const through = async (run: VerbRun): Promise<string[]> => {
    const batch = batchOf(run)
    expect((await readBatch(batch)).calls).to.have.length(1)
    const file = await readSafeTransaction(batch.replace(".json", ".safe-tx.json"))
    if (file === undefined) throw new Error("no transaction was written")
    expect(file.transaction.operation, "a delegatecall").to.equal(0)
    const shown = await inspected(batch)
    expect(shown.status, shown.lines.join("\n")).to.equal(0)
    const state = await readSafe(there.chain.ethers.provider, there.safe)
    const owners = there.owners.slice(0, 2)
    const signatures = await Promise.all(
      owners.map((owner) => signSafeTransaction(state, file.transaction, owner)),
    )
    await executeSafeTransaction(state, file.transaction, signatures, there.payer)
    return [...shown.lines]
  }

  it("is first shown how anyone deploys the contract", async () => {
    const { error, status } = await proposed("deploy")
    expect(error).to.be.instanceOf(AirdropError)
    expect((error as AirdropError).code).to.equal("not-ready")
    expect((error as AirdropError).hint).to.match(/\.\/airdrop deploy .* --no-fund --yes/)
    expect(status).to.equal(2)
  })

  it("a transfer to an address without a contract is flagged", async () => {
    const batch = join(scratch, "early.json")
    const call = transferCall(SESSION.token, context.airdrop, context.funding)
    const texts = { name: "fund", description: "" }
    await writeBatch(batch, batchFile({ chainId: 42161, address: there.safe }, texts, [call]))
    const { lines, status } = await inspected(batch)
    expect(lines.join("\n")).to.match(/! no contract is deployed at 0x.*an address without code/)
    expect(status).to.equal(1)
  })

  it("funds, announces, grants and sweeps by one call each, from deployment to sweep", async () => {
    await (await there.stranger.sendTransaction(deploymentCall(context.initCode))).wait()
    const lines = await through(await proposed("deploy"))
    expect(lines.join("\n")).to.match(/Transfer 400 SESH to 0x\w+ \(the airdrop\)/)
    expect(lines.join("\n")).to.match(/was compared with the sources: \d+ checks agree\. It holds 0 SESH/)
    expect((await runVerb(verify, [program, "--rpc", served.url])).error).to.equal(undefined)

    const again = join(scratch, "again.json")
    const texts = { name: "fund", description: "" }
    const twice = transferCall(SESSION.token, context.airdrop, context.funding)
    await writeBatch(again, batchFile({ chainId: 42161, address: there.safe }, texts, [twice]))
    expect((await inspected(again)).lines.join("\n")).to.match(
      /400 SESH is too much: the airdrop needs nothing more/,
    )

    await through(await proposed("publish"))
    const airdrop = await merkleAirdropAt(context.airdrop, there.chain.ethers.provider)
    const [announced] = (await airdrop.queryFilter(airdrop.filters.ProofsPublished())).slice(-1)
    expect(announced?.args.uri).to.equal(`ipfs://${await cidOf(context.automatic)}`)

    const { tree, list } = await readLeaves(await loadProgram(program))
    for (let index = 0; index < list.count; index++) {
      const proof = tree.proof(index).map(toHex)
      const claimed = airdrop.connect(there.stranger)
      await (await claimed.claim(index, accountOf(list, index), amountOf(list, index), proof)).wait()
    }
    expect((await inspected(again)).lines.join("\n"), "after every claim").to.match(
      /400 SESH is too much: the airdrop needs nothing more/,
    )
    expect(String((await proposed("deploy")).error)).to.match(/holds 50 SESH already and owes 50 SESH/)

    const root = await publishReserve(program, [[there.stranger.address, 50n * SESH]])
    await through(await proposed("reserve"))
    await there.chain.request("evm_increaseTime", [86_400])
    await there.chain.mine()
    await through(await proposed("accept"))
    expect(await airdrop.reserveRoot()).to.equal(root)
    await there.chain.mine(Date.parse("2030-03-17T17:46:40Z") / 1000)
    await through(await proposed("sweep"))
    expectError((await proposed("sweep")).error, "chain-state")
  })

  it("the text holds the digests of ERC-8213 beside the hashes", async () => {
    const folder = join(program, "proposals")
    const file = await readSafeTransaction(join(folder, "0000-deploy.safe-tx.json"))
    const text = await readFile(join(folder, "0000-deploy.txt"), "utf8")
    expect(text).to.include(`calldata digest         ${file?.hashes.calldata ?? "?"}`)
  })
})
