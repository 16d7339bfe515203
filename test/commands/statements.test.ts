/** The way of a statement: signed with a key, accepted, allocated, published, and verified by both verifiers. */
import { appendFile, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import type { TypedDataDomain, TypedDataField } from "ethers"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import * as buildVerb from "../../scripts/commands/build.ts"
import * as explainVerb from "../../scripts/commands/explain.ts"
import * as signVerb from "../../scripts/commands/sign.ts"
import * as statementsVerb from "../../scripts/commands/statements/statements.ts"
import * as verifyVerb from "../../scripts/commands/verify.ts"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { writeAmountsProgram } from "../support/amounts-program.ts"
import { startPythonVerifier } from "../support/python-verifier.ts"
import { runVerb, type VerbRun } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { accountOf, keyOf } from "../support/statements.ts"

const [OLD, NEW, PAID, PAYEE] = [keyOf(1), keyOf(2), keyOf(3), keyOf(4)]

interface TypedData {
  readonly domain: TypedDataDomain
  readonly types: Record<string, TypedDataField[]>
  readonly message: Record<string, unknown>
}

interface Stage {
  readonly folder: string
  readonly sign: (key: typeof OLD, ...args: readonly string[]) => Promise<VerbRun>
  readonly statements: (...args: readonly string[]) => Promise<VerbRun>
}

/** A program that pays 10 to OLD, 20 to PAID, and 30 to NEW if it is listed. */
async function onStage(isNewListed: boolean, work: (stage: Stage) => Promise<void>): Promise<void> {
  await inScratch(async (scratch) => {
    const folder = join(scratch, "list")
    const rows = [`${OLD.address},10`, `${PAID.address},20`, ...(isNewListed ? [`${NEW.address},30`] : [])]
    await writeAmountsProgram(folder, { csv: `account,amount\n${rows.join("\n")}\n`, pool: "60" })
    await work({
      folder,
      sign: async (key, ...args) => {
        process.env["TEST_STATEMENT_KEY"] = key.privateKey
        const out = join(scratch, `${args[1]}.json`)
        return await runVerb(signVerb, [folder, ...args, "--key", "TEST_STATEMENT_KEY", "--out", out])
      },
      statements: async (...args) => await runVerb(statementsVerb, [folder, ...args]),
    })
  })
}

const fileOf = (run: VerbRun): string => (run.json as { file: string }).file

describe("the statements verb", () => {
  it("pays what links and redirects say, and both verifiers agree", async () => {
    await onStage(false, async ({ folder, sign, statements }) => {
      const link = await sign(OLD, OLD.address, "--link", NEW.address)
      expect(link.error).to.equal(undefined)
      const redirect = await sign(PAID, PAID.address, "--redirect", PAYEE.address, "--plain")
      for (const run of [link, redirect])
        expect((await statements("add", fileOf(run))).error).to.equal(undefined)
      expect((await runVerb(allocateVerb, [folder])).error).to.equal(undefined)
      const csv = await readFile(join(folder, "allocation.csv"), "utf8")
      expect(csv.trim().split("\n").slice(1).sort()).to.deep.equal(
        [`${NEW.address},10.000000000`, `${PAYEE.address},20.000000000`].sort(),
      )
      expect((await runVerb(buildVerb, [folder])).error).to.equal(undefined)
      const verified = await runVerb(verifyVerb, [folder])
      expect(verified.error).to.equal(undefined)
      expect(verified.lines.join("\n")).to.include("1 link, 1 redirect, signatures of keys verified")
      const python = startPythonVerifier()
      const theirs = await python.verify({ program: folder, proofs: join(folder, "proofs") })
      python.close()
      expect(theirs.findings).to.deep.equal([])
      const explained = async (address: string): Promise<string> =>
        (await runVerb(explainVerb, [folder, address])).lines.join("\n")
      expect(await explained(NEW.address)).to.include(`${OLD.address} is the same person, by its signed link`)
      expect(await explained(OLD.address)).to.include(`is linked to ${NEW.address} by a signed statement`)
      expect(await explained(PAYEE.address)).to.include(`by its signed redirect, instead of ${PAID.address}`)
    })
  })

  it("asks an eligible new address for its consent", async () => {
    await onStage(true, async ({ folder, sign, statements }) => {
      const link = fileOf(await sign(OLD, OLD.address, "--link", NEW.address))
      await statements("add", link)
      expect(String((await runVerb(allocateVerb, [folder])).error)).to.include(
        `links.jsonl:1: ${NEW.address} is eligible itself`,
      )
      await writeFile(join(folder, "links.jsonl"), "")
      const wrong = await sign(PAID, NEW.address, "--consent", link)
      expect(String(wrong.error)).to.include(`${NEW.address} has to sign`)
      const both = fileOf(await sign(NEW, NEW.address, "--consent", link))
      expect((await statements("add", both)).error).to.equal(undefined)
      expect((await runVerb(allocateVerb, [folder])).error).to.equal(undefined)
      const csv = await readFile(join(folder, "allocation.csv"), "utf8")
      expect(csv).to.include(`${NEW.address},40.000000000`)
    })
  })

  it("refuses a statement of another key, program or address, and writes nothing", async () => {
    await onStage(false, async ({ sign, statements }) => {
      expect(String((await sign(PAID, OLD.address, "--link", NEW.address)).error)).to.include("has to sign")
      const file = fileOf(await sign(OLD, OLD.address, "--link", NEW.address))
      const good = await readFile(file, "utf8")
      for (const [from, to, fault] of [
        ['"program":"list"', '"program":"other"', "is signed for other"],
        [NEW.address, PAYEE.address, "has to sign"],
      ] as const) {
        await writeFile(file, good.replace(from, to))
        const run = await statements("add", file)
        expect(run.status).to.equal(2)
        expect(String(run.error)).to.include(fault)
      }
      expect((await statements("list", "--json")).json).to.deep.equal({ statements: [] })
    })
  })

  it("names the line of a statement that was changed in the file, in both verifiers", async () => {
    await onStage(false, async ({ folder, sign, statements }) => {
      await statements("add", fileOf(await sign(OLD, OLD.address, "--link", NEW.address)))
      await runVerb(allocateVerb, [folder])
      await runVerb(buildVerb, [folder])
      const path = join(folder, "links.jsonl")
      await writeFile(path, (await readFile(path, "utf8")).replace(NEW.address, toChecksum(accountOf(PAYEE))))
      const ours = await runVerb(verifyVerb, [folder])
      expect(ours.status).to.equal(1)
      expect(ours.lines.join("\n")).to.match(/links\.jsonl:1: .*has to sign/)
      const python = startPythonVerifier()
      const theirs = await python.verify({ program: folder, proofs: join(folder, "proofs") })
      python.close()
      expect(theirs.findings[0]?.problem).to.match(/links\.jsonl: line 1: .*not by/)
      await appendFile(path, "{")
      expect((await runVerb(verifyVerb, [folder])).status).to.equal(1)
    })
  })

  it("prints what another wallet signs, and the line that then holds its signature", async () => {
    await onStage(false, async ({ folder, statements }) => {
      const { lines, json } = await statements("message", "link", OLD.address, NEW.address)
      const [, text = "", typed = "", unsigned = ""] = lines.join("\n").split("\n\n")
      expect(text).to.match(/^Airdrop program: list \(chain 42161\)\nThe addresses/)
      const typedData = JSON.parse(typed.split("\n")[1] ?? "") as TypedData
      const line = JSON.parse(unsigned.split("\n")[1] ?? "") as object
      expect(json).to.deep.include({ message: text, typedData, statement: line })
      const { domain, types, message } = typedData
      // ethers adds the type of the domain by itself.
      const own = Object.fromEntries(Object.entries(types).filter(([name]) => name !== "EIP712Domain"))
      const signatures = {
        eip191: await OLD.signMessage(text),
        eip712: await OLD.signTypedData(domain, own, message),
      }
      for (const [scheme, signature] of Object.entries(signatures)) {
        const path = join(folder, "signed.json")
        await writeFile(path, JSON.stringify({ ...line, scheme, signature }))
        expect((await statements("add", path)).error).to.equal(undefined)
        await rm(join(folder, "links.jsonl"))
      }
    })
  })
})
