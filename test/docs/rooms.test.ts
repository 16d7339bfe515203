import { expect } from "chai"
import { execFileSync } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

interface Rule {
  readonly FLOORS: readonly string[]
  readonly ROOMS: Readonly<Record<string, readonly string[]>>
}

const MOST_FILES = 25

describe("the rooms of scripts/", () => {
  let rule: Rule
  before(async () => {
    rule = (await import(join(PROJECT_ROOT, ".dependency-cruiser.js"))) as Rule
  })

  it("are those of the rule that `check` enforces", async () => {
    const entries = await readdir(join(PROJECT_ROOT, "scripts"), { withFileTypes: true })
    const floors = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    expect(floors).to.have.members(rule.FLOORS)
    for (const [floor, rooms] of Object.entries(rule.ROOMS)) {
      const found = await readdir(join(PROJECT_ROOT, "scripts", floor))
      expect(found.filter((name) => rooms.includes(name))).to.have.members(rooms)
      expect(found, `files or rooms of ${floor} that the rule does not list`).to.have.members(rooms)
    }
  })

  it("are in docs/developers.md as in the rule, in the same order", async () => {
    const text = await readFile(join(PROJECT_ROOT, "docs", "developers.md"), "utf8")
    const listed = [...text.matchAll(/^- `scripts\/(\w+)\/`: (.*)$/gm)].map(([, floor = "", rooms = ""]) => [
      floor,
      rooms.split(", "),
    ])
    expect(Object.fromEntries(listed)).to.deep.equal(rule.ROOMS)
    const drawn = /^ +(\w+(?: --> \w+)+)$/m.exec(text)?.[1]
    expect(drawn?.split(" --> ")).to.deep.equal(rule.FLOORS.toReversed())
  })

  it("are named floor by floor in the README", async () => {
    const text = await readFile(join(PROJECT_ROOT, "README.md"), "utf8")
    const layout = text.slice(text.indexOf("- [scripts/](scripts)"), text.indexOf("- [programs/]"))
    const named = [...layout.matchAll(/`(\w+)\/`/g)].map(([, name = ""]) => name)
    expect(named).to.have.members(rule.FLOORS)
  })

  it("have tests in the room of the same name, and tests have no other rooms", async () => {
    for (const floor of ["core", "io", "stages"]) {
      const rooms = rule.ROOMS[floor] ?? []
      const found = await readdir(join(PROJECT_ROOT, "test", floor))
      expect(found, floor).to.have.members(rooms)
      for (const room of rooms) {
        const files = await readdir(join(PROJECT_ROOT, "test", floor, room))
        expect(
          files.some((name) => name.endsWith(".test.ts")),
          `test/${floor}/${room} has a test`,
        ).to.equal(true)
      }
    }
  })

  it(`hold at most ${MOST_FILES} files each`, () => {
    const files = execFileSync("git", ["ls-files", "scripts"], { cwd: PROJECT_ROOT, encoding: "utf8" })
    const counts = new Map<string, number>()
    for (const file of files.trimEnd().split("\n")) {
      counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
    }
    const full = [...counts].filter(([, count]) => count > MOST_FILES)
    expect(full).to.deep.equal([])
    expect(counts.size).to.be.above(30)
  })
})
