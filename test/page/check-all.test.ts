import { expect } from "chai"
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as attest from "../../scripts/commands/statements/attest.ts"
import { ATTESTATIONS_FILE } from "../../scripts/core/statements/attestation.ts"
import { launchChromium } from "../../scripts/dev/rigs/chromium.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { buildPage } from "../../scripts/stages/page/build-page.ts"
import { HEADERS_NAME } from "../../scripts/stages/page/hosting.ts"
import { servePage, type PageServer } from "../../scripts/stages/page/serve.ts"
import { publish, RESERVE } from "../../scripts/stages/publication/publish.ts"
import { readManifest } from "../../scripts/stages/publication/read-publication.ts"
import { publicationOfReserve } from "../../scripts/stages/reserve/make-reserve.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { parseAddress } from "../../scripts/core/primitives/address.ts"
import { ascendingList, writeAmountsProgram } from "../support/amounts-program.ts"
import { runVerb } from "../support/run-verb.ts"
import { keyOf } from "../support/statements.ts"

const PROGRAM = join(PROJECT_ROOT, "programs", "sample")
const PROOFS = join(PROJECT_ROOT, "proofs", "sample")
const RPC = "http://127.0.0.1:61234/"
const GRANTED = parseAddress(`0x${"ab".repeat(20)}`)
const CLAIM_FILE = "claims/0x14dc79964da2c08b23698b3d3cc7ca32193d9955.json"

/** The page's output after a check of everything. */
interface Outcome {
  /** The verdict of each check, by its name. */
  readonly verdicts: Readonly<Record<string, string>>
  readonly text: string
  readonly end: string
  readonly requests: readonly string[]
}

describe("the check of everything on the claim page", () => {
  let folder = ""
  let built = ""
  let browser: Browser
  let server: PageServer

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-check-"))
    built = join(folder, "page")
    const proofs = join(folder, "proofs")
    await cp(PROOFS, proofs, { recursive: true })
    const loaded = await loadProgram(PROGRAM)
    const { contract } = await readManifest(proofs)
    await publish(
      join(proofs, RESERVE),
      publicationOfReserve(loaded, new Map([[GRANTED, 5_000_000_000n]]), contract),
    )
    await buildPage(built, {
      title: "Sample",
      rpcUrls: [RPC],
      deployment: undefined,
      network: undefined,
      publication: proofs,
      program: PROGRAM,
    })
    ;[browser, server] = await Promise.all([launchChromium(), servePage(built)])
  })
  after(async () => {
    await browser.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function opened(url = server.url): Promise<{ page: Page; requests: string[]; complaints: string[] }> {
    const page = await browser.newPage({ locale: "en-GB" })
    page.setDefaultTimeout(60_000)
    const requests: string[] = []
    const complaints: string[] = []
    page.on("request", (request) => requests.push(request.url()))
    page.on("pageerror", (error) => complaints.push(error.message))
    page.on("console", (message) => {
      // The browser writes by itself that a request has failed, and the RPC here never answers.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource:"))
        complaints.push(message.text())
    })
    await page.route(`${RPC}**`, async (route) => {
      await route.abort()
    })
    await page.goto(url)
    return { page, requests, complaints }
  }

  async function checked(url = server.url): Promise<Outcome> {
    const { page, requests, complaints } = await opened(url)
    await page.click("#check-everything")
    const end = await page.locator("#check-all-end").innerText()
    const verdicts: Record<string, string> = {}
    for (const line of await page.locator(".all-lines > li").all()) {
      verdicts[(await line.getAttribute("data-check")) ?? ""] =
        (await line.getAttribute("data-verdict")) ?? ""
    }
    const text = (await page.locator("#check-all").innerText()).replaceAll("\u00a0", " ")
    await page.close()
    expect(complaints).to.deep.equal([])
    return { verdicts, text, end, requests }
  }

  it("finds everything right, and asks no server but its own folder", async () => {
    const { verdicts, text, end, requests } = await checked()
    expect(verdicts).to.deep.equal({
      inputs: "good",
      evidence: "good",
      amounts: "good",
      list: "good",
      address: "good",
      files: "good",
      reserve: "good",
      attestations: "none",
    })
    expect(end).to.match(/^Checked in [0-9.]+ s\. Everything fits together\.$/)
    expect(text).to.include("Amounts that follow from the rules: 16, 350,000 SESH in all.")
    expect(text).to.include("Grants with this fingerprint: 1, 5 SESH in all.")
    const elsewhere = requests.filter((url) => !url.startsWith(server.url) && !url.startsWith(RPC))
    expect(elsewhere).to.deep.equal([])
  })

  const changed = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to)
  const alterations: readonly (readonly [
    what: string,
    file: string,
    alter: (text: string) => string,
    check: string,
    named: RegExp,
  ])[] = [
    [
      "a rule",
      "inputs/program.json",
      changed('"350000"', '"350001"'),
      "inputs",
      /program\.json has the SHA-256/,
    ],
    [
      "a stake",
      "inputs/snapshot.json",
      changed(/"stake":"(\d)/, '"stake":"9$1'),
      "evidence",
      /snapshot\.json node \d+: contributor 0: stake is 9\d+ in the snapshot, but \d+ on the chain/,
    ],
    [
      "a recipient",
      "inputs/recipients.csv",
      changed(/\n0x\w+\n/, "\n"),
      "inputs",
      /recipients\.csv has the SHA-256/,
    ],
    [
      "an amount of the allocation",
      "inputs/allocation.csv",
      changed(/,(\d)/, ",9$1"),
      "amounts",
      /allocation\.csv line 2 is .* recomputed it is/,
    ],
    [
      "an amount of the list",
      "allocations.csv",
      changed(/,(\d+\.)/, ",9$1"),
      "files",
      /allocations\.csv line 2 is .* recomputed it is/,
    ],
    [
      "a proof",
      CLAIM_FILE,
      changed(/"0x[0-9a-f]{2}/g, '"0x00'),
      "files",
      /claims\/0x14dc\w+\.json line \d+ is/,
    ],
    ["a shard", "shards/a.json", (text) => `${text}\n`, "files", /shards\/a\.json goes on after its end/],
    [
      "a grant",
      "reserve/allocations.csv",
      changed(",5.000000000", ",6.000000000"),
      "reserve",
      /reserve\/(manifest\.json|tree\.json) line \d+/,
    ],
  ]
  for (const [what, file, alter, check, named] of alterations) {
    it(`names the file when ${what} was changed`, async () => {
      const path = join(built, "data", file)
      const text = await readFile(path, "utf8")
      expect(alter(text)).to.not.equal(text)
      await writeFile(path, alter(text))
      try {
        const outcome = await checked()
        expect(outcome.verdicts[check]).to.equal("bad")
        expect(outcome.text).to.match(named)
        expect(outcome.end).to.include("do not claim with this page")
      } finally {
        await writeFile(path, text)
      }
    })
  }

  it("names a file that is missing", async () => {
    const path = join(built, "data", "shards", "3.json")
    await rename(path, `${path}.away`)
    try {
      const { verdicts, text } = await checked()
      expect(verdicts["files"]).to.equal("bad")
      expect(text).to.include("shards/3.json is missing")
    } finally {
      await rename(`${path}.away`, path)
    }
  })

  it("says that it could not finish where a file cannot be loaded, and checks again on demand", async () => {
    const { page, complaints } = await opened()
    await page.route("**/shards/3.json", async (route) => {
      await route.fulfill({ status: 503 })
    })
    await page.click("#check-everything")
    expect(await page.locator("#check-all-end").innerText()).to.include(
      "could not be finished: shards/3.json",
    )
    await page.unroute("**/shards/3.json")
    await page.getByRole("button", { name: "Check again" }).click()
    await page.getByText("Everything fits together").waitFor()
    await page.close()
    expect(complaints).to.deep.equal([])
  })

  it("ends at once when it is cancelled", async () => {
    const { page } = await opened()
    await page.route("**/inputs/recipients.csv", () => undefined)
    const [worker] = await Promise.all([page.waitForEvent("worker"), page.click("#check-everything")])
    const ended = worker.waitForEvent("close")
    await page.getByRole("button", { name: "Cancel" }).click()
    await ended
    expect(await page.locator("#check-all").count()).to.equal(0)
    await page.close()
  })

  it("says so where the inputs are not published", async () => {
    const bare = join(folder, "bare")
    await buildPage(bare, {
      title: "Bare",
      rpcUrls: [RPC],
      deployment: undefined,
      network: undefined,
      publication: PROOFS,
    })
    const other = await servePage(bare)
    const { page } = await opened(other.url)
    await page.click("#check-everything")
    await page.locator("#check-all-end").waitFor()
    const said = (await page.locator("#check-all").innerText()).replaceAll("\u00a0", " ")
    expect(said).to.include("inputs are not published with this page")
    expect(said).to.match(/Recipients: 16\. Their amounts have the fingerprint/)
    expect(said).to.match(/\d+ files follow from the list, each proof included/)
    expect(await page.innerText("#check-all-end")).to.include("the amounts could not be computed again")
    expect(said).to.include("contract address and outsiders’ signatures cannot be checked without them")
    // One amount of the list, and one byte of a file with proofs: each is found by its file's name.
    const data = join(bare, "data")
    const [shard = ""] = await readdir(join(data, "shards"))
    for (const [file, from, to, named] of [
      ["allocations.csv", /^0,(0x\w{40}),\d/m, "0,$1,9", "allocations.csv"],
      [join("shards", shard), /0x[0-9a-f]/, "0xg", shard],
      [CLAIM_FILE, /"0x[0-9a-f]{64}"/, `"0x${"0".repeat(64)}"`, CLAIM_FILE],
    ] as const) {
      const text = await readFile(join(data, file), "utf8")
      await writeFile(join(data, file), text.replace(from, to))
      await page.reload()
      await page.click("#check-everything")
      await page.locator("#check-all-end").waitFor()
      expect(await page.innerText("#check-all-end")).to.include("do not claim with this page")
      expect(await page.locator("#check-all").innerText()).to.include(named)
      await writeFile(join(data, file), text)
    }
    await page.close()
    await other.close()
  })

  it("checks the same where the host forbids WebAssembly and a second worker", async () => {
    const strict = join(folder, "strict")
    await cp(built, strict, { recursive: true })
    const path = join(strict, HEADERS_NAME)
    const policy = "script-src 'self'; worker-src 'none';"
    const headers = await readFile(path, "utf8")
    await writeFile(path, headers.replace("frame-ancestors", `${policy} frame-ancestors`))
    const other = await servePage(strict)
    const { page, complaints } = await opened(other.url)
    // The page itself may start the first worker, whose own policy is that of its script.
    await page.route(other.url, async (route) => {
      await route.fulfill({ contentType: "text/html", path: join(strict, "index.html") })
    })
    await page.reload()
    await page.click("#check-everything")
    await page.getByText("Everything fits together").waitFor()
    const [worker, ...others] = page.workers()
    expect(others).to.deep.equal([])
    const compiled =
      "WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).catch(({ message }) => message)"
    expect(await worker?.evaluate(compiled)).to.include("Content Security Policy")
    expect(complaints).to.deep.equal([])
    expect(await page.locator('.all-lines > li[data-verdict="good"]').count()).to.equal(7)
    await page.close()
    await other.close()
  })

  it("names the outsiders who have signed the list, and a line that was changed", async () => {
    const program = join(folder, "attested")
    await writeAmountsProgram(program, { csv: ascendingList(5), pool: "15" })
    const file = join(program, "program.json")
    const text = JSON.parse(await readFile(file, "utf8")) as object
    const keys = [keyOf(1), keyOf(2), keyOf(3)]
    const attesters = keys.map(({ address }, i) => ({ name: `Auditor ${i + 1}`, address }))
    await writeFile(file, JSON.stringify({ ...text, attestation: { attesters, required: 0 } }))
    for (const verb of [allocate, build]) expect((await runVerb(verb, [program])).error).to.equal(undefined)
    for (const { privateKey } of keys.slice(0, 2)) {
      process.env["TEST_ATTEST_KEY"] = privateKey
      expect((await runVerb(attest, [program, "--key", "TEST_ATTEST_KEY"])).error).to.equal(undefined)
    }
    const made = join(folder, "attested-page")
    await buildPage(made, {
      title: "Attested",
      rpcUrls: [RPC],
      deployment: undefined,
      network: undefined,
      publication: join(program, "proofs"),
      program,
    })
    const other = await servePage(made)
    try {
      const good = await checked(other.url)
      expect(good.verdicts["attestations"]).to.equal("good")
      expect(good.text).to.include("who have recomputed and signed the list: 2.")
      expect(good.text).to.include("Auditor 1, Auditor 2")
      const path = join(made, "data", ATTESTATIONS_FILE)
      const lines = (await readFile(path, "utf8")).split("\n")
      await writeFile(path, [lines[0], lines[1]?.replace('"total":"1', '"total":"2'), ""].join("\n"))
      const bad = await checked(other.url)
      expect(bad.verdicts["attestations"]).to.equal("bad")
      expect(bad.text).to.match(/attestations\.jsonl:2 is not signed by 0x/)
    } finally {
      await other.close()
    }
  })

  it("runs in a page that was opened from a disk, over the folder chosen there", async () => {
    const { page, complaints } = await opened(`file://${join(built, "index.html")}`)
    await page.setInputFiles("#folder-input", join(built, "data"))
    await page.click("#check-everything")
    await page.getByText("Everything fits together").waitFor()
    expect(await page.locator('.all-lines > li[data-verdict="good"]').count()).to.equal(7)
    await page.close()
    expect(complaints).to.deep.equal([])
  })
})
