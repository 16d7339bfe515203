import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { expect } from "chai"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as claim from "../../scripts/commands/claim.ts"
import * as distribute from "../../scripts/commands/distribute.ts"
import * as grants from "../../scripts/commands/grants/grants.ts"
import * as page from "../../scripts/commands/page.ts"
import * as propose from "../../scripts/commands/propose.ts"
import * as recipients from "../../scripts/commands/recipients.ts"
import * as sign from "../../scripts/commands/sign.ts"
import * as snapshot from "../../scripts/commands/snapshot.ts"
import * as status from "../../scripts/commands/status.ts"
import type { VerbModule } from "../../scripts/cli/verbs.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"

const SAMPLE = join(PROJECT_ROOT, "programs", "sample")
/** Nobody answers there: a verb that asks before it looks at its output ends with exit 1. */
const RPC = ["--rpc", "http://127.0.0.1:9"]
const ANN = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
const NOTES = "my own notes"

/** Runs a verb that would write to `path`, with `program` a copy of the sample. */
type Writer = readonly [verb: VerbModule, args: (program: string, path: string) => readonly string[]]

/** Every option that names a file to write. */
const FILES: Readonly<Record<string, Writer>> = {
  "allocate --compare --csv": [allocate, (p, path) => [p, "--compare", join(p, "other.json"), "--csv", path]],
  "build --car": [build, (p, path) => [p, "--car", path]],
  "build --car-only --car": [build, (p, path) => [p, "--car-only", "--car", path]],
  "claim --safe": [claim, (p, path) => [p, ANN, "--safe", path, ...RPC]],
  "grants build --car": [grants, (p, path) => [p, "build", "--car", path]],
  "page --car": [page, (p, path) => [p, "--out", join(p, "page"), "--car", path]],
  "sign --out": [sign, (p, path) => [p, ANN, "--out", path, "--key", "NO_KEY", ...RPC]],
  "status --csv": [status, (p, path) => [p, "--csv", path, ...RPC]],
  "status --html": [status, (p, path) => [p, "--html", path, ...RPC]],
}

/** Every verb that writes files of fixed names, with one of them. */
const NAMED: Readonly<Record<string, Writer>> = {
  "snapshot.json": [snapshot, (p) => [p, ...RPC]],
  "snapshot.proof": [snapshot, (p) => [p, ...RPC, "--prove"]],
  "recipients.csv": [recipients, (p) => [p, "--from", ANN, "--blocks", "1..2", ...RPC]],
  "recipients.detail.csv": [recipients, (p) => [p, "--from", ANN, "--blocks", "1..2", ...RPC]],
  "allocation.json": [allocate, (p) => [p]],
  "report.html": [allocate, (p) => [p]],
  "unclaimed.csv": [status, (p) => [p, "--csv", ...RPC]],
  "status.html": [status, (p) => [p, "--html", ...RPC]],
  "proofs/notes.txt": [build, (p) => [p]],
  "proofs.car": [build, (p) => [p, "--car"]],
  "proofs.reserve.car": [grants, (p) => [p, "build", "--car"]],
  "distribution/distribute-07.json": [distribute, (p) => [p, "--via", "safe", ...RPC]],
  "page/letter.txt": [page, (p) => [p, "--out", join(p, "page")]],
}

async function withSample(work: (program: string) => Promise<void>): Promise<void> {
  await inScratch(async (scratch) => {
    const program = join(scratch, "sample")
    await cp(SAMPLE, program, { recursive: true })
    await cp(join(SAMPLE, "program.json"), join(program, "other.json"))
    await work(program)
  })
}

async function refusalOf([verb, args]: Writer, program: string, path = ""): Promise<string> {
  const { error, status: exit } = await runVerb(verb, args(program, path))
  return `${exit} ${String((error as { code?: unknown } | undefined)?.code ?? error)}`
}

describe("A file that a verb writes", function () {
  this.timeout(300_000)

  for (const [name, writer] of Object.entries(FILES)) {
    it(`is no other file, no file of a program and no empty name: ${name}`, async () => {
      await withSample(async (program) => {
        const [notes, link, folder] = [join(program, "notes"), join(program, "link"), join(program, "folder")]
        await writeFile(notes, NOTES)
        await symlink(join(program, "program.json"), link)
        await mkdir(join(program, "published"))
        await writeFile(join(program, "published", "manifest.json"), "{}")
        await symlink(join(program, "published"), folder)
        const before = await readFile(join(program, "program.json"), "utf8")
        const forced: Writer = [writer[0], (p, path) => [...writer[1](p, path), "--force"]]
        expect(await refusalOf(writer, program, notes)).to.equal("2 file-exists")
        for (const path of [
          join(program, "program.json"),
          link,
          join(folder, "new"),
          join(program, "recipients.csv"),
        ])
          expect(await refusalOf(forced, program, path), path).to.equal("2 file-exists")
        expect(await refusalOf(writer, program, "")).to.match(/^2 (usage|commander\.invalidArgument)/)
        expect(await readFile(notes, "utf8")).to.equal(NOTES)
        expect(await readFile(join(program, "program.json"), "utf8")).to.equal(before)
      })
    })
  }

  for (const [name, writer] of Object.entries(NAMED)) {
    it(`is not a file of others that has the name ${name}, which is seen before any question`, async () => {
      await withSample(async (program) => {
        const path = join(program, name)
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, NOTES)
        const before = (await readdir(program, { recursive: true })).sort()
        expect(await refusalOf(writer, program)).to.equal("2 file-exists")
        expect(await readFile(path, "utf8")).to.equal(NOTES)
        expect((await readdir(program, { recursive: true })).sort()).to.deep.equal(before)
      })
    })
  }

  it("is not within a publication: a page and batches go elsewhere", async () => {
    await withSample(async (program) => {
      const published = join(program, "published")
      await mkdir(published)
      await writeFile(join(published, "manifest.json"), "{}")
      const out = ["--out", join(published, "new")]
      expect(await refusalOf([page, (p) => [p, ...out]], program)).to.equal("2 file-exists")
      expect(await refusalOf([distribute, (p) => [p, "--via", "safe", ...out, ...RPC]], program)).to.equal(
        "2 file-exists",
      )
      expect(await readdir(published)).to.deep.equal(["manifest.json"])
    })
  })

  it("is one of a proposal's own three, or none of them is written", async () => {
    await withSample(async (program) => {
      const terms = await readFile(join(program, "program.json"), "utf8")
      await writeFile(
        join(program, "program.json"),
        terms.replace(/"sweepTime": "[^"]*"/, '"sweepTime": "2099-01-01T00:00:00Z"'),
      )
      for (const verb of [allocate, build]) expect((await runVerb(verb, [program])).status).to.equal(0)
      const deploy = [program, "deploy", "--nonce", "5"]
      for (const time of ["first", "second"])
        expect((await runVerb(propose, deploy)).status, time).to.equal(0)
      const folder = join(program, "proposals")
      const names = await readdir(folder)
      expect(names).to.have.length(3)
      for (const name of names) {
        const own = await readFile(join(folder, name))
        await writeFile(join(folder, name), NOTES)
        expect(await refusalOf([propose, () => deploy], program), name).to.equal("2 file-exists")
        expect(await readFile(join(folder, name), "utf8")).to.equal(NOTES)
        await writeFile(join(folder, name), own)
      }
      const published: Writer = [propose, (p) => [...deploy, "--out", join(p, "proofs", "new")]]
      expect(await refusalOf(published, program)).to.equal("2 file-exists")
    })
  })

  it("is not removed as an old archive where it is none", async () => {
    await withSample(async (program) => {
      await writeFile(join(program, "proofs.car"), NOTES)
      expect((await runVerb(build, [program])).status).to.equal(0)
      expect(await readFile(join(program, "proofs.car"), "utf8")).to.equal(NOTES)
    })
  })

  it("is not the file that the same command reads", async () => {
    await withSample(async (program) => {
      const other = join(program, "other.json")
      const { error } = await runVerb(allocate, [program, "--compare", other, "--csv", other, "--force"])
      expect(error).to.have.property("code", "usage")
    })
  })
})
