import { expect } from "chai"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { CarReader } from "@ipld/car"
import * as page from "../../scripts/commands/page.ts"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { buildPage, type PageTerms } from "../../scripts/stages/page/build-page.ts"
import { keccak256 as coreKeccak } from "../../scripts/core/primitives/keccak.ts"
import { toHex } from "../../scripts/core/primitives/bytes.ts"
import { en, type TextKey, type Texts } from "../../web/src/text/en.ts"
import { LANGUAGES } from "../../scripts/core/publication/page-languages.ts"
import { isLanguage, preferredLanguage } from "../../web/src/text/language.ts"
import { compileKeccak, keccak256 as checkKeccak } from "../../web/src/check/keccak.ts"
import { keccak256 } from "../../web/src/keccak.ts"
import { writeFolderCar } from "../../scripts/stages/publication/folder-cid.ts"
import { claimPages } from "../support/claim-pages.ts"
import { expectError, expectRejected } from "../support/errors.ts"
import { runVerb } from "../support/run-verb.ts"

/** Bytes of compressed script that the first look-up may take. */
const BUDGET = 45_000

describe("building the claim page", () => {
  const { site } = claimPages()
  let folder = ""

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-build-"))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })
  const terms = (given: Partial<PageTerms> = {}): PageTerms => ({
    title: "T",
    rpcUrls: ["https://rpc.example/"],
    deployment: undefined,
    network: undefined,
    publication: join(site().folder, "data"),
    ...given,
  })

  it("gives the same files and fingerprint every time", async () => {
    const [one, two] = [join(folder, "one"), join(folder, "two")]
    const first = await buildPage(one, terms())
    const second = await buildPage(two, terms())
    expect(first.fingerprint).to.equal(second.fingerprint)
    for (const name of await readdir(one)) {
      if (name !== "data")
        expect(await readFile(join(one, name))).to.deep.equal(await readFile(join(two, name)))
    }
    const other = await buildPage(two, terms({ title: "<script>&" }))
    expect(other.fingerprint).to.not.equal(first.fingerprint)
    expect(await readFile(join(two, "index.html"), "utf8")).to.include("<title>&lt;script&gt;&amp;</title>")
  })

  it("has the program's own mark and description, and nothing left to fill in", async () => {
    const icon = join(folder, "mark.svg")
    const mark = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>\n'
    await writeFile(icon, mark)
    const own = join(folder, "own")
    const { fingerprint } = await buildPage(own, terms({ icon, description: 'Rewards "for" all' }))
    expect(await readFile(join(own, "icon.svg"), "utf8")).to.equal(mark)
    expect(fingerprint).to.not.equal((await buildPage(join(folder, "neutral"), terms())).fingerprint)
    const html = await readFile(join(own, "index.html"), "utf8")
    expect(html).to.not.match(/%[A-Z]+%/)
    expect(html).to.include('<meta name="description" content="Rewards &quot;for&quot; all" />')
    expect(html).to.include('<meta property="og:description" content="Rewards &quot;for&quot; all" />')
    expect(html).to.include('<p class="lead">Rewards &quot;for&quot; all</p>')
    for (const [what, text] of [
      ["another format", "\u0089PNG"],
      ["a script", "<svg><script>alert(1)</script></svg>"],
      ["a handler", '<svg onload="alert(1)"></svg>'],
      ["a link to a script", '<svg><a href="javascript:alert(1)"/></svg>'],
      ["a page within", "<svg><foreignObject></foreignObject></svg>"],
      ["too much", `<svg>${" ".repeat(70_000)}</svg>`],
    ] as const) {
      await writeFile(icon, text)
      const error = await expectRejected(buildPage(own, terms({ icon })), "file-format")
      expect(error.message, what).to.include("mark.svg")
    }
    expect(await readFile(join(own, "icon.svg"), "utf8")).to.equal(mark)
  })

  it("keeps the first look-up within its budget, and has no inline script or style and no address of elsewhere", async () => {
    const read = async (name: string): Promise<string> => await readFile(join(site().folder, name), "utf8")
    const first = gzipSync(await read("page.js")).length
    expect(first).to.be.lessThan(BUDGET)
    const all = site().page.files.filter(({ name }) => name.endsWith(".js"))
    expect(all.map(({ name }) => name)).to.include.members([
      "page.js",
      "more.js",
      "check.js",
      "claim.js",
      "text-de.js",
      "text-ar.js",
    ])
    const html = await read("index.html")
    expect(html).to.not.match(/<style|style=|<script(?![^>]*src=)|\son[a-z]+=/)
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to)).to.deep.equal([
      "./icon.svg",
      "./style.css",
      "./page.js",
      "./icon.svg",
    ])
    expect(await read("style.css")).to.not.match(/url\(|@import/)
  })

  it("refuses terms with which a page could not work, and keeps the old page", async () => {
    const out = join(folder, "kept")
    await buildPage(out, terms())
    const before = await readFile(join(out, "index.html"), "utf8")
    const failing = async (given: Partial<PageTerms>, words: RegExp): Promise<void> => {
      const error: unknown = await buildPage(out, terms(given)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).to.be.instanceOf(Error).with.property("message").that.matches(words)
    }
    await failing({ publication: join(folder, "nowhere") }, /manifest\.json: does not exist/)
    await failing({ rpcUrls: ["http://rpc.example/"] }, /is not an RPC that a page may use/)
    for (const contact of ["team@example.org", "javascript:alert(1)", "http://a.example/", "mailto:team"])
      await failing({ contact }, /is not a contact that a page may link to/)
    await failing({ publication: join(site().folder, "data/reserve") }, /of the reserve tranche/)
    const elsewhere = { address: SESSION.token, block: 1 }
    await failing(
      { deployment: elsewhere },
      /the contract is deployed at 0x10Ea.*, but the published files name/,
    )
    const open = join(folder, "open")
    await cp(join(site().folder, "data"), open, { recursive: true })
    const manifest = await readFile(join(open, "manifest.json"), "utf8")
    await writeFile(
      join(open, "manifest.json"),
      manifest.replace(/"contract": "0x.{40}"/, '"contract": null'),
    )
    await failing({ publication: open }, /name no contract/)
    await writeFile(join(open, "manifest.json"), manifest.replace('"chainId": 42161', '"chainId": 5'))
    await failing({ publication: open, rpcUrls: [] }, /no RPC of Chain 5 is known here/)
    expect(await readFile(join(out, "index.html"), "utf8")).to.equal(before)
  })

  it("does not replace a folder that is not a page, or holds other files", async () => {
    const out = join(folder, "precious")
    const refused = async (): Promise<string> => await buildPage(out, terms()).then(() => "built", String)
    await mkdir(out)
    await writeFile(join(out, "index.html"), "<h1>My own site</h1>")
    expect(await refused()).to.match(
      /precious holds index\.html, which is not of a claim page written before$/,
    )
    await rm(join(out, "index.html"))
    await buildPage(out, terms())
    for (const name of ["photo.jpg", "data/photo.jpg"]) {
      await writeFile(join(out, name), "a child")
      expect(await refused()).to.match(/holds photo\.jpg, which is not of a claim page written before$/)
      expect(await readFile(join(out, name), "utf8")).to.equal("a child")
      await rm(join(out, name))
    }
    await buildPage(out, terms())
  })

  it("is written as an IPFS archive too, with every file of its folder", async () => {
    const program = join(folder, "archived")
    await cp(join(site().folder, "data"), join(program, "proofs"), { recursive: true })
    await cp(join(PROJECT_ROOT, "programs/sample/program.json"), join(program, "program.json"))
    const out = join(folder, "archived-page")
    const made = await runVerb(page, [program, "--out", out, "--rpc", site().rpc.url, "--car", "--json"])
    expect(String(made.error)).to.equal("undefined")
    const { car, cid } = made.json as { car: string; cid: string }
    expect(car).to.equal(`${out}.car`)
    const again = await writeFolderCar(join(folder, "again.car"), out)
    expect(cid).to.equal(again)
    const reader = await CarReader.fromBytes(await readFile(car))
    expect((await reader.getRoots()).map(String)).to.deep.equal([cid])
    const names: string[] = []
    for await (const { bytes } of reader.blocks()) names.push(Buffer.from(bytes).toString("latin1"))
    for (const name of ["index.html", "page.js", "manifest.json", "nginx.conf", "contents.json"])
      expect(
        names.some((bytes) => bytes.includes(name)),
        name,
      ).to.equal(true)
    await writeFile(car, "a will")
    const refused = await runVerb(page, [program, "--out", out, "--rpc", site().rpc.url, "--car"])
    expectError(refused.error, "file-exists")
    expect(await readFile(car, "utf8")).to.equal("a will")
  })

  it("is made by the verb page, which says the fingerprint that the page shows, and serves it", async () => {
    const program = join(folder, "program")
    await cp(join(site().folder, "data"), join(program, "proofs"), { recursive: true })
    await cp(join(PROJECT_ROOT, "programs/sample/program.json"), join(program, "program.json"))
    const out = join(folder, "by-verb")
    const options = ["page", program, "--out", out, "--rpc", site().rpc.url, "--serve", "--port", "0"]
    const child = spawn(process.execPath, [join(PROJECT_ROOT, "scripts/cli.ts"), ...options])
    try {
      let text = ""
      for await (const chunk of child.stdout) {
        text += String(chunk)
        if (text.includes("served at")) break
      }
      const { fingerprint, config } = await buildPage(
        join(folder, "again"),
        terms({
          title: "Sample",
          description:
            "A small program over a made-up network that holds every case a snapshot has to get right.",
          rpcUrls: [site().rpc.url],
          network: { stakingContract: SESSION.rewards, rewardPool: SESSION.pool },
        }),
      )
      expect(text).to.include(`fingerprint  ${fingerprint}`)
      expect(text).to.include(toChecksum(config.contract))
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(text)?.[0] ?? ""
      expect(await (await fetch(url)).text()).to.equal(await readFile(join(out, "index.html"), "utf8"))
      expect((await fetch(`${url}data/manifest.json`)).status).to.equal(200)
      expect((await fetch(`${url}..%2f..%2fetc/passwd`)).status).to.equal(404)
    } finally {
      child.kill("SIGTERM")
    }
    const [status] = (await once(child, "exit")) as [number | null]
    expect(status).to.equal(0)
  })

  it("hashes in the page as the core does, and in the check before and after it has compiled", async () => {
    const expectAlike = (own: typeof keccak256): void => {
      for (const length of [0, 1, 64, 96, 135, 136, 137, 500]) {
        const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) & 255)
        expect(toHex(own(bytes))).to.equal(toHex(coreKeccak(bytes)))
      }
    }
    expectAlike(keccak256)
    expectAlike(checkKeccak)
    await compileKeccak()
    expectAlike(checkKeccak)
  })

  it("has in every language the same words to fill in, and no text left in English", async () => {
    const holes = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join()
    for (const code of Object.keys(LANGUAGES)) {
      if (code === "en") continue
      const texts = ((await import(`../../web/src/text/${code}.ts`)) as Readonly<Record<string, Texts>>)[code]
      expect(Object.keys(texts ?? {})).to.have.members(Object.keys(en))
      const keys = Object.keys(en) as TextKey[]
      for (const key of keys) expect(holes(texts?.[key] ?? ""), `${code} ${key}`).to.equal(holes(en[key]))
      const same = keys.filter((key) => texts?.[key] === en[key] && en[key].length > 12)
      expect(same, `${code} as in English`).to.deep.equal([])
    }
  })

  it("takes the first of the browser's languages that it has", () => {
    expect(preferredLanguage(["pt-BR", "fr-CA", "en"])).to.equal("fr")
    expect(preferredLanguage(["pt"])).to.equal("en")
    expect(isLanguage("toString")).to.equal(false)
  })
})
