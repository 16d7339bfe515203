import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { expect } from "chai"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { writeAtomic, writeFileAtomic } from "../../../scripts/io/disk/atomic-write.ts"
import { replaceFolder } from "../../../scripts/io/disk/replace-folder.ts"
import { writeChunksAtomic } from "../../../scripts/io/disk/write-chunks.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { ascendingList, writeAmountsProgram } from "../../support/amounts-program.ts"
import { runCli } from "../../support/run-cli.ts"
import { inScratch } from "../../support/scratch.ts"

async function errorOf(work: Promise<unknown>): Promise<AirdropError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AirdropError)) throw new Error(`not refused: ${String(error)}`)
  return error
}

/** Starts a process that writes half of a file or folder, and ends it by a signal. Returns the signal it ended by. */
async function interrupted(path: string, kind: string, signal: NodeJS.Signals): Promise<unknown> {
  const script = join(PROJECT_ROOT, "test", "support", "write-slowly.ts")
  const child = spawn(process.execPath, [script, path, kind], { stdio: ["ignore", "pipe", "inherit"] })
  await once(child.stdout, "data")
  child.kill(signal)
  const [, by] = (await once(child, "close")) as [unknown, unknown]
  return by
}

/** Runs the command line where no file may grow beyond a number of 512-byte blocks, as a full disk or a quota does. */
async function runLimited(
  blocks: number,
  args: readonly string[],
): Promise<{ status: unknown; text: string }> {
  const cli = join(PROJECT_ROOT, "scripts", "cli.ts")
  const script = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`
  const child = spawn("sh", ["-c", script, process.execPath, cli, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
  })
  let text = ""
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()))
  const [status] = (await once(child, "close")) as [unknown]
  return { status, text }
}

describe("Writing a file completely or not at all", function () {
  this.timeout(120_000)

  it("leaves the old file and no temporary when the content fails", async () => {
    await inScratch(async (scratch) => {
      const path = join(scratch, "a.json")
      await writeFileAtomic(path, "old")
      const failing = writeAtomic(path, async (file) => {
        await file.writeFile("half")
        throw new Error("no more")
      })
      expect(await failing.then(String, String)).to.equal("Error: no more")
      expect(await readFile(path, "utf8")).to.equal("old")
      expect(await readdir(scratch)).to.deep.equal(["a.json"])
    })
  })

  it("returns the hash of the bytes on disk", async () => {
    await inScratch(async (scratch) => {
      const path = join(scratch, "deep", "er", "a.csv")
      const hash = await writeChunksAtomic(path, ["a,b\n", "1,2\n"])
      expect(await readFile(path, "utf8")).to.equal("a,b\n1,2\n")
      expect(hash).to.equal("492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470")
    })
  })

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`leaves nothing behind on ${signal}, and ends by it`, async () => {
      await inScratch(async (scratch) => {
        expect(await interrupted(join(scratch, "a.json"), "file", signal)).to.equal(signal)
        expect(await interrupted(join(scratch, "folder"), "folder", signal)).to.equal(signal)
        expect(await readdir(scratch)).to.deep.equal([])
      })
    })
  }

  it("removes what a killed run has left, and nothing else", async () => {
    await inScratch(async (scratch) => {
      const [path, folder] = [join(scratch, "a.json"), join(scratch, "folder")]
      await interrupted(path, "file", "SIGKILL")
      await interrupted(folder, "folder", "SIGKILL")
      const left = await readdir(scratch)
      expect(left).to.have.length(2)
      expect(left.every((name) => name.startsWith("."))).to.equal(true)
      const others = [".a.json.00000000-1-00000000.tmp", "a.json.tmp", ".b.json.tmp"]
      for (const name of others) await writeFile(join(scratch, name), "")
      await writeFileAtomic(path, "new")
      await replaceFolder(folder, async (fresh) => {
        await writeFile(join(fresh, "x"), "")
      })
      expect((await readdir(scratch)).sort()).to.deep.equal([...others, "a.json", "folder"].sort())
    })
  })

  it("leaves the temporaries of a run that is still going", async () => {
    await inScratch(async (scratch) => {
      const path = join(scratch, "a.json")
      const script = join(PROJECT_ROOT, "test", "support", "write-slowly.ts")
      const child = spawn(process.execPath, [script, path], { stdio: ["ignore", "pipe", "inherit"] })
      await once(child.stdout, "data")
      await writeFileAtomic(path, "new")
      expect(await readdir(scratch)).to.have.length(2)
      child.kill("SIGKILL")
      await once(child, "close")
    })
  })

  it("refuses to replace a folder, a FIFO, a socket and a device", async () => {
    await inScratch(async (scratch) => {
      const [fifo, socket, folder] = [join(scratch, "fifo"), join(scratch, "socket"), join(scratch, "folder")]
      await once(spawn("mkfifo", [fifo]), "close")
      await mkdir(folder)
      const server = createServer().listen(socket)
      await once(server, "listening")
      for (const path of [fifo, socket, folder, "/dev/null"]) {
        const error = await errorOf(writeFileAtomic(path, "x"))
        expect([error.code, error.exit], path).to.deep.equal(["file-exists", 2])
        expect(error.message).to.contain(path.split("/").at(-1))
      }
      server.close()
    })
  })

  it("names the file that the disk has no room for, and exits 1 with the earlier files as they were", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "p")
      await writeAmountsProgram(folder, { csv: ascendingList(400), pool: "1000000" })
      for (const verb of ["allocate", "build"]) expect((await runCli([verb, folder])).status).to.equal(0)
      const before = await readdir(folder, { recursive: true })
      const tree = await readFile(join(folder, "proofs", "tree.json"))
      const build = await runLimited(24, ["build", folder])
      expect(build.text).to.match(/^airdrop: \S*proofs cannot be written: file too large\n {2}Make room/)
      expect(build.status).to.equal(1)
      const allocate = await runLimited(24, ["allocate", folder])
      expect(allocate.text).to.match(/^airdrop: \S*allocation\.csv cannot be written: file too large\n/)
      expect(allocate.status).to.equal(1)
      expect(await readFile(join(folder, "proofs", "tree.json"))).to.deep.equal(tree)
      expect((await readdir(folder, { recursive: true })).sort()).to.deep.equal(before.sort())
    })
  })
})
