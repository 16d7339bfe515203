import { spawn } from "node:child_process"
import { once } from "node:events"
import { cp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as verify from "../../scripts/commands/verify.ts"
import { claimPath, parseClaimFile } from "../../scripts/core/publication/claim-file.ts"
import { parseAddress } from "../../scripts/core/primitives/address.ts"
import { toHex } from "../../scripts/core/primitives/bytes.ts"
import { listOf } from "../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../scripts/core/merkle/tree.ts"
import { parseAmount } from "../../scripts/core/primitives/amount.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { ascendingList, testAddress, writeAmountsProgram } from "../support/amounts-program.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"

const COUNT = 300

/** Runs a test in the folder of a program that is allocated and built. */
async function withPublished(
  work: (folder: string, proofs: string) => Promise<void>,
  args: readonly string[] = [],
): Promise<void> {
  await inScratch(async (scratch) => {
    const folder = join(scratch, "list")
    await writeAmountsProgram(folder, {
      csv: ascendingList(COUNT),
      pool: ((COUNT * (COUNT + 1)) / 2).toString(),
    })
    await succeed(allocate, folder)
    await succeed(build, folder, ...args)
    await work(folder, join(folder, "proofs"))
  })
}

async function succeed(verb: Parameters<typeof runVerb>[0], ...args: string[]): Promise<void> {
  const { status, error } = await runVerb(verb, args)
  expect(status, error instanceof Error ? error.message : "").to.equal(0)
}

/** Reads the content of every file of a folder, by path. */
async function contents(folder: string): Promise<Map<string, string>> {
  const paths = (await readdir(folder, { recursive: true })).sort()
  const files = new Map<string, string>()
  for (const path of paths) {
    if ((await stat(join(folder, path))).isFile()) files.set(path, await readFile(join(folder, path), "hex"))
  }
  return files
}

describe("incidents: publication", () => {
  it("Omen: the same list gives the same files to the byte, however many threads and builds at once", async () => {
    await withPublished(
      async (folder, proofs) => {
        const one = await contents(proofs)
        const others = ["2", "4"].map(async (threads) => {
          const copy = `${folder}-${threads}`
          await cp(folder, copy, { recursive: true })
          await succeed(build, copy, "--threads", threads)
          return await contents(join(copy, "proofs"))
        })
        for (const other of await Promise.all(others)) expect(other).to.deep.equal(one)
        expect(one.size).to.be.above(COUNT)
      },
      ["--threads", "1"],
    )
  })

  it("Threshold: a tree that does not follow from the inputs is found before it is signed", async () => {
    await withPublished(async (folder, proofs) => {
      const list = join(proofs, "allocations.csv")
      const changed = (await readFile(list, "utf8")).replace(/,1\.0+\n/, ",2.000000000\n")
      await writeFile(list, changed)
      const { status, lines } = await runVerb(verify, [folder])
      expect(status).to.equal(1)
      expect(lines.join("\n")).to.include("allocations.csv")
    })
  })

  it("1inch: every proof can be rebuilt from the published list alone", async () => {
    await withPublished(async (folder, proofs) => {
      const before = await readFile(join(proofs, claimPath(parseAddress(testAddress(7)))), "utf8")
      const text = await readFile(join(proofs, "allocations.csv"), "utf8")
      await rm(folder, { recursive: true })
      const rows = text
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((row) => row.split(","))
        .map(([, account = "", amount = ""]) => ({
          account: parseAddress(account),
          amount: parseAmount(amount, 9),
        }))
      const tree = treeOfList(listOf("automatic", rows))
      const parsed = parseClaimFile(JSON.parse(before), "claim")
      if (!("claim" in parsed)) throw new Error("the account has a claim")
      expect(toHex(tree.root)).to.equal(parsed.claim.root)
      expect(tree.proof(parsed.claim.index).map(toHex)).to.deep.equal(parsed.claim.proof)
    })
  })

  it("no look-up depends on casing: claims are named in lower case", async () => {
    await withPublished(async (_, proofs) => {
      const names = await readdir(join(proofs, "claims"))
      expect(names).to.have.length(COUNT)
      for (const name of names) expect(name).to.match(/^0x[0-9a-f]{40}\.json$/)
    })
  })

  it("a look-up loads one file of at most 32 KB, not the whole list", async () => {
    await withPublished(async (_, proofs) => {
      for (const path of await readdir(proofs, { recursive: true })) {
        const { size } = await stat(join(proofs, path))
        const isLookUp = /^(claims|shards)\//.test(path)
        if (isLookUp) expect(size, path).to.be.at.most(32 * 1024)
      }
    })
  })

  it("a publication that is killed at any moment leaves the one before, or the new one, whole", async () => {
    await withPublished(async (folder, proofs) => {
      const old = await contents(proofs)
      await writeAmountsProgram(folder, { csv: ascendingList(3000), pool: "4501500" })
      await succeed(allocate, folder)
      for (const wait of [250, 350, 450, 550, 700, 900]) {
        await killAfter(wait, [join(PROJECT_ROOT, "scripts", "cli.ts"), "build", folder])
        const now = await contents(proofs)
        if (now.size === old.size) expect(now).to.deep.equal(old)
        else expect((await runVerb(verify, [folder])).status).to.equal(0)
      }
      await succeed(build, folder)
      await succeed(verify, folder)
    })
  })
})

/** Starts Node and kills it after so many milliseconds, as a power cut would: nothing can tidy up. */
async function killAfter(milliseconds: number, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: "ignore" })
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds)
  await once(child, "exit")
  clearTimeout(timer)
}
