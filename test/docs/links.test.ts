import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { expect } from "chai"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

/** Links to files of the repository, without their anchors. */
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g

describe("the documents' links", () => {
  it("lead to files that are there", async () => {
    const top = (await readdir(PROJECT_ROOT)).filter((name) => name.endsWith(".md"))
    const docs = (await readdir(join(PROJECT_ROOT, "docs"))).filter((name) => name.endsWith(".md"))
    const broken: string[] = []
    for (const file of [...top, ...docs.map((name) => join("docs", name))]) {
      const text = await readFile(join(PROJECT_ROOT, file), "utf8")
      for (const [, target = ""] of text.matchAll(LINK)) {
        if (!existsSync(join(PROJECT_ROOT, dirname(file), target))) broken.push(`${file}: ${target}`)
      }
    }
    expect(broken).to.deep.equal([])
  })
})
