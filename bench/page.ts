/**
 * `bench page`: time and bytes from opening the claim page to the answer for one address, with a given number of
 * recipients, in a real browser with an empty cache, on this machine and on a simulated slow phone.
 */
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Command } from "commander"
import { ContractFactory } from "ethers"
import type { Browser } from "playwright-core"
import { merkleAirdropArtifact } from "../scripts/io/project/artifacts.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../scripts/dev/embedded/embedded-chain.ts"
import { SESSION } from "../scripts/core/session/contracts.ts"
import { parseAddress, type Address } from "../scripts/core/primitives/address.ts"
import { NO_DERIVATIONS } from "../scripts/core/allocation/derivations.ts"
import { AirdropError, invariant } from "../scripts/core/primitives/error.ts"
import { toHex, type Hex } from "../scripts/core/primitives/bytes.ts"
import { accountOf, setRow, totalOf, type LeafList } from "../scripts/core/merkle/leaf-list.ts"
import { shardPath, shardPrefix } from "../scripts/core/publication/shard-layout.ts"
import { buildPage } from "../scripts/stages/page/build-page.ts"
import { servePage } from "../scripts/stages/page/serve.ts"
import { publish } from "../scripts/stages/publication/publish.ts"
import { buildTreeOn, createSharedList, defaultThreads } from "../scripts/stages/publication/tree-threads.ts"
import { wholeNumber } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { serveBrowserRpc } from "../scripts/dev/rigs/browser-rpc.ts"
import { launchChromium } from "../scripts/dev/rigs/chromium.ts"
import { keepFigures, machine } from "./support.ts"

interface PageOptions {
  readonly recipients: number
  readonly record?: boolean
}

/** The figures of one visit, from the first request to the answer on the screen. */
interface VisitFigures {
  readonly milliseconds: number
  readonly requests: number
  /** Bytes on the wire, compressed, headers included. */
  readonly bytes: number
  readonly scriptBytes: number
  readonly proofBytes: number
}

/** The object that `--json` prints. */
export interface PageFigures {
  readonly recipients: number
  /** The size of the proof file that the look-up reads. */
  readonly proofFileBytes: number
  /** The median of several visits. */
  readonly here: VisitFigures
  /** With 1.6 Mbit/s, a round trip of 150 ms, and a processor of a quarter of the speed. */
  readonly slow: VisitFigures
  readonly machine: string
}

const VISITS = 5
const SLOW = { latency: 150, throughput: (1.6 * 1024 * 1024) / 8, processor: 4 }
const LIMITS = { scriptBytes: 150 * 1024, proofFileBytes: 33 * 1024 } as const
const RESERVE_CAP = 50_000_000_000_000n

/** Defines the command: it measures, prints a table, writes the record with --record, and fails beyond the limits. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--recipients <number>", "how many are on the list", wholeNumber, 1_000_000)
    .option("--record", "keep the figures in bench/page.json and .txt")
    .action(async ({ recipients, record }: PageOptions) => {
      const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-page-"))
      try {
        const figures = await benchPage(recipients, folder, out())
        const table = tableOf(figures)
        if (record === true) await keepFigures("page", figures, table)
        printText(out(), table)
        out().json(figures)
        refuseHeavy(figures)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
}

async function benchPage(recipients: number, folder: string, out: Output): Promise<PageFigures> {
  const chain = await startEmbeddedChain()
  const rpc = await serveBrowserRpc(chain.request)
  const list = madeUpList(recipients)
  const tree = await buildTreeOn(list, defaultThreads(recipients))
  const contract = await deploy(chain, toHex(tree.root), recipients)
  await chain.fund(contract, totalOf(list) + RESERVE_CAP)
  const token = { address: SESSION.token, symbol: "SESH", decimals: 9 }
  const proofs = join(folder, "proofs")
  const manifest = await publish(
    proofs,
    {
      origin: { program: "bench", tranche: "automatic", chainId: 42161, contract, token },
      draft: false,
      list,
      tree,
      derivations: NO_DERIVATIONS,
      inputs: new Map(),
      claims: false,
    },
    (done, total) => {
      out.progress("files", done, total)
    },
  )
  const built = join(folder, "page")
  await buildPage(built, {
    title: "Bench",
    rpcUrls: [rpc.url],
    deployment: { address: contract, block: 1 },
    network: undefined,
    publication: proofs,
  })
  const server = await servePage(built)
  const browser = await launchChromium()
  try {
    const account = accountOf(list, Math.floor(recipients / 3))
    const { size } = await stat(join(proofs, shardPath(shardPrefix(manifest.shards, account))))
    const url = `${server.url}#${account}`
    return {
      recipients,
      proofFileBytes: size,
      here: await medianVisit(browser, url, false),
      slow: await medianVisit(browser, url, true),
      machine: `${machine()}, Chromium ${browser.version()}`,
    }
  } finally {
    await browser.close()
    await server.close()
    await rpc.close()
    await chain.close()
  }
}

async function medianVisit(browser: Browser, url: string, isSlow: boolean): Promise<VisitFigures> {
  const visits: VisitFigures[] = []
  for (let i = 0; i < VISITS; i++) visits.push(await measureVisit(browser, url, isSlow))
  visits.sort((a, b) => a.milliseconds - b.milliseconds)
  const median = visits[Math.floor(VISITS / 2)]
  invariant(median, "there was a visit")
  return median
}

/** Opens the page with an empty cache, by a link to an address, and waits until the answer is complete. */
async function measureVisit(browser: Browser, url: string, isSlow: boolean): Promise<VisitFigures> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send("Network.enable")
    if (isSlow) {
      await session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: SLOW.latency,
        downloadThroughput: SLOW.throughput,
        uploadThroughput: SLOW.throughput,
      })
      await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.processor })
    }
    const urls = new Map<string, string>()
    const sizes = new Map<string, number>()
    session.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url))
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      sizes.set(requestId, encodedDataLength)
    })
    const start = performance.now()
    await page.goto(url, { waitUntil: "commit" })
    await page.locator('#state[data-state="ready"]').waitFor()
    const milliseconds = Math.round(performance.now() - start)
    const bytesOf = (wanted: (url: string) => boolean): number =>
      [...sizes].reduce((sum, [id, size]) => sum + (wanted(urls.get(id) ?? "") ? size : 0), 0)
    return {
      milliseconds,
      requests: sizes.size,
      bytes: bytesOf(() => true),
      scriptBytes: bytesOf((one) => one.endsWith(".js")),
      proofBytes: bytesOf((one) => one.includes("/data/shards/")),
    }
  } finally {
    await context.close()
  }
}

/** Creates accounts spread evenly over all addresses, with different amounts. */
function madeUpList(count: number): LeafList {
  const list = createSharedList("automatic", count)
  const step = (1n << 160n) / BigInt(count)
  for (let row = 0; row < count; row++) {
    const account = `0x${(BigInt(row) * step + 12345n).toString(16).padStart(40, "0")}`
    setRow(list, row, account, 1_000_000_000n + BigInt((row * 7919) % 1_000_003) * 1_000n)
  }
  return list
}

async function deploy(chain: EmbeddedChain, automaticRoot: Hex, leafCount: number): Promise<Address> {
  const [signer] = chain.signers
  invariant(signer, "the chain has signers")
  const { abi, bytecode } = await merkleAirdropArtifact()
  const latest = await chain.ethers.provider.getBlock("latest")
  invariant(latest, "the chain has a block")
  const contract = await new ContractFactory(abi, bytecode, signer).deploy({
    token: SESSION.token,
    automaticRoot,
    leafCount,
    reserveCap: RESERVE_CAP,
    reserveDelay: 0,
    sweepTime: latest.timestamp + 365 * 86_400,
    owner: signer.address,
    proofsURI: "",
  })
  await contract.waitForDeployment()
  return parseAddress((await contract.getAddress()).toLowerCase())
}

function tableOf({ recipients, proofFileBytes, here, slow, machine }: PageFigures): string {
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
  const row = (
    what: string,
    { milliseconds, requests, bytes, scriptBytes, proofBytes }: VisitFigures,
  ): string =>
    `| ${what} | ${milliseconds} ms | ${requests} | ${kB(bytes)} | ${kB(scriptBytes)} | ${kB(proofBytes)} |`
  return [
    `Claim page: from opening a link to the answer, ${recipients.toLocaleString("en")} recipients, empty cache`,
    "",
    "| line | time | requests | bytes in all | of script | of proof file |",
    "|---|---|---|---|---|---|",
    row("this machine", here),
    row("1.6 Mbit/s, 150 ms, processor at a quarter", slow),
    "",
    `The proof file is ${kB(proofFileBytes)} in the folder. Bytes are compressed, with headers. Median of ${VISITS} visits on ${machine}.`,
  ].join("\n")
}

function refuseHeavy({ here, proofFileBytes }: PageFigures): void {
  if (here.scriptBytes > LIMITS.scriptBytes) {
    throw new AirdropError(`the first look-up takes ${here.scriptBytes} bytes of script`, {
      code: "mismatch",
    })
  }
  if (proofFileBytes > LIMITS.proofFileBytes) {
    throw new AirdropError(`the proof file has ${proofFileBytes} bytes`, { code: "mismatch" })
  }
}
