/** Alters a program's files as a forger would, one after the other, and runs both verifiers on each alteration. */
import { lstat, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import * as grants from "../../scripts/commands/grants/grants.ts"
import * as verify from "../../scripts/commands/verify.ts"
import { address, OWNER } from "../support/made-up.ts"
import { announceSeed, DEEP, SEED } from "../support/fuzz.ts"
import { allocateAndBuild, writeStakingProgram } from "../support/published.ts"
import { startPythonVerifier, type PythonVerifier } from "../support/python-verifier.ts"
import { runVerb } from "../support/run-verb.ts"
import { alter, kindOf, pick, randomFrom, rehash, restore, type Sound } from "../support/tamper.ts"

const CASES = DEEP ? 10_000 : 240
/** The file that verify.py lists as not checked. */
const REPORT = "report.html"
const RULES = {
  minimum: "3000",
  exclude: [{ account: address(9), reason: "asked" }],
  overrides: [{ account: address(900), payTo: address(2730), reason: "cannot use it" }],
}

describe("fuzz: alterations of a program and of its published files", function () {
  this.timeout(DEEP ? 3_600_000 : 180_000)
  const sound: Sound[] = []
  let scratch: string
  let python: PythonVerifier

  before(async () => {
    announceSeed()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-tamper-"))
    python = startPythonVerifier()
    for (const option of ["--claims", "--no-claims"]) sound.push(await makeProgram(scratch, option))
  })
  after(async () => {
    python.close()
    await rm(scratch, { recursive: true, force: true })
  })

  const verdicts = async ({ folder }: Sound): Promise<{ ours: boolean; python: boolean; says: string }> => {
    const ours = await runVerb(verify, [folder])
    if (ours.status === undefined) throw ours.error
    const theirs = await python.verify({ program: folder, proofs: join(folder, "proofs") })
    return { ours: ours.status === 0, python: theirs.ok, says: JSON.stringify(theirs.findings.slice(0, 2)) }
  }

  it("are all refused by both verifiers, whether or not the hashes were adjusted", async () => {
    const random = randomFrom(SEED)
    const accepted: string[] = []
    const kinds = new Set<string>()
    for (let done = 0; done < CASES;) {
      const program = pick(random, sound)
      const alteration = await alter(program, random)
      if (alteration === undefined) continue
      const touched = new Set(alteration.touched)
      const isRehashed = random(2) === 0
      if (isRehashed) {
        const names = await filesOf(program.folder)
        for (const path of await rehash(program.folder, names)) touched.add(path)
      }
      if (await isSound(program, touched)) continue // adjusting the hashes has undone it
      done++
      for (const path of alteration.touched) kinds.add(kindOf(path))
      const { ours, python: theirs } = await verdicts(program)
      const what = `case ${done}: ${alteration.what}${isRehashed ? ", hashes adjusted" : ""}`
      if (ours) accepted.push(`verify accepts ${what}`)
      if (theirs && !touched.has(REPORT)) accepted.push(`verify.py accepts ${what}`)
      await restore(program, touched)
    }
    expect(accepted).to.deep.equal([])
    for (const kind of ["claim", "shard", "manifest.json", "allocations.csv", "files.csv", "tree.json"]) {
      expect([...kinds]).to.include.members([`automatic ${kind}`, `reserve ${kind}`])
    }
  })

  it("leave nothing behind: the programs verify as before", async () => {
    for (const program of sound) {
      const { ours, python: theirs, says } = await verdicts(program)
      expect({ ours, python: theirs }, says).to.deep.equal({ ours: true, python: true })
    }
  })
})

/** True if these files are as they were. */
async function isSound({ folder, files }: Sound, paths: Iterable<string>): Promise<boolean> {
  for (const path of paths) {
    const kind = await lstat(join(folder, path)).catch(() => undefined)
    const before = files.get(path)
    if (kind === undefined && before === undefined) continue
    if (kind?.isFile() !== true || before === undefined) return false
    if (!before.equals(await readFile(join(folder, path)))) return false
  }
  return true
}

/** Makes a staking program with a contract, rules, unpaid accounts, a vesting contract and a published reserve. */
async function makeProgram(scratch: string, option: string): Promise<Sound> {
  const folder = join(scratch, option.slice(2))
  await writeStakingProgram(folder, RULES)
  const path = join(folder, "program.json")
  const program = JSON.parse(await readFile(path, "utf8")) as object
  const contract = { owner: OWNER, reserveDelay: 60, sweepTime: "2030-01-01T00:00:00Z" }
  await writeFile(path, JSON.stringify({ ...program, contract }, undefined, 2))
  await allocateAndBuild(folder, option)
  for (const [number, amount] of [
    [501, "3"],
    [502, "0.5"],
    [503, "1200"],
  ] as const) {
    const args = ["add", address(number), amount, "--reason", "was missed", "--force"]
    expect((await runVerb(grants, [folder, ...args])).error).to.equal(undefined)
  }
  expect((await runVerb(grants, [folder, "build"])).error).to.equal(undefined)
  const names = await filesOf(folder)
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name))] as const),
  )
  return { folder, files: new Map(files) }
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const paths = (await readdir(folder, { recursive: true })).sort()
  const kinds = await Promise.all(
    paths.map(async (path) => (await stat(join(folder, path)).catch(() => undefined))?.isFile() === true),
  )
  return paths.filter((_, i) => kinds[i])
}
