import { expect } from "chai"
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { serveEmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { readNetworkFile } from "../../scripts/dev/embedded/network-file.ts"
import { readEvidence } from "../../scripts/stages/snapshot/evidence-file.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { captureVerb } from "../../scripts/cli/verbs.ts"

const PROGRAM = join(PROJECT_ROOT, "programs", "sample")
const PUBLISHED = join(PROJECT_ROOT, "proofs", "sample")
/** The files written by hand. All others in the folders are computed. */
const WRITTEN = ["program.json", "recipients.csv", "network.json"]
const EVIDENCE = "snapshot.proof"
const COMPUTED = ["snapshot.json", EVIDENCE, "allocation.csv", "allocation.json"]

describe("The sample program that the project holds", function () {
  this.timeout(60_000)

  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-sample-"))
    for (const name of WRITTEN) await cp(join(PROGRAM, name), join(folder, name))
    const network = await readNetworkFile(join(PROGRAM, "network.json"))
    const chain = await serveEmbeddedChain({ network })
    try {
      await captureVerb("snapshot", [folder, "--rpc", chain.url, "--prove"])
    } finally {
      await chain.close()
    }
    await captureVerb("allocate", [folder])
    await captureVerb("build", [folder])
    if (process.env["AIRDROP_UPDATE"] === "1") await replaceCommitted(folder)
  })

  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it("is reproduced from its network byte for byte: snapshot and allocation", async () => {
    for (const name of COMPUTED.filter((file) => file !== EVIDENCE)) {
      expect(await readFile(join(folder, name)), name).to.deep.equal(await readFile(join(PROGRAM, name)))
    }
  })

  it("has the same evidence, however the Node at hand compresses it", async () => {
    const evidence = await readEvidence(join(folder, EVIDENCE))
    expect(evidence).to.deep.equal(await readEvidence(join(PROGRAM, EVIDENCE)))
  })

  it("is reproduced from its network byte for byte: every published file, and no other", async () => {
    const published = await filesOf(PUBLISHED)
    expect([...(await filesOf(join(folder, "proofs"))).keys()]).to.deep.equal([...published.keys()])
    for (const [name, bytes] of await filesOf(join(folder, "proofs"))) {
      expect(bytes, name).to.deep.equal(published.get(name))
    }
  })
})

/**
 * Replaces the committed sample after an intended change: `AIRDROP_UPDATE=1 ./airdrop test test/e2e/sample.test.ts`.
 */
async function replaceCommitted(folder: string): Promise<void> {
  for (const name of COMPUTED) await cp(join(folder, name), join(PROGRAM, name))
  await rm(PUBLISHED, { recursive: true, force: true })
  await cp(join(folder, "proofs"), PUBLISHED, { recursive: true })
}

/** Reads every file below a folder, by its path, in the order of the paths. */
async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = paths.sort().map(async (path) => [relative(folder, path), await readFile(path)] as const)
  return new Map(await Promise.all(read))
}
