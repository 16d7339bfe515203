import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

type Dependencies = Readonly<Record<string, string>>

describe("docs/dependencies.md", () => {
  it("has a line for every dependency, and none for removed ones", async () => {
    const manifest = JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8")) as {
      dependencies: Dependencies
      devDependencies: Dependencies
      optionalDependencies?: Dependencies
    }
    const page = await readFile(join(PROJECT_ROOT, "docs", "dependencies.md"), "utf8")
    const named = [...page.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name)
    const declared = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies ?? {}]
    expect(named.toSorted()).to.deep.equal(declared.flatMap((group) => Object.keys(group)).sort())
  })
})
