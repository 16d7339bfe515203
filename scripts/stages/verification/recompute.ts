/** Computes a program anew from its inputs and compares what it has and what it published, stage by stage. */
import { plural } from "../../core/primitives/plural.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { lstatSync } from "node:fs"
import { join } from "node:path"
import { type Address, toChecksum } from "../../core/primitives/address.ts"
import { deploymentPath, readDeployment } from "../deployment/deployment-file.ts"
import { airdropAddresses, creationCodeHash } from "../deployment/expected-address.ts"
import { allocate } from "../../core/allocation/allocate.ts"
import { allocationCsv, allocationJson, unpaidCsv } from "../../core/allocation/allocation-json.ts"
import type { Allocation, UnpaidReport } from "../../core/allocation/allocation.ts"
import { unpaidCollector } from "../../core/allocation/unpaid-reports.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { comparePublished } from "../publication/compare-published.ts"
import { compareText } from "../publication/compare-text.ts"
import { createFindings, type Finding } from "../../core/files/findings.ts"
import type { LoadedInputs } from "../../core/allocation/read-inputs.ts"
import { reportText } from "../allocation/report-file.ts"
import { loadInputs } from "../allocation/load-inputs.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { publicationOf } from "../publication/make-publication.ts"
import { type Publication, USUAL_CLAIMS } from "../../core/publication/published-files.ts"
import type { Progress } from "../publication/publish.ts"
import { statementsStage } from "./verify-statements.ts"
import { readManifest } from "../publication/read-publication.ts"
import { recordOf } from "../../io/disk/hash.ts"

/** One thing that was computed anew, and how it compares. */
export interface RecomputedStage {
  readonly name: string
  readonly summary: string
  readonly notes?: readonly string[]
  readonly findings: readonly Finding[]
}

export interface Recomputed {
  readonly stages: readonly RecomputedStage[]
  /** The expected publication; undefined if the inputs do not suffice to compute it. */
  readonly publication: Publication | undefined
  /** The inputs; undefined if they cannot be read or allocated. */
  readonly inputs: LoadedInputs | undefined
}

/** Reads the inputs, allocates, builds the tree, and compares allocation and published folder with the outcome. */
export async function recompute(
  loaded: LoadedProgram,
  folder: string,
  progress: Progress,
): Promise<Recomputed> {
  const inputs = createFindings()
  const read = await inputs.trying(shownPath(loaded.folder), () => loadInputs(loaded))
  const unpaid = unpaidCollector()
  const allocation =
    read && (await inputs.trying(shownPath(loaded.folder), () => allocate(read, { onUnpaid: unpaid.add })))
  if (read === undefined || allocation === undefined) {
    return {
      stages: [{ name: "inputs", summary: "cannot be read or allocated", findings: inputs.all() }],
      publication: undefined,
      inputs: undefined,
    }
  }
  const first: RecomputedStage = {
    name: "inputs",
    summary: Object.keys(read.hashes).join(", "),
    findings: [],
  }
  const second = await allocationStage(loaded.folder, allocation, unpaid.reports, read)
  const [third, publication] = await publicationStage(loaded, folder, allocation, read, progress)
  const statements = statementsStage(read)
  const stages = [first, ...(statements === undefined ? [] : [statements]), second, third]
  return { stages, publication, inputs: read }
}

/** The files of `allocate` that no other file follows from: they may be missing, but not differ. */
const REPORTS: ReadonlySet<string> = new Set(["unpaid.csv", "report.html"])

/** Compares the files of `allocate` with what the inputs give. */
async function allocationStage(
  folder: string,
  allocation: Allocation,
  unpaid: Iterable<UnpaidReport>,
  inputs: LoadedInputs,
): Promise<RecomputedStage> {
  const findings = createFindings()
  const csv = Array.from(allocationCsv(allocation)).join("")
  const json = allocationJson(allocation, { inputs: inputs.hashes, entries: recordOf(csv).sha256 })
  const texts: readonly (readonly [name: string, pieces: () => Iterable<string>])[] = [
    ["allocation.csv", () => [csv]],
    ["allocation.json", () => json],
    ["unpaid.csv", () => unpaidCsv(unpaid)],
    ["report.html", () => [reportText(allocation, inputs)]],
  ]
  const compared: string[] = []
  for (const [name, pieces] of texts) {
    const file = join(folder, name)
    if (REPORTS.has(name) && lstatSync(file, { throwIfNoEntry: false }) === undefined) continue
    compared.push(name)
    await findings.trying(shownPath(file), () => {
      compareText(file, pieces())
    })
  }
  const { token, entries, allocated } = allocation
  const summary = `${plural(entries.length, "payee")}, ${tokenAmount(allocated, token)}; ${compared.join(", ")}`
  return { name: "allocation", summary, findings: findings.all() }
}

/** Compares the published folder with what the inputs give. */
async function publicationStage(
  loaded: LoadedProgram,
  folder: string,
  allocation: Allocation,
  { hashes }: LoadedInputs,
  progress: Progress,
): Promise<readonly [RecomputedStage, Publication | undefined]> {
  const findings = createFindings()
  const where = shownPath(folder)
  const published = await readManifest(folder).catch((error: unknown) => {
    if (error instanceof AirdropError) return undefined // the comparison below says what is wrong with it
    throw error
  })
  const creationCode = await creationCodeHash()
  const record = deploymentPath(loaded.folder)
  const isRead = await findings.trying(shownPath(record), async () => {
    await readDeployment(loaded.folder)
    return true
  })
  if (isRead !== true)
    return [{ name: "proofs", summary: "cannot be computed", findings: findings.all() }, undefined]
  let recorded: Address | undefined
  const publication = await findings.trying(where, () =>
    publicationOf(loaded, allocation, hashes, {
      claims: published?.claimFiles ?? allocation.entries.length <= USUAL_CLAIMS,
      contract: async (root, leafCount) => {
        const possible = await airdropAddresses(loaded, root, leafCount)
        // Published before it was deployed from a key, it names the address of the deterministic deployment.
        const chosen = possible.find((address) => address === published?.contract) ?? possible[0]
        const { owner, sweepTime } = loaded.program.contract
        const isComputed = owner !== undefined && sweepTime !== undefined && chosen === possible.at(-1)
        if (!isComputed) recorded = chosen
        return chosen
      },
      creationCode,
    }),
  )
  if (publication === undefined)
    return [{ name: "proofs", summary: "cannot be computed", findings: findings.all() }, undefined]
  const differing = await comparePublished(folder, publication, progress)
  const root = toHex(publication.tree.root)
  const note =
    recorded === undefined
      ? ""
      : `; contract ${toChecksum(recorded)} as ${shownPath(record)} names it, which only --rpc checks`
  return [
    { name: "proofs", summary: `${where}, root ${root}${note}`, findings: [...findings.all(), ...differing] },
    publication,
  ]
}
