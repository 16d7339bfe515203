import { expect } from "chai"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as status from "../../../scripts/commands/status.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { proofsFolder } from "../../../scripts/io/project/folders.ts"
import {
  cacheIn,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { folderCid } from "../../../scripts/stages/publication/folder-cid.ts"
import { publishReserve } from "../../support/publish-reserve.ts"
import { runVerb } from "../../support/run-verb.ts"

const FOREIGN = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"

describe("status judges where proofs were announced", function () {
  this.timeout(120_000)
  let parent: string
  let stage: DeployedProgram

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-announced-"))
    stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(3), reserve: 20_000_000_000n })
  })
  after(async () => {
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const submit = async (root: string, uri: string): Promise<void> => {
    await (await stage.airdrop.connect(stage.owner).submitReserveRoot(root, uri)).wait()
  }
  const alarms = async (): Promise<readonly string[]> => {
    const args = [stage.folder, "--rpc", stage.url, "--cache", cacheIn(parent), "--fresh", "--json"]
    return ((await runVerb(status, args)).json as { alarms: readonly string[] }).alarms
  }

  it("also for the earlier roots of the ledger, whose files are no longer there", async () => {
    const reserve = join(proofsFolder(stage.folder), "reserve")
    const grant = (digits: string): [string, bigint] => [toChecksum(`0x${digits.repeat(20)}`), 1_000n]
    const first = await publishReserve(stage.folder, [grant("c4")])
    const own = `ipfs://${await folderCid(reserve, [])}`
    await submit(first, own)
    const second = await publishReserve(stage.folder, [grant("c5")])
    expect(second).to.not.equal(first)
    await submit(second, `ipfs://${await folderCid(reserve, [])}`)
    expect(await alarms(), "both are the program's own").to.deep.equal([])
    await submit(first, FOREIGN)
    const found = await alarms()
    expect(found).to.have.length(1)
    expect(found[0]).to.include(`at ${FOREIGN}; the published files are ${own}`)
  })
})
