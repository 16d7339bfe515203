import axe from "axe-core"
import { expect } from "chai"
import { existsSync } from "node:fs"
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { testAddress, writeAmountsProgram } from "../support/amounts-program.ts"
import { installDebianPackages } from "../../scripts/dev/rigs/debian-packages.ts"
import { launchChromium } from "../../scripts/dev/rigs/chromium.ts"
import { statusPage } from "../../scripts/core/report/status-page.ts"
import { madeUpStatus } from "../support/made-up-status.ts"
import { programOf } from "../support/made-up.ts"
import { runVerb } from "../support/run-verb.ts"

/** The folder for the pictures, which people look at. */
const PICTURES = join(PROJECT_ROOT, ".cache", "page-pictures")
const WIDTHS = { narrow: 400, wide: 1200 }
const ACCOUNTS = 20_000
const SAMPLE = join(PROJECT_ROOT, "programs", "sample")
const STAKES = join(PROJECT_ROOT, "test", "fixtures", "programs", "stakes")

/** The usual fonts of a Linux desktop: the Debian package of each, and a file of it. */
const FONTS: Readonly<Record<string, readonly [name: string, file: string]>> = {
  "DejaVu Sans": ["fonts-dejavu-core", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"],
  "Noto Sans": ["fonts-noto-core", "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"],
  "Liberation Sans": ["fonts-liberation", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"],
}

async function installFonts(): Promise<void> {
  const missing = Object.values(FONTS).filter(([, file]) => !existsSync(file))
  if (missing.length === 0) return
  const purpose = "the tests of the report need the usual fonts"
  await installDebianPackages(
    purpose,
    missing.map(([name]) => name),
  )
}

/** Shows a page in one font. */
async function setFont(page: Page, font: string): Promise<void> {
  await page.addStyleTag({ content: `* { font-family: "${font}" !important; }` })
}

/** Puts the program of each report into a folder. */
const REPORTS: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  sample: async (folder) => {
    await cp(SAMPLE, folder, { recursive: true })
  },
  "every rule": async (folder) => {
    await cp(STAKES, folder, { recursive: true })
  },
  // As most lists are: nearly all get the same, few get ten thousand times as much. As many columns as are drawn.
  list: async (folder) => {
    await writeList(folder, (i) => (i % 80 === 0 ? 10n ** 15n * 300n * BigInt(i * i + 700) : 4n * 10n ** 20n))
  },
  // From one unit to a hundred million tokens, in amounts that use all of their decimals.
  "wide list": async (folder) => {
    await writeList(folder, (i) => 10n ** BigInt(i % 27) + BigInt(i))
  },
}

/** The status page is made of the same parts. */
const STATUS = "status page"

/** Writes a list with 18 decimals of which every hundredth account is excluded. */
async function writeList(folder: string, amountOf: (i: number) => bigint): Promise<void> {
  const rows = Array.from({ length: ACCOUNTS }, (_, i) => `${testAddress(i)},${amountOf(i)}`)
  await writeAmountsProgram(folder, {
    csv: `${["account,amount", ...rows].join("\n")}\n`,
    pool: "1000000000000",
    decimals: 18,
    source: { unit: "base" },
    exclude: rows.flatMap((row, i) => (i % 100 === 3 ? [row.slice(0, 42)] : [])),
  })
}

/** Texts of a page's charts that overlap another or leave their chart, by half a pixel or more. */
const MISPLACED_TEXTS = `[...document.querySelectorAll("svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect()
  const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent.trim(), text.getBoundingClientRect()])
  const leaves = (box) => box.left < frame.left - 0.5 || box.right > frame.right + 0.5 ||
    box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5
  const overlaps = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5
  return texts.flatMap(([words, box], i) => [
    ...(leaves(box) ? [words + " leaves its chart"] : []),
    ...texts.slice(i + 1).filter(([, other]) => overlaps(box, other)).map(([other]) => words + " overlaps " + other),
  ])
})`

/** Finds texts that are cut off, broken in the middle or empty. */
const UNSIGHTLY = `[
  ...(document.scrollingElement.scrollWidth > innerWidth ? ["the page is wider than the window"] : []),
  ...[...document.querySelectorAll(".scroll")].filter((part) => part.scrollWidth > part.clientWidth)
    .map((part) => "cut off: " + part.innerText.split("\\n")[0]),
  ...[...document.querySelectorAll(".tile b")].filter((figure) => {
    const range = document.createRange()
    range.selectNodeContents(figure)
    return range.getClientRects().length > 1 || figure.scrollWidth > figure.clientWidth
  }).map((figure) => "broken: " + figure.innerText),
  ...[...document.querySelectorAll(".tiles")].filter((tiles) =>
    tiles.getBoundingClientRect().right - tiles.lastElementChild.getBoundingClientRect().right > 2)
    .map(() => "a hole after the last tile"),
]`

const FAULTS = `axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))`

describe("reports", () => {
  let scratch = ""
  let browser: Browser | undefined

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "airdrop-report-"))
    await mkdir(PICTURES, { recursive: true })
    for (const [name, write] of Object.entries(REPORTS)) {
      await write(join(scratch, name))
      expect((await runVerb(allocateVerb, [join(scratch, name)])).status, name).to.equal(0)
    }
    await mkdir(join(scratch, STATUS))
    const program = programOf({ pool: 100n * 10n ** 9n })
    await writeFile(join(scratch, STATUS, "report.html"), statusPage(program, madeUpStatus(47)))
    await installFonts()
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    await rm(scratch, { recursive: true, force: true })
  })

  /** Opens a report, and fails if it asks for anything or the console complains. */
  const visit = async (
    name: string,
    options: BrowserContextOptions,
    look: (page: Page) => Promise<void>,
  ): Promise<void> => {
    if (browser === undefined) throw new Error("the browser is there inside tests only")
    const context = await browser.newContext({ locale: "en-GB", ...options })
    try {
      const page = await context.newPage()
      const requests: string[] = []
      const complaints: string[] = []
      page.on("request", (request) => requests.push(request.url()))
      page.on("console", (message) => complaints.push(message.text()))
      page.on("pageerror", (error) => complaints.push(error.message))
      const url = pathToFileURL(join(scratch, name, "report.html")).href
      await page.goto(url)
      await look(page)
      expect(requests).to.deep.equal([url])
      expect(complaints).to.deep.equal([])
    } finally {
      await context.close()
    }
  }

  for (const name of [...Object.keys(REPORTS), STATUS]) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`has nothing cut off, run together or at fault with axe: ${name}, ${colorScheme}`, async () => {
        await visit(name, { colorScheme }, async (page) => {
          for (const [size, width] of Object.entries(WIDTHS)) {
            await page.setViewportSize({ width, height: 900 })
            for (const summary of await page.locator("details:not([open]) > summary").all())
              await summary.click()
            const picture = `report-${name.replace(" ", "-")}-${colorScheme}-${size}.png`
            await page.screenshot({ path: join(PICTURES, picture), fullPage: true })
          }
          await page.evaluate(axe.source)
          expect(await page.evaluate(FAULTS)).to.deep.equal([])
          for (const font of Object.keys(FONTS)) {
            await setFont(page, font)
            for (const width of Object.values(WIDTHS)) {
              await page.setViewportSize({ width, height: 900 })
              const where = `${font}, ${width}`
              expect(await page.evaluate(MISPLACED_TEXTS), `texts, ${where}`).to.deep.equal([])
              expect(await page.evaluate(UNSIGHTLY), where).to.deep.equal([])
            }
          }
        })
      })
    }
  }

  for (const name of Object.keys(REPORTS)) {
    it(`names each unpaid account on paper: ${name}`, async () => {
      await visit(name, { colorScheme: "dark", viewport: { width: 794, height: 1123 } }, async (page) => {
        const names = page.locator("details code")
        const count = await names.count()
        expect(count).to.equal({ sample: 10, "every rule": 12 }[name] ?? 100)
        expect(await names.first().isVisible(), "closed on the screen").to.equal(false)
        await page.emulateMedia({ media: "print" })
        for (const code of await names.all()) expect(await code.isVisible()).to.equal(true)
        for (const font of Object.keys(FONTS)) {
          await setFont(page, font)
          expect(await page.evaluate(MISPLACED_TEXTS), `texts, ${font}`).to.deep.equal([])
          expect(await page.evaluate(UNSIGHTLY), font).to.deep.equal([])
        }
        const back = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        expect(back, "white on paper, also where the screen is dark").to.equal("rgb(255, 255, 255)")
        const picture = `report-${name.replace(" ", "-")}-print.png`
        await page.screenshot({ path: join(PICTURES, picture), fullPage: true })
      })
    })
  }

  it("writes a long list's figures short enough to be read, and what rules part in words", async () => {
    await visit("list", {}, async (page) => {
      const text = await page.innerText("main")
      expect(text).to.contain("19,800").and.to.contain("The first 100 by name")
      expect(text, "all decimals of an amount").to.not.match(/\.\d{4}/)
      expect(await page.locator("section", { hasText: "The largest" }).locator("tbody tr").count()).to.equal(
        20,
      )
    })
    await visit("every rule", {}, async (page) => {
      expect(await page.innerText("main")).to.contain("not of the SESH paid: the cap reduces some")
    })
  })
})
