import { spawn } from "node:child_process"
import { once } from "node:events"
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { createReadStream, rmSync } from "node:fs"
import { join } from "node:path"
import { CarReader } from "@ipld/car"
import { StandardMerkleTree } from "@openzeppelin/merkle-tree"
import { expect } from "chai"
import { parseAddress } from "../../../scripts/core/primitives/address.ts"
import { checkClaim, parseClaimFile } from "../../../scripts/core/publication/claim-file.ts"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { accountOf, amountOf } from "../../../scripts/core/merkle/leaf-list.ts"
import { parseManifest } from "../../../scripts/core/publication/manifest.ts"
import { writeCar } from "../../../scripts/stages/publication/car.ts"
import { checkPublished } from "../../../scripts/stages/publication/check-published.ts"
import { publish } from "../../../scripts/stages/publication/publish.ts"
import {
  readManifest,
  readPublishedClaim,
  readPublishedList,
} from "../../../scripts/stages/publication/read-publication.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { inScratch } from "../../support/scratch.ts"
import { allocateAndBuild, filesOf, madeUpPublication, writeStakingProgram } from "../../support/published.ts"

describe("A publication", () => {
  it("is the same to the byte on 1, 2 and 4 threads", async () => {
    await inScratch(async (scratch) => {
      const outcomes = []
      for (const threads of [1, 2, 4]) {
        const folder = join(scratch, threads.toString())
        await publish(folder, await madeUpPublication(1500, { threads }))
        outcomes.push(await filesOf(folder))
      }
      expect(outcomes[1]).to.deep.equal(outcomes[0])
      expect(outcomes[2]).to.deep.equal(outcomes[0])
    })
  })

  it("has a tree.json that OpenZeppelin's library loads and proves with", async () => {
    await inScratch(async (scratch) => {
      const publication = await madeUpPublication(130)
      await publish(scratch, publication)
      const dump = JSON.parse(await readFile(join(scratch, "tree.json"), "utf8")) as Parameters<
        typeof StandardMerkleTree.load
      >[0]
      const tree = StandardMerkleTree.load(dump)
      tree.validate()
      expect(tree.root).to.equal(toHex(publication.tree.root))
      expect(tree.getProof(77)).to.deep.equal(publication.tree.proof(77).map(toHex))
    })
  })

  it("has a claim of its own for every address, named in lower case, with a proof that holds", async () => {
    await inScratch(async (scratch) => {
      const { list, tree, origin } = await madeUpPublication(300)
      await publish(scratch, await madeUpPublication(300))
      for (const row of [0, 1, 150, 299]) {
        const account = accountOf(list, row)
        const text = await readFile(join(scratch, "claims", `${account}.json`), "utf8")
        const read = parseClaimFile(JSON.parse(text), "claim")
        if (!("claim" in read)) throw new Error("no claim")
        checkClaim(read.claim, toHex(tree.root))
        expect(read.claim).to.include({
          account,
          index: row,
          amount: amountOf(list, row),
          contract: origin.contract,
        })
      }
    })
  })

  it("answers from a shard where there are no claims, and says that an address is not on the list", async () => {
    await inScratch(async (scratch) => {
      const publication = await madeUpPublication(700, { claims: false })
      await publish(scratch, publication)
      const manifest = await readManifest(scratch)
      const account = accountOf(publication.list, 345)
      const answer = await readPublishedClaim(scratch, manifest, account)
      if (!("claim" in answer)) throw new Error("no claim")
      checkClaim(answer.claim, manifest.root)
      expect(answer.claim.amount).to.equal(amountOf(publication.list, 345))
      const stranger = parseAddress(`0x${"ab".repeat(20)}`)
      expect(await readPublishedClaim(scratch, manifest, stranger)).to.deep.equal({ noClaim: undefined })
    })
  })

  it("can be rebuilt from its list alone, and verifies by itself", async () => {
    await inScratch(async (scratch) => {
      for (const kind of ["automatic", "reserve"] as const) {
        const folder = join(scratch, kind)
        const publication = await madeUpPublication(400, { kind })
        const manifest = await publish(folder, publication)
        expect(await readManifest(folder)).to.deep.equal(
          parseManifest(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"))),
        )
        const list = await readPublishedList(folder, manifest)
        expect(Buffer.compare(list.accounts, publication.list.accounts)).to.equal(0)
        expect(Buffer.compare(list.amounts, publication.list.amounts)).to.equal(0)
        expect(await checkPublished(folder)).to.deep.include({ proven: 400, findings: [] })
      }
    })
  })

  it("replaces an earlier publication completely, and keeps a reserve within it", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "proofs")
      await publish(folder, await madeUpPublication(60))
      await publish(join(folder, "reserve"), await madeUpPublication(5, { kind: "reserve" }))
      const reserve = await filesOf(join(folder, "reserve"))
      await publish(folder, await madeUpPublication(50))
      expect(await filesOf(join(folder, "reserve"))).to.deep.equal(reserve)
      expect((await checkPublished(folder)).findings).to.deep.equal([])
    })
  })

  it("stays as it was when the next one is interrupted", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "proofs")
      await publish(folder, await madeUpPublication(60))
      const before = await filesOf(folder)
      const next = await madeUpPublication(80)
      let made = 0
      const interrupted = publish(folder, next, () => {
        if (++made === 40) throw new Error("power cut")
      })
      expect(await interrupted.then(() => "published", String)).to.equal("Error: power cut")
      expect(await filesOf(folder)).to.deep.equal(before)
      await access(folder)
    })
  })

  it("stays as it was when the process that publishes is killed", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "proofs")
      await publish(folder, await madeUpPublication(60))
      const before = await filesOf(folder)
      const script = join(PROJECT_ROOT, "test", "support", "publish-slowly.ts")
      const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder, "3000"])
      const signal = await new Promise((resolve) => {
        child.stdout.once("data", () => child.kill("SIGKILL"))
        child.once("exit", (_code, by) => {
          resolve(by)
        })
      })
      expect(signal).to.equal("SIGKILL")
      expect(await filesOf(folder)).to.deep.equal(before)
      await publish(folder, await madeUpPublication(50))
      expect(await checkPublished(folder)).to.deep.include({ proven: 50, findings: [] })
    })
  })

  it("is restored by the next run when a process was killed between moving the old and placing the new", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "proofs")
      await publish(folder, await madeUpPublication(60))
      const before = await filesOf(folder)
      const script = join(PROJECT_ROOT, "test", "support", "publish-killed.ts")
      const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder, "50"])
      expect(await once(child, "exit")).to.deep.equal([null, "SIGKILL"])
      expect(await readdir(scratch)).to.not.include("proofs")
      const failing = publish(folder, await madeUpPublication(40), () => {
        throw new Error("power cut")
      })
      expect(await failing.then(() => "published", String)).to.equal("Error: power cut")
      expect(await filesOf(folder)).to.deep.equal(before)
    })
  })

  it("does not replace a folder with other files", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "proofs")
      await publish(folder, await madeUpPublication(3))
      await writeFile(join(folder, "thesis.txt"), "ten years")
      const refused = await publish(folder, await madeUpPublication(4)).catch(String)
      expect(refused).to.match(/proofs holds thesis\.txt, which is not of a publication written before$/)
      expect(await readFile(join(folder, "thesis.txt"), "utf8")).to.equal("ten years")
      const file = await publish(join(folder, "thesis.txt"), await madeUpPublication(4)).catch(String)
      expect(file).to.match(/thesis\.txt is a file, but the output needs a folder there$/)
    })
  })

  it("makes the same archive again and again, and leaves the old one when it fails", async () => {
    await inScratch(async (scratch) => {
      const publication = await madeUpPublication(200)
      const [first, second] = [join(scratch, "a.car"), join(scratch, "b.car")]
      const cid = await writeCar(first, publication)
      expect(await writeCar(second, publication)).to.equal(cid)
      const bytes = await readFile(first)
      expect(bytes.equals(await readFile(second))).to.equal(true)
      const failing = writeCar(first, publication, () => {
        throw new Error("disk full")
      })
      expect(await failing.then(() => "written", String)).to.equal("Error: disk full")
      expect(bytes.equals(await readFile(first))).to.equal(true)
    })
  })

  it("reports in one line that an archive cannot be written, and removes its parts", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "archives")
      const gone = writeCar(join(folder, "a.car"), await madeUpPublication(200), () => {
        rmSync(folder, { recursive: true, force: true })
      })
      expect(await gone.then(() => "written", String)).to.match(
        /^AirdropError: .*a\.car cannot be written: no such file/,
      )
      // A limit on the size of files fails in the middle, as a full disk does, and anybody may set it.
      await writeStakingProgram(scratch)
      await allocateAndBuild(scratch)
      const before = [...(await filesOf(scratch)).keys()]
      const script = `trap '' XFSZ; ulimit -f 4; exec "$0" "$@"`
      const args = ["-c", script, process.execPath, join(PROJECT_ROOT, "scripts/cli.ts"), "build", scratch]
      const child = spawn("sh", [...args, "--car-only"], { stdio: ["ignore", "ignore", "pipe"] })
      let said = ""
      child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()))
      const status = await new Promise((resolve) => child.once("close", resolve))
      expect(said).to.match(/^airdrop: .*proofs\.car cannot be written: file too large\n.*Make room.*\n$/m)
      expect(said).not.to.match(/unexpected|^ +at /m)
      expect(status).to.equal(1)
      expect([...(await filesOf(scratch)).keys()]).to.deep.equal(before)
    })
  })

  it("has an archive that holds the very bytes of the folder under its CID", async () => {
    await inScratch(async (scratch) => {
      const publication = await madeUpPublication(200)
      const folder = join(scratch, "proofs")
      await publish(folder, publication)
      const cid = await writeCar(join(scratch, "proofs.car"), publication)
      const reader = await CarReader.fromIterable(createReadStream(join(scratch, "proofs.car")))
      const roots = await reader.getRoots()
      expect(roots.map(String)).to.deep.equal([cid])
      const blocks = new Set<string>()
      for await (const { bytes } of reader.blocks()) blocks.add(Buffer.from(bytes).toString("latin1"))
      for (const [path, content] of await filesOf(folder)) expect(blocks.has(content), path).to.equal(true)
    })
  })

  it("is refused where a file cannot be replaced, and nothing half-made is left behind", async () => {
    await inScratch(async (scratch) => {
      const folder = join(scratch, "file", "proofs")
      await mkdir(scratch, { recursive: true })
      await writeFile(join(scratch, "file"), "in the way")
      const failed = await publish(folder, await madeUpPublication(3)).then(
        () => false,
        () => true,
      )
      expect(failed).to.equal(true)
      expect([...(await filesOf(scratch)).keys()]).to.deep.equal(["file"])
    })
  })
})
