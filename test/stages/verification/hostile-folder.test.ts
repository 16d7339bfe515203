/** Published folders made to hang a verifier or to lead it elsewhere: both name the file and open nothing. */
import { execFileSync } from "node:child_process"
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { expect } from "chai"
import * as verifyVerb from "../../../scripts/commands/verify.ts"
import { publish } from "../../../scripts/stages/publication/publish.ts"
import { ascendingList, writeAmountsProgram } from "../../support/amounts-program.ts"
import { allocateAndBuild, madeUpPublication } from "../../support/published.ts"
import { type PythonVerifier, startPythonVerifier } from "../../support/python-verifier.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"

/** Does something to a published folder; returns the path that has to be named. */
type Trap = (folder: string) => Promise<string>

const SHARD = join("shards", "7.json")

function fifo(path: string): Trap {
  return async (folder) => {
    await rm(join(folder, path), { force: true })
    execFileSync("mkfifo", [join(folder, path)])
    return path
  }
}

function link(path: string, target: string): Trap {
  return async (folder) => {
    await rm(join(folder, path), { recursive: true, force: true })
    await symlink(target, join(folder, path))
    return path
  }
}

function named(path: string, name: string): Trap {
  return async (folder) => {
    const file = join(folder, path)
    const text = await readFile(file, "utf8")
    await writeFile(file, text.replace(/shards\/7\.json|"tree\.json"/, name))
    return path
  }
}

function sparse(path: string, bytes: number): Trap {
  return async (folder) => {
    await truncate(join(folder, path), bytes)
    return path
  }
}

const TRAPS: Readonly<Record<string, Trap>> = {
  "a manifest that is a FIFO": fifo("manifest.json"),
  "a list that is a FIFO": fifo("allocations.csv"),
  "a shard that is a FIFO": fifo(SHARD),
  "a FIFO that nothing names": fifo("more"),
  "a manifest that is a link": link("manifest.json", "/dev/zero"),
  "a shard that is a link to an endless device": link(SHARD, "/dev/zero"),
  "a shard that is a link to a file of the system": link(SHARD, "/etc/passwd"),
  "a link that leads nowhere": link(SHARD, "/nowhere"),
  "a link to itself": link(SHARD, "7.json"),
  "a folder of claims that is a link out of the folder": link("claims", "/tmp"),
  "a folder of claims that is a link to its own parent": link("claims", "."),
  "a reserve that is a link to the folder itself": link("reserve", "."),
  "a reserve that is a FIFO": fifo("reserve"),
  "a socket": async (folder) => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(folder, "s"), resolve))
    // Closing would remove it: renamed, the socket stays as a file.
    await rename(join(folder, "s"), join(folder, "socket"))
    await new Promise((resolve) => server.close(resolve))
    return "socket"
  },
  "a folder within a folder of a name that has a line's end": async (folder) => {
    await mkdir(join(folder, "claims", "a\nb"), { recursive: true })
    return join("claims", "a\nb")
  },
  "a file whose name speaks to the terminal": async (folder) => {
    await writeFile(join(folder, "a\u001b[2J\u202eb"), "")
    return "a\u001b[2J\u202eb"
  },
  "claims that are a file": async (folder) => {
    await rm(join(folder, "claims"), { recursive: true, force: true })
    await writeFile(join(folder, "claims"), "")
    return "claims"
  },
  "folders nested a hundred deep": async (folder) => {
    await mkdir(join(folder, "claims", ...Array.from({ length: 100 }, () => "x")), { recursive: true })
    return join("claims", "x")
  },
  "an empty folder": async (folder) => {
    await mkdir(join(folder, "empty"))
    return "empty"
  },
  "a manifest that is a folder": async (folder) => {
    await rm(join(folder, "manifest.json"))
    await mkdir(join(folder, "manifest.json"))
    return "manifest.json"
  },
  "a name in files.csv that leaves the folder": named("files.csv", "../../../../etc/passwd"),
  "an absolute name in files.csv": named("files.csv", "/dev/zero"),
  "a name in the manifest that leaves the folder": named("manifest.json", '"../../etc/passwd"'),
  "a manifest of a tebibyte": sparse("manifest.json", 2 ** 40),
  "a list of a tebibyte": sparse("allocations.csv", 2 ** 40),
  "a shard of a tebibyte": sparse(SHARD, 2 ** 40),
  "a tree of a tebibyte": sparse("tree.json", 2 ** 40),
}

/** Longer than this is a hang, also on a busy machine. Milliseconds. */
const HANGS = 30_000

describe("A hostile published folder", function () {
  this.timeout(2 * HANGS)
  let python: PythonVerifier
  let parent: string
  let sound: string
  before(async () => {
    python = startPythonVerifier()
    parent = await mkdtemp(join(tmpdir(), "airdrop-hostile-"))
    sound = join(parent, "list")
    await writeAmountsProgram(sound, { csv: ascendingList(12), pool: "78" })
    await allocateAndBuild(sound)
  })
  after(async () => {
    python.close()
    await rm(parent, { recursive: true, force: true })
  })

  async function ours(folder: string, published: string): Promise<readonly string[]> {
    const { json, status, error } = await runVerb(verifyVerb, [folder, "--json"])
    expect(status, String(error)).to.equal(1)
    const { stages } = json as {
      stages: readonly { readonly findings: readonly { readonly file: string }[] }[]
    }
    return stages.flatMap(({ findings }) => findings.map(({ file }) => pathIn(published, file)))
  }

  async function theirs(folder: string | undefined, published: string): Promise<readonly string[]> {
    const asked = folder === undefined ? { proofs: published } : { program: folder, proofs: published }
    return (await python.verify(asked)).findings.map(({ file }) => pathIn(published, file))
  }

  for (const [name, trap] of Object.entries(TRAPS)) {
    it(`with ${name} is refused by name, alone and with its program`, async () => {
      await inScratch(async (scratch) => {
        const alone = join(scratch, "alone")
        await publish(alone, await madeUpPublication(40))
        const path = await trap(alone)
        expect(await ours(alone, alone)).to.include(path)
        expect(await theirs(undefined, alone)).to.include(path)
        const program = join(scratch, "program")
        await cp(sound, program, { recursive: true })
        const published = join(program, "proofs")
        expect(await trap(published)).to.equal(path)
        expect(await ours(program, published)).to.include(path)
        expect(await theirs(program, published)).to.include(path)
      })
    })
  }

  it("with a name that is not UTF-8 is refused by both", async () => {
    await inScratch(async (scratch) => {
      await publish(scratch, await madeUpPublication(40))
      await writeFile(Buffer.concat([Buffer.from(`${scratch}/`), Buffer.from([0xff, 0xfe])]), "")
      const [found] = await ours(scratch, scratch)
      expect(found).to.equal("\ufffd\ufffd")
      expect((await theirs(undefined, scratch)).length).to.equal(1)
    })
  })
})

function pathIn(folder: string, file: string): string {
  return relative(folder, join(file.startsWith("/") ? "" : process.cwd(), file))
}
