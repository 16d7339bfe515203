import { expect } from "chai"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { PICTURES } from "../../scripts/dev/rigs/screenshots.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

describe("docs/pictures", () => {
  it("has pictures that documents show with words for those who do not see them, and no others", async () => {
    const docs = (await readdir(join(PROJECT_ROOT, "docs"))).filter((name) => name.endsWith(".md"))
    const texts = await Promise.all(
      ["README.md", ...docs.map((name) => join("docs", name))].map(
        async (path) => await readFile(join(PROJECT_ROOT, path), "utf8"),
      ),
    )
    const shown = texts.flatMap((text) =>
      [...text.matchAll(/!\[([^\]]{20,})\]\((?:docs\/)?pictures\/([a-z-]+\.png)\)/g)].map(
        ([, , name]) => name,
      ),
    )
    expect([...new Set(shown)].sort()).to.deep.equal((await readdir(PICTURES)).sort())
  })

  it("are PNGs as wide as a page, and small enough for a clone", async () => {
    for (const name of await readdir(PICTURES)) {
      const bytes = await readFile(join(PICTURES, name))
      expect(bytes.subarray(1, 4).toString("latin1"), name).to.equal("PNG")
      expect(bytes.readUInt32BE(16), name).to.be.within(600, 1000)
      expect(bytes.length, name).to.be.lessThan(300_000)
    }
  })
})
