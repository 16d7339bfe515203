/** Measures one publication in a process of its own: `measure.ts LEAVES FOLDER claims|shards` prints JSON. */
import { rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { parseAddress, type Address } from "../../scripts/core/primitives/address.ts"
import { NO_DERIVATIONS } from "../../scripts/core/allocation/derivations.ts"
import { setRow } from "../../scripts/core/merkle/leaf-list.ts"
import { writeCar } from "../../scripts/stages/publication/car.ts"
import { checkPublished } from "../../scripts/stages/publication/check-published.ts"
import { countFiles, type Publication } from "../../scripts/core/publication/published-files.ts"
import { publish } from "../../scripts/stages/publication/publish.ts"
import { buildTreeOn, createSharedList } from "../../scripts/stages/publication/tree-threads.ts"
import { rowOf } from "../tree/rows.ts"

export interface PublicationFigures {
  readonly leaves: number
  readonly files: number
  /** Tree and all files, from the list in memory. */
  readonly publishSeconds: number
  /** The same as an archive, with no folder. */
  readonly carSeconds: number
  readonly carMB: number
  /** The time to check every published proof and hash against the root, from the folder alone. */
  readonly verifySeconds: number
  readonly proven: number
  readonly rssMB: number
}

const [leavesText = "", folder = "", layout = ""] = process.argv.slice(2)
const leaves = Number(leavesText)
const token: Address = parseAddress("0x10ea9e5303670331bdddfa66a4cea47dae4fcf3b")
const list = createSharedList("automatic", leaves)
for (let i = 0; i < leaves; i++) {
  const { account, amount } = rowOf(i, leaves)
  setRow(list, i, account, amount)
}
const published = join(folder, layout)
const car = join(folder, `${layout}.car`)
const start = performance.now()
const publication: Publication = {
  origin: {
    program: "bench",
    tranche: "automatic",
    chainId: 42161,
    contract: token,
    token: { address: token, symbol: "SESH", decimals: 9 },
  },
  draft: false,
  list,
  tree: await buildTreeOn(list),
  derivations: NO_DERIVATIONS,
  inputs: new Map(),
  claims: layout === "claims",
}
await publish(published, publication)
const written = performance.now()
await writeCar(car, publication)
const packed = performance.now()
const { findings, proven } = await checkPublished(published)
const verified = performance.now()
if (findings.length > 0) throw new Error(`what was published does not verify: ${JSON.stringify(findings[0])}`)
const figures: PublicationFigures = {
  leaves,
  files: countFiles(publication),
  publishSeconds: (written - start) / 1000,
  carSeconds: (packed - written) / 1000,
  carMB: statSync(car).size / 2 ** 20,
  verifySeconds: (verified - packed) / 1000,
  proven,
  rssMB: process.resourceUsage().maxRSS / 1024,
}
rmSync(published, { recursive: true })
rmSync(car)
process.stdout.write(JSON.stringify(figures))
