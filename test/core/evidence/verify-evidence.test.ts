import { expect } from "chai"
import { join } from "node:path"
import {
  SnapshotMismatch,
  verifySnapshotEvidence,
  type Evidence,
} from "../../../scripts/core/evidence/verify-evidence.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { readEvidence } from "../../../scripts/stages/snapshot/evidence-file.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { networkIn, withNetwork } from "../../support/staking-section.ts"

const SAMPLE = join(PROJECT_ROOT, "programs", "sample")

describe("verifySnapshotEvidence", () => {
  let snapshot: Snapshot
  let evidence: Evidence
  before(async () => {
    snapshot = await readSnapshot(join(SAMPLE, "snapshot.json"))
    evidence = await readEvidence(join(SAMPLE, "snapshot.proof"))
  })

  const errorOf = async (one: Snapshot, other: Evidence): Promise<unknown> =>
    await verifySnapshotEvidence(one, other).then(
      () => undefined,
      (error: unknown) => error,
    )

  it("accepts the sample and counts what it proved", async () => {
    const report = await verifySnapshotEvidence(snapshot, evidence)
    expect(report.sections).to.deep.equal([`${networkIn(snapshot).nodes.length} nodes`])
    expect(report.accounts).to.equal(snapshot.accounts.size)
  })

  it("disproves a stake that was changed by one base unit", async () => {
    const [first, ...rest] = networkIn(snapshot).nodes
    if (first === undefined) throw new Error("the sample has nodes")
    const contributors = first.contributors.map((one, i) =>
      i === 0 ? { ...one, stake: one.stake + 1n } : one,
    )
    const error = await errorOf(
      withNetwork(snapshot, { nodes: [{ ...first, contributors }, ...rest] }),
      evidence,
    )
    expect(error).to.be.instanceOf(SnapshotMismatch)
  })

  it("disproves a list that leaves a node out", async () => {
    expect(
      await errorOf(withNetwork(snapshot, { nodes: networkIn(snapshot).nodes.slice(1) }), evidence),
    ).to.be.instanceOf(SnapshotMismatch)
  })

  it("finds fault with evidence that lacks any one trie node", async () => {
    const { nodes } = evidence
    for (const at of [0, Math.floor(nodes.length / 2), nodes.length - 1]) {
      const error = await errorOf(snapshot, { ...evidence, nodes: nodes.filter((_, i) => i !== at) })
      expect(error, `without node ${at}`).to.be.instanceOf(AirdropError)
      expect(error, `without node ${at}`).not.to.be.instanceOf(SnapshotMismatch)
    }
  })
})
