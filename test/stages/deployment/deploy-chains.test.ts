import { expect } from "chai"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as deploy from "../../../scripts/commands/deploy.ts"
import * as page from "../../../scripts/commands/page.ts"
import * as status from "../../../scripts/commands/status.ts"
import { DEPLOYMENT_PROXY } from "../../../scripts/core/ethereum/create2.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { startEmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { publishProgram, type ProgramOptions } from "../../../scripts/dev/rigs/published-program.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { loadContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { addressOf } from "../../support/safe.ts"

/** The key of the first account of every embedded chain. */
const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
const FUNDING = 400n * 10n ** 9n

const OTHER = {
  name: "Mantle",
  currency: "MNT",
  explorer: "https://explorer.example",
  rpcs: ["https://rpc.example"],
}

interface OnChain {
  readonly program: string
  readonly url: string
  readonly run: (...args: readonly string[]) => Promise<VerbRun>
  readonly request: (method: string, params: readonly unknown[]) => Promise<unknown>
}

describe("deploy, on any chain", function () {
  this.timeout(180_000)
  let scratch: string
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "airdrop-chains-"))
    process.env["ANY_KEY"] = KEY
  })
  after(async () => {
    await rm(scratch, { recursive: true, force: true })
    delete process.env["ANY_KEY"]
  })

  const onChain = async (
    served: number,
    options: Partial<ProgramOptions>,
    use: (on: OnChain) => Promise<void>,
  ) => {
    const chain = await startEmbeddedChain({ chainId: served })
    const [payer] = chain.signers
    if (payer === undefined) throw new Error("the chain has no signer")
    await chain.fund(payer.address, FUNDING)
    const rpc = await chain.serve()
    const program = await publishProgram(scratch, { owner: addressOf(payer), ...options })
    const { airdrop, program: terms } = await loadContext(program)
    try {
      await use({
        program,
        url: rpc.url,
        run: async (...args) =>
          await runVerb(deploy, [program, "--rpc", rpc.url, "--key", "ANY_KEY", ...args]),
        request: chain.request,
      })
    } finally {
      await rpc.close()
      await chain.close()
      const journal = `${options.name ?? "small"}-${terms.chainId}-${airdrop.slice(2, 10)}`
      await rm(join(PROJECT_ROOT, "deploy", "deployments", journal), { recursive: true, force: true })
    }
  }

  it("needs the URL of a node and a key alone, on a chain of the table", async () => {
    await onChain(8453, { name: "on-base", chainId: 8453 }, async ({ run, program, url }) => {
      const plan = await run()
      expect(String(plan.error)).to.match(/would create 0x\w{40} on Base \(8453\)/)
      const { error, lines } = await run("--yes", "--confirmations", "1")
      expect(error).to.equal(undefined)
      const { airdrop } = await loadContext(program)
      expect(lines.join("\n")).to.match(new RegExp(`https://basescan\\.org/address/${airdrop}`, "i"))
      const shown = await runVerb(status, [program, "--rpc", url])
      expect(shown.lines).to.include("  chain        Base (8453)")
      expect(shown.lines.join("\n")).to.match(/https:\/\/basescan\.org\/address\/0x/)
    })
  })

  it("takes name, currency, explorer and nodes of another chain from program.json", async () => {
    const options = { name: "on-other", chainId: 5000, chain: OTHER }
    await onChain(5000, options, async ({ run, program, url }) => {
      const { error, lines } = await run("--yes", "--confirmations", "1")
      expect(error).to.equal(undefined)
      expect(lines.join("\n")).to.include("https://explorer.example/address/0x")
      const shown = await runVerb(status, [program, "--rpc", url])
      expect(shown.lines).to.include("  chain        Mantle (5000)")
      const built = await runVerb(page, [program, "--out", join(scratch, "page")])
      expect(built.json).to.include({ chainName: "Mantle", currency: "MNT", explorer: OTHER.explorer })
      expect((built.json as { rpcUrls: unknown }).rpcUrls).to.deep.equal(OTHER.rpcs)
    })
  })

  it("names both chains where the node serves another one", async () => {
    await onChain(10, { name: "elsewhere", chainId: 8453 }, async ({ run, program, request }) => {
      const { error, status: exit } = await run("--yes")
      expect(error).to.be.instanceOf(AirdropError).with.property("code", "wrong-chain")
      expect(String(error)).to.match(/serves chain OP Mainnet \(10\), the program is on chain Base \(8453\)/)
      expect(exit).to.equal(2)
      expect(await request("eth_getCode", [(await loadContext(program)).airdrop, "latest"])).to.equal("0x")
    })
  })

  it("says that the deterministic deployment proxy is missing", async () => {
    await onChain(8453, { name: "no-proxy", chainId: 8453 }, async ({ run, request }) => {
      await request("hardhat_setCode", [DEPLOYMENT_PROXY, "0x"])
      const { error } = await run("--yes")
      expect(error).to.be.instanceOf(AirdropError).with.property("code", "not-ready")
      expect(String(error)).to.match(/deployment proxy 0x4e59\w+ is missing on Base \(8453\)/)
    })
  })

  it("refuses a key in place of the name of one, and a name without a key", async () => {
    await onChain(8453, { name: "no-key", chainId: 8453 }, async ({ program, url }) => {
      const given = await runVerb(deploy, [program, "--rpc", url, "--key", KEY, "--yes"])
      expect(given.error).to.have.property("code", "usage")
      const absent = await runVerb(deploy, [program, "--rpc", url, "--yes"])
      expect(String(absent.error)).to.match(/has BASE_PRIVATE_KEY/)
    })
  })

  it("has no program on ZKsync, and says why", async () => {
    const error: unknown = await publishProgram(scratch, {
      owner: `0x${"11".repeat(20)}`,
      name: "on-zksync",
      chainId: 324,
    }).catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(AirdropError)
    expect(String(error)).to.match(
      /program\.json:1: chainId: ZKsync Era \(324\) is not supported: .*bytecode/,
    )
  })
})
