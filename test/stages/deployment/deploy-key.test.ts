import { expect } from "chai"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { networks } from "../../../hardhat.networks.ts"
import { Interface } from "ethers"
import { merkleAirdropArtifact } from "../../../scripts/io/project/artifacts.ts"
import { CHAINS, chainOf } from "../../../scripts/core/ethereum/chains.ts"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import { verifySource } from "../../../scripts/stages/deployment/verify-source.ts"
import * as deploy from "../../../scripts/commands/deploy.ts"
import * as verify from "../../../scripts/commands/verify.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { encodeParameters } from "../../../scripts/core/contract/constructor-parameters.ts"
import { ERROR_CODES, type ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { readDeployment, requireDeployment } from "../../../scripts/stages/deployment/deployment-file.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { loadContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { addressOf, chainWithSafe, type SafeOnChain } from "../../support/safe.ts"
import { expectError } from "../../support/errors.ts"

const SESH = 10n ** 9n
const JOURNALS = join(PROJECT_ROOT, "deploy", "deployments")

describe("deploy, from a key", function () {
  this.timeout(180_000)
  let there: SafeOnChain
  let served: ServedChain
  let scratch: string
  let program: string
  let journal: string
  let sender: string
  let point: unknown

  before(async () => {
    there = await chainWithSafe()
    served = await there.chain.serve()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-deploy-"))
    program = await publishProgram(scratch, { owner: addressOf(there.stranger), name: "by-key" })
    const { airdrop, program: terms } = await loadContext(program)
    journal = join(JOURNALS, `by-key-${terms.chainId}-${airdrop.slice(2, 10)}`)
    sender = there.payer.address
    point = await there.chain.request("evm_snapshot")
  })
  after(async () => {
    await served.close()
    await there.chain.close()
    await rm(scratch, { recursive: true, force: true })
    await rm(journal, { recursive: true, force: true })
  })

  const run = async (...args: string[]): Promise<VerbRun> => {
    const where = ["--rpc", served.url, "--account", sender, "--confirmations", "1"]
    return await runVerb(deploy, [program, ...where, ...args])
  }

  it("rehearses on an embedded chain without recording anything", async () => {
    const rehearsal = await runVerb(deploy, [program])
    expect(rehearsal.error).to.equal(undefined)
    expect(rehearsal.lines.join("\n")).to.include("ok    funding: holds 400 SESH, owes 400 SESH")
    expect(rehearsal.lines.join("\n")).not.to.include("WRONG")
    expect(await readDeployment(program)).to.equal(undefined)
  })

  it("sends nothing without tokens, without a yes, or with two signers", async () => {
    const refusals: readonly (readonly [ErrorCode, readonly string[], readonly string[]])[] = [
      ["insufficient-funds", ["0 SESH", "400 SESH"], ["--yes"]],
      ["unresolved", [], ["--no-fund"]],
      ["usage", ["--key", "--account"], ["--key", "SOME_NAME"]],
    ]
    for (const [code, values, args] of refusals) {
      const { error, status } = await run(...args)
      expectError(error, code, ...values)
      expect(status).to.equal(ERROR_CODES[code])
    }
    const { airdrop } = await loadContext(program)
    expect(await there.chain.ethers.provider.getCode(airdrop)).to.equal("0x")
  })

  it("names a token that is not on the chain, or is none", async () => {
    const { program: terms } = await loadContext(program)
    const before = await there.chain.request("evm_snapshot")
    await there.chain.setCode(terms.token.address, "0x")
    for (const more of [[], ["--no-fund"]])
      expectError(
        (await run("--yes", ...more)).error,
        "unknown",
        toChecksum(terms.token.address),
        "has no code",
      )
    await there.chain.setCode(terms.token.address, "0x00")
    expectError((await run("--yes")).error, "unknown", "does not answer as a token")
    await there.chain.request("evm_revert", [before])
  })

  it("creates the contract at the published address, funds it, verifies it and records it", async () => {
    await there.chain.fund(sender, 400n * SESH)
    const { error, lines } = await run("--yes")
    expect(error).to.equal(undefined)
    expect(lines.join("\n")).to.include("ok    funding: holds 400 SESH, owes 400 SESH")
    const { airdrop } = await loadContext(program)
    expect(await readDeployment(program)).to.include({ address: airdrop, deployedBy: "key" })
    expect(await readdir(journal)).to.include("journal.jsonl")
    expect((await runVerb(verify, [program, "--rpc", served.url])).status).to.equal(0)
    expectError((await run("--yes")).error, "mismatch")
  })

  it("has a network in Hardhat's settings for every chain of the table, under the table's variables", () => {
    for (const { id, network } of CHAINS) expect(networks[network]).to.include({ type: "http", chainId: id })
  })

  it("submits sources and constructor arguments to each explorer, whether or not another fails", async () => {
    const deployment = await requireDeployment(program)
    const runs: (readonly string[])[] = []
    const results = await verifySource(
      deployment,
      chainOf(42161),
      served.url,
      async (tool, args, options) => {
        expect(tool).to.equal("hardhat")
        expect(options?.environment).to.include({ ARBITRUM_RPC_URL: served.url })
        runs.push(args)
        const module = (await import(args[args.indexOf("--constructor-args-path") + 1] ?? "")) as {
          default: unknown[]
        }
        const { abi } = await merkleAirdropArtifact()
        const encoded = new Interface(abi).encodeDeploy(module.default)
        expect(encoded).to.equal(encodeParameters(deployment.parameters))
        return { status: args[1] === "blockscout" ? 1 : 0, text: "said  so\n" }
      },
    )
    expect(results).to.deep.equal([
      { explorer: "etherscan", ok: true, message: "said so" },
      { explorer: "blockscout", ok: false, message: "said so" },
      { explorer: "sourcify", ok: true, message: "said so" },
    ])
    for (const args of runs) {
      expect(args.slice(0, 1).concat(args.slice(2, 8))).to.deep.equal([
        ...["verify", "--network", "arbitrumOne", "--build-profile", "default"],
        ...["--contract", "contracts/MerkleAirdrop.sol:MerkleAirdrop"],
      ])
      expect(args.at(-1)).to.equal(toChecksum(deployment.address))
    }
    expect(runs[2]).to.include.members(["--creation-tx-hash", deployment.transaction])
  })

  it("deploys again on a new chain despite the journal of an old one", async () => {
    await there.chain.request("evm_revert", [point])
    await rm(join(program, "deployment.json"))
    expect(await readdir(journal)).to.include("journal.jsonl")
    const { error } = await run("--no-fund", "--yes")
    expect(error).to.equal(undefined)
    const { airdrop } = await loadContext(program)
    expect(await there.chain.ethers.provider.getCode(airdrop)).to.not.equal("0x")
  })
})
