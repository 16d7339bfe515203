/**
 * The pictures of page, report and terminal in docs/pictures/, all of the sample program.
 * `./airdrop nodejs scripts/dev/release/pictures.ts` takes them.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { allocate } from "../../core/allocation/allocate.ts"
import { deploymentCall } from "../../core/ethereum/create2.ts"
import { invariant } from "../../core/primitives/error.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import { html } from "../../core/report/html.ts"
import { accountOf } from "../../core/merkle/leaf-list.ts"
import { proofsFolder } from "../../io/project/folders.ts"
import { PROJECT_ROOT, runNode } from "../../io/project/processes.ts"
import { loadInputs } from "../../stages/allocation/load-inputs.ts"
import { reportText } from "../../stages/allocation/report-file.ts"
import { loadContext, type ProgramContext } from "../../stages/deployment/deployment-context.ts"
import { buildPage } from "../../stages/page/build-page.ts"
import { servePage } from "../../stages/page/serve.ts"
import { startEmbeddedChain } from "../embedded/embedded-chain.ts"
import { serveBrowserRpc } from "./browser-rpc.ts"
import { launchChromium } from "./chromium.ts"

export const PICTURES = join(PROJECT_ROOT, "docs", "pictures")

/** Before the sample's sweep time, in seconds since 1970: 1 December 2025. */
const WHEN = 1_764_547_200
const SIZE = { width: 1000, height: 760 }

/** Takes every picture anew. Their bytes depend on the browser and its fonts. */
export async function takePictures(): Promise<void> {
  await mkdir(PICTURES, { recursive: true })
  const context = await loadContext("sample")
  const browser = await launchChromium()
  try {
    await takeClaimPage(browser, context)
    await takeReport(browser, context)
    await takeTerminal(browser, context)
  } finally {
    await browser.close()
  }
}

/** The claim page with the contract deployed and funded, after a look-up. */
async function takeClaimPage(browser: Browser, context: ProgramContext): Promise<void> {
  const chain = await startEmbeddedChain({ start: WHEN })
  const rpc = await serveBrowserRpc(
    async (method, params) => await chain.request(method, [...(params ?? [])]),
  )
  const folder = await mkdtemp(join(tmpdir(), "airdrop-pictures-"))
  try {
    const [payer] = chain.signers
    invariant(payer, "the embedded chain has signers")
    await (await payer.sendTransaction(deploymentCall(context.initCode))).wait()
    await chain.fund(context.airdrop, context.funding)
    await buildPage(join(folder, "page"), {
      title: "Sample",
      description: context.program.description,
      rpcUrls: [rpc.url],
      deployment: undefined,
      network: undefined,
      publication: proofsFolder(context.folder),
      program: context.folder,
    })
    const server = await servePage(join(folder, "page"))
    const page = await open(browser)
    await page.goto(`${server.url}#${accountOf(context.automatic.list, 0)}`)
    await page.locator('#state[data-state="ready"]').waitFor()
    await page.locator("#claimed-share").waitFor()
    await shoot(page, "claim-page")
    await server.close()
  } finally {
    await rpc.close()
    await chain.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The beginning of the report of an allocation. */
async function takeReport(browser: Browser, context: ProgramContext): Promise<void> {
  const inputs = await loadInputs(context)
  const page = await open(browser)
  await page.setContent(reportText(allocate(inputs), inputs))
  await shoot(page, "report")
}

/** What `explain` and `verify` print. */
async function takeTerminal(browser: Browser, context: ProgramContext): Promise<void> {
  const account = toChecksum(accountOf(context.automatic.list, 1))
  const runs = [
    ["explain", "sample", account],
    ["verify", "sample"],
  ]
  let text = ""
  for (const args of runs) {
    const { status, text: printed } = await runNode(["scripts/cli.ts", ...args])
    invariant(status === 0, `${args.join(" ")} succeeds`)
    const result = printed.replace(/^proving .*\n/gm, "").trimEnd()
    text += `${text === "" ? "" : "\n\n"}$ ./airdrop ${args.join(" ")}\n${result}`
  }
  const page = await open(browser)
  const lines = text.split("\n").map((line) => html`<div style="min-height:1.5em">${line}</div>`)
  const style = "margin:0;padding:20px;font:13px/1.5 monospace;white-space:pre-wrap"
  await page.setContent(
    html`<body style="margin:0;background:#16181d;color:#e6e6e6">
      <pre style="${style}">${lines}</pre>
    </body>`.markup,
  )
  await page.locator("pre").screenshot({ path: join(PICTURES, "terminal.png") })
  await page.close()
}

async function open(browser: Browser): Promise<Page> {
  return await browser.newPage({ viewport: SIZE, locale: "en-GB", timezoneId: "UTC", colorScheme: "light" })
}

async function shoot(page: Page, name: string): Promise<void> {
  await writeFile(join(PICTURES, `${name}.png`), await page.screenshot())
  await page.close()
}
