import { StandardMerkleTree } from "@openzeppelin/merkle-tree"
import { expect } from "chai"
import { createHash } from "node:crypto"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { merkleAirdropAt } from "../../scripts/stages/deployment/airdrop-contract.ts"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import type { Allocation } from "../../scripts/core/allocation/allocation.ts"
import { invariant } from "../../scripts/core/primitives/error.ts"
import {
  changeNetworkAfterwards,
  executeProposal,
  SAMPLE_STAGE,
  setStage,
  type Stage,
} from "../../scripts/dev/demo/stage.ts"
import { readAllocation } from "../../scripts/stages/allocation/allocation-files.ts"
import { requireDeployment } from "../../scripts/stages/deployment/deployment-file.ts"
import { readManifest, readPublishedClaim } from "../../scripts/stages/publication/read-publication.ts"
import { captureVerb } from "../../scripts/cli/verbs.ts"
import { type CapturedRun } from "../../scripts/io/terminal/captured-run.ts"
import { sharedData } from "../support/shared.ts"

const POOL = 350_000_000_000_000n

const NETWORKS = [
  { name: "the sample network", ...SAMPLE_STAGE },
  {
    name: "a network of 803 nodes",
    network: sharedData("session/network.json"),
    recipients: sharedData("session/recipients.csv"),
  },
]

for (const { name, network, recipients } of NETWORKS) {
  if (network === undefined || recipients === undefined) continue // the sample carries every case by itself

  describe(`A whole program over ${name}`, function () {
    this.timeout(120_000)

    let folder: string
    let stage: Stage
    let snapshotBefore: string
    let allocation: Allocation

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "airdrop-program-"))
      stage = await setStage({ network, recipients, folder: join(folder, "demo") })
      await verb("snapshot", stage.program, "--rpc", stage.url)
      snapshotBefore = await readFile(join(stage.program, "snapshot.json"), "utf8")
      await changeNetworkAfterwards(stage)
      await verb("snapshot", stage.program, "--rpc", stage.url)
      await verb("allocate", stage.program)
      await verb("build", stage.program)
      allocation = await readAllocation(stage.program)
    })

    after(async () => {
      await stage.close()
      await rm(folder, { recursive: true, force: true })
    })

    it("takes the same snapshot before and after the network has changed", async () => {
      expect(await readFile(join(stage.program, "snapshot.json"), "utf8")).to.equal(snapshotBefore)
    })

    it("pays out the automatic tranche to the last unit", () => {
      expect(allocation.entries.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(POOL)
    })

    it("has the root that OpenZeppelin's library builds", async () => {
      const rows = allocation.entries.map(({ account, amount }, index) => [index, account, amount])
      const tree = StandardMerkleTree.of(rows, ["uint256", "address", "uint256"], { sortLeaves: false })
      expect((await readManifest(join(stage.program, "proofs"))).root).to.equal(tree.root)
    })

    it("writes the same bytes when any stage is run again", async () => {
      const first = await hashes(stage.program)
      await verb("snapshot", stage.program, "--rpc", stage.url)
      await verb("allocate", stage.program)
      await verb("build", stage.program)
      expect(await hashes(stage.program)).to.deep.equal(first)
    })

    it("publishes only proofs that the deployed contract accepts, and pays exactly those amounts", async () => {
      const { json } = await verb("propose", stage.program, "deploy", "--batch", "--rpc", stage.url)
      await executeProposal(stage, json)
      await verb("verify", stage.program, "--rpc", stage.url)
      const { address } = await requireDeployment(stage.program)
      const airdrop = await merkleAirdropAt(address, stage.payer)
      const proofs = join(stage.program, "proofs")
      const manifest = await readManifest(proofs)
      let accepted = 0n
      for (const { account, amount } of allocation.entries) {
        const answer = await readPublishedClaim(proofs, manifest, account)
        invariant("claim" in answer, `${account} has a published claim`)
        const { claim } = answer
        expect(claim.amount).to.equal(amount)
        await airdrop.claim.staticCall(claim.index, account, claim.amount, [...claim.proof])
        accepted += claim.amount
      }
      expect(accepted).to.equal(POOL)
    })

    it("says why there is nothing for an address that it does not know", async () => {
      const stranger = toChecksum("0x000000000000000000000000000000000000dead")
      const { lines } = await verb("explain", stage.program, stranger)
      expect(lines.join("\n")).to.include("is not in recipients.csv")
      const claim = verb(
        "claim",
        stage.program,
        stranger,
        "--rpc",
        stage.url,
        "--account",
        stage.payer.address,
      )
      const refusal: unknown = await claim.catch((error: unknown) => error)
      expect(refusal).to.be.an("error").with.property("message").that.includes(stranger)
    })
  })
}

/** Runs a verb and keeps what it says. */
async function verb(name: string, ...args: readonly string[]): Promise<CapturedRun> {
  return await captureVerb(name, args)
}

/** Returns the hash of every file of a folder, by its path. */
async function hashes(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    found.set(
      path,
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    )
  }
  return found
}
