/**
 * Both verifiers, ours and the independent one in Python, on whole programs: where nothing is wrong both agree, and
 * each damage is found by both and named with its file.
 */
import { execFile, execFileSync } from "node:child_process"
import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join, relative } from "node:path"
import { gzipSync } from "node:zlib"
import { expect } from "chai"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { DERIVATION_LIMIT } from "../../../scripts/core/allocation/allocate.ts"
import { type FileRecord, formatManifest } from "../../../scripts/core/publication/manifest.ts"
import * as allocateVerb from "../../../scripts/commands/allocate.ts"
import * as grantsVerb from "../../../scripts/commands/grants/grants.ts"
import * as verifyVerb from "../../../scripts/commands/verify.ts"
import { addToLedger, ledgerPath } from "../../../scripts/stages/reserve/ledger-file.ts"

import { publish } from "../../../scripts/stages/publication/publish.ts"
import { readManifest } from "../../../scripts/stages/publication/read-publication.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { writeAmountsProgram } from "../../support/amounts-program.ts"
import { address } from "../../support/made-up.ts"
import {
  allocateAndBuild,
  copyProgram,
  madeUpPublication,
  writeStakingProgram,
} from "../../support/published.ts"
import { startPythonVerifier, type PythonVerifier } from "../../support/python-verifier.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { expectError } from "../../support/errors.ts"
import { recordOf } from "../../../scripts/io/disk/hash.ts"

interface Verdict {
  readonly status: number | undefined
  /** The files that are named, relative to the program's folder. */
  readonly files: readonly string[]
}

interface Reported {
  readonly file: string
}

async function ours(folder: string): Promise<Verdict> {
  const { status, json } = await runVerb(verifyVerb, [folder, "--json"])
  const { stages } = json as { stages: readonly { readonly findings: readonly Reported[] }[] }
  return {
    status,
    files: named(
      folder,
      stages.flatMap(({ findings }) => findings),
    ),
  }
}

interface Printed {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

async function runPython(folder: string, ...options: readonly string[]): Promise<Printed> {
  return await runPythonOn([folder, join(folder, "proofs"), ...options])
}

async function runPythonOn(given: readonly string[]): Promise<Printed> {
  const args = ["-B", join(PROJECT_ROOT, "scripts", "verify.py"), ...given]
  return await new Promise((resolve) => {
    execFile("python3", args, { timeout: 60_000 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1
      resolve({ status, stdout, stderr })
    })
  })
}

let verifier: PythonVerifier | undefined
after(() => verifier?.close())

/** Asks verify.py in a process that serves all of these tests: a start takes longer than most verifications. */
async function python(folder: string): Promise<Verdict> {
  verifier ??= startPythonVerifier()
  const { ok, findings } = await verifier.verify({ program: folder, proofs: join(folder, "proofs") })
  return { status: ok ? 0 : 1, files: named(folder, findings) }
}

function named(folder: string, findings: readonly Reported[]): string[] {
  const paths = findings.map(({ file }) =>
    relative(folder, join(file.startsWith("/") ? "" : process.cwd(), file)),
  )
  return [...new Set(paths)].sort()
}

/** Grants base units to made-up accounts. */
async function grant(folder: string, amounts: readonly bigint[]): Promise<void> {
  await addToLedger(
    ledgerPath(folder),
    9,
    () =>
      amounts.map((amount, i) => ({
        kind: "grant",
        id: i + 1,
        account: address(500 + i),
        amount,
        reason: "was missed",
        evidence: undefined,
        overriddenChecks: [],
        time: new Date(0),
      })),
    () => undefined,
  )
}

/** Changes the text of a file. */
async function edit(path: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(path, "utf8")
  const after = change(before)
  expect(after, path).to.not.equal(before)
  await writeFile(path, after)
}

/** Writes the hashes of files as they now are, as a forger would. */
async function rehash(folder: string): Promise<void> {
  const index = join(folder, "files.csv")
  const [head = "", ...lines] = (await readFile(index, "utf8")).trimEnd().split("\n")
  const paths = lines.map((line) => line.split(",")[2] ?? "")
  const rows = await Promise.all(
    paths.map(async (path) => {
      const { sha256, size } = recordOf(await readFile(join(folder, path)))
      return `${sha256},${size},${path}`
    }),
  )
  await writeFile(index, `${[head, ...rows].join("\n")}\n`)
  const manifest = await readManifest(folder)
  const outputs = new Map<string, FileRecord>()
  for (const path of manifest.outputs.keys()) outputs.set(path, recordOf(await readFile(join(folder, path))))
  await writeFile(join(folder, "manifest.json"), formatManifest({ ...manifest, outputs }))
}

async function claimFiles(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "proofs", "claims"))
  const paths = names.sort().map((name) => join(folder, "proofs", "claims", name))
  const texts = await Promise.all(paths.map(async (path) => [path, await readFile(path, "utf8")] as const))
  return texts.filter(([, text]) => text.includes("merkle-airdrop/claim@1")).map(([path]) => path)
}

const RULES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "no rules": {},
  "a minimum and a cap": { minimum: "3000", cap: "15000" },
  "a cap that leaves something over": { cap: "5000" },
  "leaving nodes out": { leavingNodes: "exclude" },
  "each staker paid, and one excluded and one led elsewhere": {
    payTo: "staker",
    exclude: [{ account: `0x0a${"0".repeat(37)}9`, reason: "asked" }],
    overrides: [
      { account: `0x0a${"0".repeat(35)}384`, payTo: `0x0a${"0".repeat(35)}aaa`, reason: "cannot use it" },
      { account: `0x0a${"0".repeat(37)}4`, payTo: `0x0a${"0".repeat(37)}5`, reason: "asked" },
    ],
  },
}

describe("The two verifiers agree", () => {
  for (const [name, rules] of Object.entries(RULES)) {
    it(`on a staking program with ${name}`, async () => {
      await inScratch(async (scratch) => {
        const folder = join(scratch, "staking")
        await writeStakingProgram(folder, rules)
        await allocateAndBuild(folder)
        expect(await ours(folder)).to.deep.equal({ status: 0, files: [] })
        expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
        expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
      })
    })
  }

  it("on every program of programs/ and of the fixtures", async () => {
    await inScratch(async (scratch) => {
      let done = 0
      for (const place of ["programs", "test/fixtures/programs"]) {
        for (const name of await readdir(join(PROJECT_ROOT, place))) {
          const files = await readdir(join(PROJECT_ROOT, place, name))
          // Without an allocation in its folder a program waits for inputs that are still to come.
          if (!files.includes("allocation.csv")) continue
          const folder = join(scratch, name)
          await copyProgram(join("..", place, name), folder)
          await allocateAndBuild(folder)
          expect(await ours(folder), name).to.deep.equal({ status: 0, files: [] })
          expect(await python(folder), name).to.deep.equal({ status: 0, files: [] })
          done++
        }
      }
      expect(done).to.be.at.least(6)
    })
  })

  it("that addresses below 2^64 have no key, and those from 2^64 on may", async () => {
    await inScratch(async (scratch) => {
      for (const [value, status] of [
        [2n ** 64n - 1n, 1],
        [2n ** 64n, 0],
      ] as const) {
        const folder = join(scratch, status.toString())
        const account = `0x${value.toString(16).padStart(40, "0")}`
        const list = { csv: `account,amount\n${address(1)},1\n`, pool: "2" }
        await writeAmountsProgram(folder, list)
        await allocateAndBuild(folder)
        expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
        await writeAmountsProgram(folder, { ...list, csv: `${list.csv}${account},1\n` })
        expect((await runVerb(allocateVerb, [folder])).status !== 0, account).to.equal(status === 1)
        if (status === 0) await allocateAndBuild(folder)
        const verdict = await runPython(folder)
        expect(verdict.status, account).to.equal(status)
        expect(verdict.stdout.includes("could not use it"), account).to.equal(status === 1)
      }
    })
  })

  it("on a program without claims, which has shards alone, and on a reserve that was granted by its ledger", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await writeStakingProgram(folder)
      await allocateAndBuild(folder, "--no-claims")
      await grant(folder, [3n, 20n, 7n])
      expect((await runVerb(grantsVerb, [folder, "build"])).status).to.equal(0)
      expect(await ours(folder)).to.deep.equal({ status: 0, files: [] })
      expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
    })
  })

  it("that a reserve must be what its ledger grants", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await writeStakingProgram(folder)
      await allocateAndBuild(folder)
      await grant(folder, [3n, 20n, 7n])
      expect((await runVerb(grantsVerb, [folder, "build"])).status).to.equal(0)
      await edit(join(folder, "grants.jsonl"), (text) =>
        text.replace("0.000000020", "0.000000021").replace("0.000000030", "0.000000031"),
      )
      expect((await ours(folder)).status).to.equal(1)
      expect((await python(folder)).status).to.equal(1)
      const stranger = await madeUpPublication(7, { kind: "reserve" })
      await publish(join(folder, "proofs", "reserve"), stranger)
      for (const { status, files } of [await ours(folder), await python(folder)]) {
        expect(status).to.equal(1)
        expect(files).to.include(join("proofs", "reserve", "manifest.json"))
      }
    })
  })
})

describe("The code behind the staking contract's proxy", () => {
  const STRANGE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"

  it("stops both verifiers if its storage layout is not known, until the operators accept it", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await writeStakingProgram(folder)
      await edit(join(folder, "snapshot.json"), (text) =>
        text.replace(/("stakingContract": "0x\w{40}",\s*"implementation": ")0x\w{40}/, `$1${STRANGE}`),
      )
      const refused = await runVerb(allocateVerb, [folder])
      expect(refused.error).to.have.property("code", "unresolved")
      expect((await runVerb(verifyVerb, [folder])).status).to.equal(1)
      const { status, stdout } = await runPython(folder)
      expect(status).to.equal(1)
      expect(stdout).to.contain(STRANGE).and.to.contain("whose storage layout is not known")

      await edit(join(folder, "program.json"), (text) =>
        text.replace('"block": 7', `"block": 7, "implementation": "${STRANGE}"`),
      )
      await allocateAndBuild(folder)
      expect(await ours(folder)).to.deep.equal({ status: 0, files: [] })
      expect(await python(folder)).to.deep.equal({ status: 0, files: [] })

      await edit(join(folder, "program.json"), (text) => text.replace(STRANGE, address(77)))
      expect((await runVerb(verifyVerb, [folder])).status).to.equal(1)
      expect((await python(folder)).status).to.equal(1)
    })
  })
})

describe("The record of a deployment", () => {
  it("may name a contract, which both verifiers then list as not checked", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "list")
      await writeAmountsProgram(folder, { csv: `account,amount\n${address(1)},1\n`, pool: "1" })
      await allocateAndBuild(folder)
      expect((await runPython(folder)).stdout).to.not.contain("not checked: contract")
      const { root } = await readManifest(join(folder, "proofs"))
      const record = {
        format: "merkle-airdrop/deployment@1",
        chainId: 42161,
        address: toChecksum(address(99)),
        deployedBy: "key",
        transaction: `0x${"12".repeat(32)}`,
        block: 1,
        tokenDecimals: 9,
        parameters: {
          token: address(98),
          automaticRoot: root,
          leafCount: "1",
          reserveCap: "0",
          reserveDelay: "0",
          sweepTime: "2030-01-01T00:00:00Z",
          owner: address(97),
          proofsURI: "",
        },
        ownerHistory: [
          { block: 1, time: "2029-01-01T00:00:00Z", reason: "deployment", address: address(97), safe: null },
        ],
      }
      const path = join(folder, "deployment.json")
      await writeFile(path, JSON.stringify(record))
      const before = await readFile(join(folder, "proofs", "manifest.json"), "utf8")
      await allocateAndBuild(folder)
      expect(await readFile(join(folder, "proofs", "manifest.json"), "utf8")).to.not.equal(before)
      const { status, lines } = await runVerb(verifyVerb, [folder])
      expect(status).to.equal(0)
      expect(lines.join("\n")).to.contain(`contract ${toChecksum(address(99))} as `)
      const theirs = await runPython(folder)
      expect(theirs.status).to.equal(0)
      expect(theirs.stdout).to.contain("not checked: contract, as deployment.json names it")

      await writeFile(path, JSON.stringify({ ...record, block: -1 }))
      for (const verdict of [await ours(folder), await python(folder)]) {
        expect(verdict.status).to.equal(1)
        expect(verdict.files).to.include("deployment.json")
      }
    })
  })
})

describe("The time that a program names for its snapshot", () => {
  const namesTime = async (folder: string, time: string): Promise<void> => {
    await writeStakingProgram(folder)
    await edit(join(folder, "program.json"), (text) => text.replace('"block": 7', `"time": "${time}"`))
  }

  it("may be that of the snapshot's block", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await namesTime(folder, "2025-11-21T00:00:00Z")
      await allocateAndBuild(folder)
      expect(await ours(folder)).to.deep.equal({ status: 0, files: [] })
      expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
    })
  })

  it("may not be earlier: allocate and both verifiers name both times", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await namesTime(folder, "2025-11-20T23:59:59Z")
      const { status, error } = await runVerb(allocateVerb, [folder])
      expect(status).to.not.equal(0)
      expectError(error, "inconsistent", "2025-11-20T23:59:59Z")
      expect((await runVerb(verifyVerb, [folder])).status).to.not.equal(0)
      const theirs = await runPython(folder)
      expect(theirs.status).to.equal(1)
      expect(theirs.stdout).to.contain(
        "its block is of 1763683200, after the program's time 2025-11-20T23:59:59Z",
      )
    })
  })
})

describe("Both verifiers find", () => {
  type Damage = (folder: string) => Promise<readonly string[]>
  const proofs = (...path: readonly string[]): string => join("proofs", ...path)

  /** Alterations of a correct program. Each returns the files that the verifiers must name. */
  const DAMAGES: Readonly<Record<string, Damage>> = {
    "a claim with another amount": async (folder) => {
      const [, path = ""] = await claimFiles(folder)
      await edit(path, (text) =>
        text.replace(/"baseUnits": "(\d)/, (_, digit: string) => `"baseUnits": "${9 - Number(digit)}`),
      )
      return [relative(folder, path)]
    },
    "a claim with a damaged proof": async (folder) => {
      const [, , path = ""] = await claimFiles(folder)
      await edit(path, (text) =>
        text.replace(
          /("proof": \[\s+"0x)(.)/,
          (_, head: string, digit: string) => head + (digit === "0" ? "1" : "0"),
        ),
      )
      return [relative(folder, path)]
    },
    "a claim of another contract": async (folder) => {
      const [path = ""] = await claimFiles(folder)
      await edit(path, (text) => text.replace('"contract": null', `"contract": "0x${"11".repeat(20)}"`))
      return [relative(folder, path)]
    },
    "a claim cut short": async (folder) => {
      const [path = ""] = await claimFiles(folder)
      await edit(path, (text) => text.slice(0, text.length / 2))
      return [relative(folder, path)]
    },
    "two claims swapped": async (folder) => {
      const [, first = "", second = ""] = await claimFiles(folder)
      await rename(first, `${first}.away`)
      await rename(second, first)
      await rename(`${first}.away`, second)
      return [relative(folder, first), relative(folder, second)]
    },
    "a claim missing": async (folder) => {
      const [, , , path = ""] = await claimFiles(folder)
      await rm(path)
      return [relative(folder, path)]
    },
    "a file too many": async (folder) => {
      const [path = ""] = await claimFiles(folder)
      const extra = join(folder, proofs("claims", `0x${"ee".repeat(20)}.json`))
      await cp(path, extra)
      return [relative(folder, extra)]
    },
    "a shard with another row": async (folder) => {
      const path = proofs("shards", "0.json")
      await edit(join(folder, path), (text) => text.replace(/\["(0x[0-9a-f]{40})","(\d+)"\]/, '["$1","77"]'))
      return [path]
    },
    "a shard missing": async (folder) => {
      const path = proofs("shards", "f.json")
      await rm(join(folder, path))
      return [path]
    },
    "another root in the manifest": async (folder) => {
      const path = proofs("manifest.json")
      await edit(join(folder, path), (text) =>
        text.replace(/"root": "0x[0-9a-f]{64}"/, `"root": "0x${"22".repeat(32)}"`),
      )
      return [path]
    },
    "another hash of an input in the manifest": async (folder) => {
      const path = proofs("manifest.json")
      await edit(join(folder, path), (text) =>
        text
          .replace(/("recipients.csv": \{\s+"sha256": ")./, "$1f")
          .replace(/("recipients.csv": \{\s+"sha256": "f)./, "$1f"),
      )
      return [path]
    },
    "a manifest missing": async (folder) => {
      const path = proofs("manifest.json")
      await rm(join(folder, path))
      return [path]
    },
    "a row of the published list changed": async (folder) => {
      const path = proofs("allocations.csv")
      await edit(join(folder, path), (text) =>
        text.replace(
          /^(3,0x[0-9a-fA-F]{40},)(\d)/m,
          (_, head: string, digit: string) => head + String(9 - Number(digit)),
        ),
      )
      return [path]
    },
    "rows of the published list swapped": async (folder) => {
      const path = proofs("allocations.csv")
      await edit(join(folder, path), (text) => text.replace(/^(1,.*\n)(2,.*\n)/m, "$2$1"))
      return [path]
    },
    "a node of tree.json changed": async (folder) => {
      const path = proofs("tree.json")
      await edit(join(folder, path), (text) =>
        text.replace(/"0x[0-9a-f]{64}",\n/, `"0x${"33".repeat(32)}",\n`),
      )
      return [path]
    },
    "an amount of the allocation changed": async (folder) => {
      await edit(join(folder, "allocation.csv"), (text) =>
        text.replace(
          /(,\d+\.\d{8})(\d)\n/,
          (_, head: string, digit: string) => `${head}${9 - Number(digit)}\n`,
        ),
      )
      return ["allocation.csv"]
    },
    "an account left out of unpaid.csv": async (folder) => {
      await edit(join(folder, "unpaid.csv"), (text) => text.replace(/^0x.*\n/m, ""))
      return ["unpaid.csv"]
    },
    "another reason in unpaid.csv": async (folder) => {
      await edit(join(folder, "unpaid.csv"), (text) => text.replace("not-listed", "excluded"))
      return ["unpaid.csv"]
    },
    "a FIFO in the place of unpaid.csv": async (folder) => {
      await rm(join(folder, "unpaid.csv"))
      execFileSync("mkfifo", [join(folder, "unpaid.csv")])
      return ["unpaid.csv"]
    },
  }

  let sound = ""
  before(async () => {
    sound = join(PROJECT_ROOT, ".cache", `verify-${process.pid}`)
    await writeStakingProgram(sound)
    await allocateAndBuild(sound)
  })
  after(async () => {
    await rm(sound, { recursive: true, force: true })
  })

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(name, async () => {
      await inScratch(async (scratch) => {
        const folder = join(scratch, "staking")
        await cp(sound, folder, { recursive: true })
        const expected = await damage(folder)
        for (const [which, verdict] of [
          ["ours", await ours(folder)],
          ["python", await python(folder)],
        ] as const) {
          expect(verdict.status, which).to.equal(1)
          expect(verdict.files, which).to.include.members([...expected])
        }
      })
    })
  }

  it("an account left out of unpaid.csv, where there are too many people to keep derivations", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "list")
      const rows = Array.from({ length: DERIVATION_LIMIT + 1 }, (_, i) => `${address(i)},${(i % 2) + 1}\n`)
      await writeAmountsProgram(folder, {
        csv: `account,amount\n${rows.join("")}`,
        pool: "200000",
        rules: { minimum: "1.5" },
      })
      expect((await runVerb(allocateVerb, [folder])).status).to.equal(0)
      const before = await readFile(join(folder, "unpaid.csv"), "utf8")
      expect(before.split("\n").length).to.equal(DERIVATION_LIMIT / 2 + 3)
      expect((await ours(folder)).files).to.deep.equal(["proofs"])
      expect((await python(folder)).files).to.deep.equal(["proofs"])
      await writeFile(join(folder, "unpaid.csv"), before.replace(/^0x.*\n/m, ""))
      expect((await ours(folder)).files).to.deep.equal(["proofs", "unpaid.csv"])
      expect((await python(folder)).files).to.deep.equal(["proofs", "unpaid.csv"])
    })
  })

  it("nothing wrong where unpaid.csv and report.html are missing, and verify.py names a report it does not check", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await cp(sound, folder, { recursive: true })
      expect((await runPython(folder)).stdout).to.contain("not checked: report.html")
      const report = join(folder, "report.html")
      await edit(report, (text) => text.replace(/\d/, "9"))
      expect(await ours(folder)).to.deep.equal({ status: 1, files: ["report.html"] })
      await rm(report)
      await rm(join(folder, "unpaid.csv"))
      expect(await ours(folder)).to.deep.equal({ status: 0, files: [] })
      expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
      expect((await runPython(folder)).stdout).to.not.contain("report.html")
    })
  })

  const INPUTS: Readonly<Record<string, (folder: string) => Promise<void>>> = {
    "a stake of the snapshot changed": async (folder) => {
      await edit(join(folder, "snapshot.json"), (text) =>
        text.replace('"stake":"25000000000000"', '"stake":"24000000000000"'),
      )
    },
    "a recipient left out": async (folder) => {
      await edit(join(folder, "recipients.csv"), (text) => text.replace(/^0x.*\n/m, ""))
    },
    "a recipient listed twice, in another casing": async (folder) => {
      await edit(
        join(folder, "recipients.csv"),
        (text) => `${text}${text.split("\n")[1]?.replace("0x0a", "0x0A") ?? ""}\n`,
      )
    },
    "a weight changed": async (folder) => {
      await edit(join(folder, "program.json"), (text) => text.replace('"solo": "1.5"', '"solo": "1.6"'))
    },
    "a pool changed": async (folder) => {
      await edit(join(folder, "program.json"), (text) => text.replace('"350000"', '"350001"'))
    },
    "a key that nobody knows": async (folder) => {
      await edit(join(folder, "program.json"), (text) => text.replace('"rules"', '"rule"'))
    },
  }
  for (const [name, change] of Object.entries(INPUTS)) {
    it(`${name} after the list was made`, async () => {
      await inScratch(async (scratch) => {
        const folder = join(scratch, "staking")
        await cp(sound, folder, { recursive: true })
        await change(folder)
        const { status, error } = await runVerb(verifyVerb, [folder])
        expect(status, String(error)).to.be.oneOf([1, 2])
        expect((await python(folder)).status).to.equal(1)
      })
    })
  }
})

describe("Both verifiers compare published files with the program", () => {
  /** Replaces a text in every file of a published folder, and adapts every hash, as a forger would. */
  async function forge(folder: string, change: (text: string) => string): Promise<void> {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith(".json") || name.startsWith("reserve")) continue
      const path = join(folder, name)
      await writeFile(path, change(await readFile(path, "utf8")))
    }
    await rehash(folder)
  }

  const FORGERIES: Readonly<Record<string, (text: string) => string>> = {
    "another token": (text) => text.replace(/("token": \{\s+"address": ")[^"]+/, `$10x${"0".repeat(36)}dEaD`),
    "another symbol": (text) => text.replaceAll('"symbol": "TOK"', '"symbol": "TKO"'),
    "other decimals": (text) => text.replaceAll('"decimals": 9', '"decimals": 10'),
    "another chain": (text) => text.replaceAll('"chainId": 42161', '"chainId": 42162'),
    "another program": (text) => text.replaceAll('"program": "staking"', '"program": "stacking"'),
    "a flag of a draft": (text) => text.replace('"tranche": "', '"draft": true,\n  "tranche": "'),
  }

  let sound = ""
  before(async () => {
    sound = join(PROJECT_ROOT, ".cache", `verify-origin-${process.pid}`)
    await writeStakingProgram(sound)
    await allocateAndBuild(sound)
    await grant(sound, [3n, 20n, 7n])
    expect((await runVerb(grantsVerb, [sound, "build"])).status).to.equal(0)
  })
  after(async () => {
    await rm(sound, { recursive: true, force: true })
  })

  for (const tranche of ["automatic", "reserve"]) {
    const place = tranche === "reserve" ? join("proofs", "reserve") : "proofs"
    for (const [name, change] of Object.entries(FORGERIES)) {
      it(`and find ${name} in every file of the ${tranche} tranche`, async () => {
        await inScratch(async (scratch) => {
          const folder = join(scratch, "staking")
          await cp(sound, folder, { recursive: true })
          const before = await readFile(join(folder, place, "manifest.json"), "utf8")
          await forge(join(folder, place), change)
          expect(await readFile(join(folder, place, "manifest.json"), "utf8")).to.not.equal(before)
          for (const [which, verdict] of [
            ["ours", await ours(folder)],
            ["python", await python(folder)],
          ] as const) {
            expect(verdict.status, which).to.equal(1)
            expect(verdict.files, which).to.include(join(place, "manifest.json"))
          }
        })
      })
    }
  }

  it("and find that the flag of a draft is gone", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "staking")
      await writeStakingProgram(folder)
      await edit(join(folder, "program.json"), (text) =>
        text.replace('"rules"', '"unconfirmed": [{ "field": "rules", "reason": "open" }],\n  "rules"'),
      )
      await allocateAndBuild(folder)
      expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
      await edit(join(folder, "proofs", "manifest.json"), (text) => text.replace(/ {2}"draft": true,\n/, ""))
      for (const verdict of [await ours(folder), await python(folder)])
        expect(verdict).to.deep.equal({ status: 1, files: [join("proofs", "manifest.json")] })
    })
  })
})

describe("The independent verifier reports an unreadable file in one line", () => {
  const manifest = async (folder: string, change: (text: string) => string): Promise<void> => {
    await edit(join(folder, "proofs", "manifest.json"), change)
  }
  const CASES: Readonly<
    Record<string, (folder: string) => Promise<readonly [file: string, problem: RegExp]>>
  > = {
    "a manifest without a key": async (folder) => {
      await manifest(folder, (text) => text.replace('"claimFiles": true,', ""))
      return ["manifest.json", /claimFiles is missing/]
    },
    "a manifest whose total has no amount": async (folder) => {
      await manifest(folder, (text) => text.replace(/,\s+"amount": "[^"]*"/, ""))
      return ["manifest.json", /total\.amount is missing/]
    },
    "a manifest that is no object": async (folder) => {
      await manifest(folder, () => "[]")
      return ["manifest.json", /is not an object/]
    },
    "shards of nine digits": async (folder) => {
      await manifest(folder, (text) => text.replace('"prefixLength": 1', '"prefixLength": 9'))
      return ["manifest.json", /shards\.prefixLength is 9, computed 1/]
    },
    "shards of no digits": async (folder) => {
      await manifest(folder, (text) => text.replace('"prefixLength": 1', '"prefixLength": 0'))
      return ["manifest.json", /shards\.prefixLength is 0, computed 1/]
    },
    "shards cut as far as an address goes": async (folder) => {
      const all = Array.from({ length: 40 }, (_, i) => "0a".padEnd(i + 1, "0").slice(0, i + 1))
      await manifest(folder, (text) =>
        text.replace('"splitPrefixes": []', `"splitPrefixes": ${JSON.stringify(all)}`),
      )
      return ["manifest.json", /shards\.splitPrefixes has 40 items, computed 0/]
    },
    "shards cut without what comes before": async (folder) => {
      await manifest(folder, (text) => text.replace('"splitPrefixes": []', '"splitPrefixes": ["0a"]'))
      return ["manifest.json", /shards\.splitPrefixes has 1 items, computed 0/]
    },
    "a shard whose runs are none": async (folder) => {
      const shard = join("shards", "0.json")
      await edit(join(folder, "proofs", shard), (text) => text.replace('"ranges":[', '"walks":['))
      return [shard, /ranges is missing/]
    },
    "an amount of five thousand digits in the allocation": async (folder) => {
      await edit(join(folder, "allocation.csv"), (text) => text.replace(/,\d+\./, `,${"9".repeat(5000)}.`))
      return ["allocation.csv", /./]
    },
    "a snapshot that is no object": async (folder) => {
      await edit(join(folder, "snapshot.json"), () => "7")
      return ["snapshot.json", /is not an object/]
    },
    "a name that speaks to the terminal": async (folder) => {
      await edit(join(folder, "program.json"), (text) =>
        text.replace('"name": "staking"', '"name": "\\ud800\\u001b[2J\\nok: all agrees"'),
      )
      return ["program.json", /name is '\\ud800\\x1b\[2J\\nok: all agrees', not lower-case letters/]
    },
  }

  let sound = ""
  before(async () => {
    sound = join(PROJECT_ROOT, ".cache", `verify-lines-${process.pid}`)
    await writeStakingProgram(sound)
    await allocateAndBuild(sound)
  })
  after(async () => {
    await rm(sound, { recursive: true, force: true })
  })

  async function expectLine(folder: string, file: string, problem: RegExp): Promise<void> {
    const { status, stdout, stderr } = await runPython(folder)
    expect(stderr).to.equal("")
    expect(status).to.equal(1)
    const lines = stdout.split("\n").filter((line) => line.includes(file) && problem.test(line))
    expect(lines, stdout).to.not.deep.equal([])
    expect(stdout.split("\n")).to.not.include("ok: all agrees")
  }

  for (const [name, change] of Object.entries(CASES)) {
    it(name, async () => {
      await inScratch(async (scratch) => {
        const folder = join(scratch, "staking")
        await cp(sound, folder, { recursive: true })
        const [file, problem] = await change(folder)
        await expectLine(folder, file, problem)
      })
    })
  }

  it("a damaged gzip file", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "list")
      await writeAmountsProgram(folder, { csv: "", pool: "3", source: { file: "list.csv.gz" } })
      const packed = gzipSync(`account,amount\n${address(1)},1\n${address(2)},2\n`)
      await writeFile(join(folder, "list.csv.gz"), packed)
      await allocateAndBuild(folder)
      expect(await python(folder)).to.deep.equal({ status: 0, files: [] })
      const whole = [...packed]
      for (let at = 0; at < whole.length; at += 7) {
        const damaged = Buffer.from(whole.map((byte, i) => (i === at ? byte ^ 0x55 : byte)))
        await writeFile(join(folder, "list.csv.gz"), damaged)
        await expectLine(folder, "list", /./)
      }
      await writeFile(join(folder, "list.csv.gz"), packed.subarray(0, 40))
      await expectLine(folder, "list.csv.gz", /is not a gzip file, or is damaged/)
    })
  })
})

describe("A published folder alone", () => {
  const DAMAGES: Readonly<Record<string, (folder: string) => Promise<string>>> = {
    "a shard of another tree": async (folder) => {
      await edit(join(folder, "shards", "7.json"), (text) => text.replace('"leafCount":40', '"leafCount":41'))
      return join("shards", "7.json")
    },
    "a claim whose proof leads elsewhere": async (folder) => {
      const [path = ""] = (await readdir(join(folder, "claims"))).sort()
      await edit(join(folder, "claims", path), (text) =>
        text.replace(
          /("proof": \[\s+"0x)(.)/,
          (_, start: string, digit: string) => start + (digit === "0" ? "1" : "0"),
        ),
      )
      return join("claims", path)
    },
    "two claims swapped": async (folder) => {
      const [first = "", second = ""] = (await readdir(join(folder, "claims"))).sort()
      const [a, b] = [join(folder, "claims", first), join(folder, "claims", second)]
      await rename(a, `${a}.away`)
      await rename(b, a)
      await rename(`${a}.away`, b)
      return join("claims", first)
    },
    "a claim of another token": async (folder) => {
      const [path = ""] = (await readdir(join(folder, "claims"))).sort()
      await edit(join(folder, "claims", path), (text) =>
        text.replace(/("token": \{\s+"address": ")[^"]+/, `$10x${"44".repeat(20)}`),
      )
      return join("claims", path)
    },
    "a list of the same total that is not that of the root": async (folder) => {
      await edit(join(folder, "allocations.csv"), (text) =>
        text.replace(
          /^(1,0x\w+,)(.*)\n(2,0x\w+,)(.*)$/m,
          (_, a: string, one: string, b: string, two: string) => `${a}${two}\n${b}${one}`,
        ),
      )
      return "manifest.json"
    },
  }

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`shows ${name}, even if every hash was adapted`, async () => {
      await inScratch(async (scratch) => {
        await publish(scratch, await madeUpPublication(40))
        expect(await ours(scratch)).to.deep.equal({ status: 0, files: [] })
        const expected = await damage(scratch)
        await rehash(scratch)
        const { status, files } = await ours(scratch)
        expect(status).to.equal(1)
        expect(files).to.include(expected)
      })
    })
  }

  const STORIES: Readonly<Record<string, (text: string) => string>> = {
    "a value that is not the sum of its contributions": (text) =>
      text.replace(
        /("value": "[0-9]+\.[0-9]+)([0-9])"(,\s+"roundedUp")/,
        (_, start: string, digit: string, rest: string) => `${start}${9 - Number(digit)}"${rest}`,
      ),
    "a contribution that is not its quantity times its factor": (text) =>
      text.replace('"factor": "1.5"', '"factor": "1.25"'),
    "a participant without its contributions": (text) =>
      text.replace(/"contributions": \[[^\]]*\]/, '"contributions": []'),
    "a share that was not rounded up": (text) =>
      text.replace(/"roundedUp": (true|false)/, (_, up: string) => `"roundedUp": ${up === "false"}`),
    "a flag that is a text": (text) => text.replace('"capped": false', '"capped": "false"'),
  }
  for (const [name, change] of Object.entries(STORIES)) {
    it(`shows ${name} to both verifiers, even where every hash was adapted to it`, async () => {
      await inScratch(async (scratch) => {
        const program = join(scratch, "staking")
        const folder = join(program, "proofs")
        await writeStakingProgram(program)
        await allocateAndBuild(program)
        const paths = await claimFiles(program)
        const texts = await Promise.all(paths.map(async (path) => await readFile(path, "utf8")))
        const path = paths[texts.findIndex((text) => text.includes('"factor": "1.5"'))] ?? ""
        await edit(path, change)
        await rehash(folder)
        const file = relative(folder, path)
        expect((await ours(folder)).files).to.include(file)
        const { stdout } = await runPythonOn([folder, "--json"])
        const { findings } = JSON.parse(stdout) as { findings: readonly Reported[] }
        expect(named(folder, findings)).to.include(file)
      })
    })
  }

  it("is refused in one line if its number of rows is impossible", async () => {
    await inScratch(async (scratch) => {
      await publish(scratch, await madeUpPublication(40))
      const path = join(scratch, "manifest.json")
      const sound = await readFile(path, "utf8")
      for (const [count, problem] of [
        [1_000_000_000, /allocations\.csv: has \d+ bytes, the manifest says that it has 1000000000 rows/],
        [4_000_000_000_000_000, /leafCount is 4000000000000000, above the most of 1073741824/],
        [41, /has 40 rows, the manifest says 41/],
      ] as const) {
        await writeFile(path, sound.replace('"leafCount": 40', `"leafCount": ${count}`))
        const { status, lines } = await runVerb(verifyVerb, [scratch])
        expect(status).to.equal(1)
        expect(lines.join("\n")).to.match(problem)
        const theirs = await runPythonOn([scratch])
        expect(theirs.stderr).to.equal("")
        expect(theirs.status).to.equal(1)
      }
    })
  })

  it("shows files that are missing, changed or too many", async () => {
    await inScratch(async (scratch) => {
      await publish(scratch, await madeUpPublication(40))
      await writeFile(join(scratch, "claims", "extra.json"), "{}")
      await rm(join(scratch, "tree.json"))
      await edit(join(scratch, "shards", "7.json"), (text) => `${text}\n`)
      expect(await ours(scratch)).to.deep.equal({
        status: 1,
        files: [join("claims", "extra.json"), join("shards", "7.json"), "tree.json"],
      })
    })
  })
})
