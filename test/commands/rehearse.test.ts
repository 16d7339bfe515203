import { createHash } from "node:crypto"
import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as rehearse from "../../scripts/commands/trial/rehearse.ts"
import { captureVerb } from "../../scripts/cli/verbs.ts"
import { parseAddress, toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import type { RehearsedStep } from "../../scripts/dev/demo/rehearsal.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { createSafe } from "../../scripts/io/safe/safe.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { runVerb, type VerbRun } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"

const TOKEN = { address: parseAddress(`0x${"7e57".repeat(10)}`), symbol: "BASED", decimals: 18 }
const ALL = [
  "chain",
  "deploy",
  "fund",
  "verify",
  "publish",
  "claim",
  "grant",
  "distribute",
  "status",
  "sweep",
]

/** Makes a Base program of 18 decimals from a list, with documented commands alone. */
async function makeProgram(scratch: string, owner: string): Promise<string> {
  const list = join(scratch, "list.csv")
  const folder = join(scratch, "based")
  await writeFile(list, `account,amount\n0x${"11".repeat(20)},400.5\n0x${"22".repeat(20)},599.5\n`)
  // prettier-ignore
  const given = [
    "--from", list, "--chain", "8453", "--token", toChecksum(TOKEN.address), "--symbol", TOKEN.symbol,
    "--decimals", "18", "--pool", "1000", "--reserve", "50", "--owner", owner, "--sweep", "2040-01-01T00:00:00Z",
  ]
  await captureVerb("init", [folder, ...given, "--yes"])
  for (const verb of ["allocate", "build", "verify"]) await captureVerb(verb, [folder])
  return folder
}

async function contents(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return await Promise.all(
    files.sort().map(
      async (file) =>
        `${file} ${createHash("sha256")
          .update(await readFile(file))
          .digest("hex")}`,
    ),
  )
}

const stepsOf = ({ json }: VerbRun): readonly RehearsedStep[] =>
  (json as { readonly steps: readonly RehearsedStep[] }).steps

describe("rehearse", function () {
  this.timeout(240_000)

  it("takes a Base program of 18 decimals from the deployment to the sweep, and leaves its folder alone", async () => {
    await inScratch(async (scratch) => {
      const folder = await makeProgram(scratch, `0x${"33".repeat(20)}`)
      const before = await contents(folder)
      const run = await runVerb(rehearse, [folder])
      expect(run.error, run.lines.join("\n")).to.equal(undefined)
      const steps = stepsOf(run)
      expect(steps.map(({ name }) => name)).to.deep.equal(ALL)
      const gas = new Map(steps.map((step) => [step.name, step.gas]))
      for (const name of ["deploy", "fund", "publish", "claim", "grant", "distribute", "sweep"])
        expect((gas.get(name) ?? 0n) > 21_000n, name).to.equal(true)
      expect(gas.get("verify")).to.equal(0n)
      expect(steps.at(-1)?.finding).to.include("49.999999999999999999 BASED")
      expect(run.lines.join("\n")).to.include("2 of 3").and.include("Base (8453)")
      expect(await contents(folder)).to.deep.equal(before)
    })
  })

  it("rehearses a program with a snapshot on an earlier day, when its sweep was still to come", async () => {
    const run = await runVerb(rehearse, [
      join(PROJECT_ROOT, "programs", "sample"),
      "--at",
      "2025-12-01T00:00:00Z",
    ])
    expect(run.error, run.lines.join("\n")).to.equal(undefined)
    expect(stepsOf(run).map(({ name }) => name)).to.deep.equal(ALL)
  })

  it("names a sweep time that has passed, and takes no further step", async () => {
    await inScratch(async (scratch) => {
      const folder = await makeProgram(scratch, `0x${"33".repeat(20)}`)
      const file = join(folder, "program.json")
      await writeFile(file, (await readFile(file, "utf8")).replace("2040-01-01", "2020-01-01"))
      for (const verb of ["allocate", "build"]) await captureVerb(verb, [folder])
      const run = await runVerb(rehearse, [folder])
      expect(run.status).to.equal(1)
      expect(stepsOf(run).map(({ name, ok }) => [name, ok])).to.deep.equal([
        ["chain", true],
        ["deploy", false],
      ])
      expect(stepsOf(run).at(-1)?.finding).to.include("2020-01-01T00:00:00Z")
    })
  })

  describe("on a fork", () => {
    let remote: EmbeddedChain
    let safe: Address
    before(async () => {
      remote = await startEmbeddedChain({
        chainId: 8453,
        token: TOKEN,
        start: Math.floor(Date.now() / 1000) - 600,
      })
      const [payer, ...owners] = remote.signers
      if (payer === undefined) throw new Error("no signer")
      safe = await createSafe(payer, {
        owners: owners.slice(4, 9).map(({ address }) => address),
        threshold: 3,
      })
    })
    after(async () => {
      await remote.close()
    })

    it("names what the owner lacks; once it holds the tokens, its own owners carry it through, and the node is only read", async () => {
      await inScratch(async (scratch) => {
        const folder = await makeProgram(scratch, toChecksum(safe))
        const served = await remote.serve()
        try {
          const poor = await runVerb(rehearse, [folder, "--rpc", served.url])
          expect(poor.status).to.equal(1)
          expect(stepsOf(poor).at(-1)).to.include({ name: "fund", ok: false })
          expect(stepsOf(poor).at(-1)?.finding).to.match(/BASED/)
          await remote.fund(safe, 1_050n * 10n ** 18n)
          const block = await remote.ethers.provider.getBlockNumber()
          const run = await runVerb(rehearse, [folder, "--rpc", served.url])
          expect(run.error, run.lines.join("\n")).to.equal(undefined)
          expect(stepsOf(run).map(({ name }) => name)).to.deep.equal(ALL)
          expect(stepsOf(run)[0]?.finding).to.equal("the owner is a Safe 1.4.1, 3 of 5")
          expect(await remote.ethers.provider.getBlockNumber()).to.equal(block)
        } finally {
          await served.close()
        }
      })
    })
  })
})
