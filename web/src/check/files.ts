import type { Allocation } from "../../../scripts/core/allocation/allocation.ts"
import { derivationsOf } from "../../../scripts/core/allocation/derivations.ts"
import type { LoadedInputs } from "../../../scripts/core/allocation/read-inputs.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import type { FileRecord, Manifest } from "../../../scripts/core/publication/manifest.ts"
import { creationCodeHash } from "./address.ts"
import { comparePublication } from "./compare.ts"
import type { CheckContext } from "./lines.ts"
import type { ListTree } from "./list.ts"

/** The inputs and results from which the published files follow. */
interface Computed extends ListTree {
  readonly inputs: LoadedInputs
  readonly allocation: Allocation
  readonly manifest: Manifest
  readonly records: ReadonlyMap<string, FileRecord>
}

/** Makes every published file again, proofs included, and compares it to the byte. */
export async function checkFiles(context: CheckContext, computed: Computed): Promise<void> {
  const { inputs, allocation, manifest, records, list, tree } = computed
  const { program } = inputs
  const findings = createFindings()
  const names = [...Object.keys(inputs.hashes), "allocation.csv", "allocation.json"]
  const count = await comparePublication(context, "files", "", findings, {
    origin: {
      program: program.name,
      tranche: "automatic",
      chainId: program.chainId,
      contract: context.config.contract,
      token: program.token,
    },
    draft: program.unconfirmed.length > 0,
    creationCode: creationCodeHash(),
    list,
    tree,
    derivations: derivationsOf(allocation),
    inputs: new Map(names.map((name) => [name, records.get(name) ?? { sha256: "", size: 0 }])),
    claims: manifest.claimFiles,
  })
  const all = findings.all()
  context.end({ name: "files", verdict: all.length === 0 ? "good" : "bad", count, findings: all })
}
