import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

const FORMAT = /merkle-airdrop\/[a-z-]+@\d+/g

describe("docs/formats.md", () => {
  it("describes every format in use, and no other", async () => {
    const scripts = join(PROJECT_ROOT, "scripts")
    const files = (await readdir(scripts, { recursive: true })).filter((file) => file.endsWith(".ts"))
    const used = new Set<string>()
    for (const file of files) {
      for (const [format] of (await readFile(join(scripts, file), "utf8")).matchAll(FORMAT)) used.add(format)
    }
    const page = await readFile(join(PROJECT_ROOT, "docs", "formats.md"), "utf8")
    const described = new Set([...page.matchAll(FORMAT)].map(([format]) => format))
    expect([...described].sort()).to.deep.equal([...used].sort())
  })
})
