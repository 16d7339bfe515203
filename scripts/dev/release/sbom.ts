import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { PROJECT_ROOT, runNode } from "../../io/project/processes.ts"

/** Packages for development whose code is part of the claim page's scripts, and so of the npm package. */
const IN_PAGE = ["@noble/hashes", "preact", "uqr"]

const manifestShape = z.object({ name: z.string(), dependencies: z.record(z.string(), z.string()) })

const component = z.object({
  "bom-ref": z.string(),
  type: z.literal("library"),
  name: z.string(),
  version: z.string(),
  description: z.string().optional(),
  purl: z.string(),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
  licenses: z.array(z.unknown()).optional(),
})

/** The fields of CycloneDX that are kept. The others have a time, a random number or the name of a folder. */
const billShape = z.object({
  $schema: z.string(),
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string(),
  version: z.number(),
  metadata: z.object({ component }),
  components: z.array(component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
})

/**
 * Returns the bill of materials of the npm package as CycloneDX JSON: every package of the lockfile that an installation
 * may have on any platform, and those whose code is in the page's scripts. The same lockfile gives the same bytes.
 *
 * `npm sbom --omit=dev` leaves out packages that development needs too, such as ethers. So this asks for all packages and
 * keeps those that the package reaches.
 */
export async function billOfMaterials(): Promise<string> {
  const manifest = manifestShape.parse(JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8")))
  const bill = billShape.parse(JSON.parse(await npmBill()))
  const root = bill.metadata.component["bom-ref"]
  const direct = new Set([...Object.keys(manifest.dependencies), ...IN_PAGE])
  const directRefs = new Set(
    bill.components.filter(({ name }) => direct.has(name)).map((one) => one["bom-ref"]),
  )
  const dependencies = bill.dependencies.map(({ ref, dependsOn }) => ({
    ref,
    dependsOn: ref === root ? dependsOn.filter((on) => directRefs.has(on)) : dependsOn,
  }))
  const edges = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  const reached = new Set([root])
  for (const ref of reached) for (const on of edges.get(ref) ?? []) reached.add(on)
  const shipped = {
    ...bill,
    metadata: { component: { ...bill.metadata.component, name: manifest.name } },
    components: bill.components.filter((one) => reached.has(one["bom-ref"])),
    dependencies: dependencies.filter(({ ref }) => reached.has(ref)),
  }
  return `${JSON.stringify(shipped, undefined, 2)}\n`
}

/** Runs `npm sbom` over the lockfile, with the npm that runs this. */
async function npmBill(): Promise<string> {
  const npm = process.env["npm_execpath"]
  if (npm === undefined) throw new Error("npm runs this; use npm pack")
  const all = ["--include=dev", "--include=optional", "--include=peer"] // whatever npm's own settings omit
  const args = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--loglevel=error", ...all]
  const { status, text } = await runNode([npm, ...args])
  if (status !== 0) throw new Error(`npm sbom fails:\n${text}`)
  return text
}
