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
import { PROJECT_ROOT } from "../scripts/io/project/processes.ts"
import { measureCheckAll, provenProgram, uniswapProgram } from "./page/check-all.ts"
import { medianVisit, VISITS, type VisitFigures } from "./page/visit.ts"
import { keepFigures, machine } from "./support.ts"
import { keccaksPerSecond } from "./yardstick.ts"

interface PageOptions {
  readonly recipients: number
  readonly lists: string
  readonly record?: boolean
}

/** The figures of the look-up. */
interface LookUpFigures {
  readonly recipients: number
  /** The proof file that the look-up reads, as it is in the folder. */
  readonly proofFileBytes: number
  /** The median of several visits. */
  readonly here: VisitFigures
  /** 1.6 Mbit/s with 150 ms there and back, and a processor of a quarter of the speed. */
  readonly slow: VisitFigures
}

/** The object that `--json` prints. Sizes are compressed, in kB of 1,000 bytes. */
export interface PageFigures extends LookUpFigures {
  /** Script that is loaded before the first answer. */
  readonly scriptKB: number
  readonly proofKB: number
  /** Requests up to the first answer, the RPC's included. */
  readonly requests: number
  /** The largest contentful paint of the slow visit. */
  readonly largestPaintMs: number
  /** The check of everything, by the number of recipients: 800 with evidence, and Uniswap's list of 2020. */
  readonly checkAllMs: { readonly "800": number; readonly "252803": number }
  /** What the machine does in the same run: its limits of time are held against it. */
  readonly keccaksPerSecond: number
  readonly machine: string
}

/** Times are those of a machine that computes {@link USUAL_KECCAKS} a second. A slower one has as much more time. */
const LIMITS = {
  scriptKB: 45,
  proofFileBytes: 33 * 1024,
  largestPaintMs: 2_000,
  checkAllMs: { "800": 5_000, "252803": 30_000 },
} as const
/** Keccaks a second on one thread of a usual machine without other load. */
const USUAL_KECCAKS = 1_200_000
const RESERVE_CAP = 50_000_000_000_000n

/** Defines the command: it measures, prints a table, writes the record with --record, and fails beyond the limits. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--recipients <number>", "how many are on the list of the look-up", wholeNumber, 1_000_000)
    .option(
      "--lists <folder>",
      "where Uniswap's list is",
      join(PROJECT_ROOT, "..", "shared", "data", "lists"),
    )
    .option("--record", "keep the figures in bench/page.json and .txt")
    .action(async ({ recipients, lists, record }: PageOptions) => {
      const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-page-"))
      const browser = await launchChromium()
      try {
        const figures = await benchPage(browser, recipients, lists, folder, out())
        const table = tableOf(figures)
        if (record === true) await keepFigures("page", figures, table)
        printText(out(), table)
        out().json(figures)
        refuseHeavy(figures)
      } finally {
        await browser.close()
        await rm(folder, { recursive: true, force: true })
      }
    })
}

async function benchPage(
  browser: Browser,
  recipients: number,
  lists: string,
  folder: string,
  out: Output,
): Promise<PageFigures> {
  const [proven, uniswap] = [join(folder, "proven"), join(folder, "uniswap")]
  out.line("the check of everything: a program of 800 recipients with evidence")
  await provenProgram(proven)
  const small = await measureCheckAll(browser, proven)
  out.line("the check of everything: Uniswap's list of 252,803 recipients")
  await uniswapProgram(uniswap, lists)
  const large = await measureCheckAll(browser, uniswap)
  const lookUp = await benchLookUp(browser, recipients, folder, out)
  const { here, slow } = lookUp
  return {
    scriptKB: here.scriptBytes / 1000,
    proofKB: here.proofBytes / 1000,
    requests: here.requests,
    largestPaintMs: slow.largestPaintMs,
    checkAllMs: { "800": small, "252803": large },
    keccaksPerSecond: keccaksPerSecond(),
    ...lookUp,
    machine: `${machine()}, Chromium ${browser.version()}`,
  }
}

async function benchLookUp(
  browser: Browser,
  recipients: number,
  folder: string,
  out: Output,
): Promise<LookUpFigures> {
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
  try {
    const account = accountOf(list, Math.floor(recipients / 3))
    const { size } = await stat(join(proofs, shardPath(shardPrefix(manifest.shards, account))))
    const url = `${server.url}#${account}`
    return {
      recipients,
      proofFileBytes: size,
      here: await medianVisit(browser, url, false),
      slow: await medianVisit(browser, url, true),
    }
  } finally {
    await server.close()
    await rpc.close()
    await chain.close()
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

function tableOf(figures: PageFigures): string {
  const { recipients, proofFileBytes, here, slow, checkAllMs } = figures
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
  const row = (what: string, one: VisitFigures): string =>
    `| ${what} | ${one.milliseconds} ms | ${one.largestPaintMs} ms | ${one.requests} | ${kB(one.bytes)} | ${kB(one.scriptBytes)} | ${kB(one.proofBytes)} |`
  return [
    `Claim page: from opening a link to the answer, ${recipients.toLocaleString("en")} recipients, empty cache`,
    "",
    "| line | time | largest paint | requests | bytes in all | of script | of proof file |",
    "|---|---|---|---|---|---|---|",
    row("this machine", here),
    row("1.6 Mbit/s, 150 ms, processor at a quarter", slow),
    "",
    `The check of everything takes ${checkAllMs["800"]} ms for 800 recipients with evidence, ${checkAllMs["252803"]} ms for`,
    "Uniswap's 252,803.",
    "",
    `The proof file is ${kB(proofFileBytes)} in the folder. Bytes are compressed, with headers. Median of ${VISITS} visits on ${figures.machine}.`,
  ].join("\n")
}

/** Returns the limits that figures exceed, in words. */
function excesses(figures: PageFigures): readonly string[] {
  const { scriptKB, proofFileBytes, largestPaintMs, checkAllMs } = figures
  const slowness = Math.max(1, USUAL_KECCAKS / figures.keccaksPerSecond)
  const within = (milliseconds: number): number => Math.round(milliseconds * slowness)
  const pairs: readonly (readonly [what: string, found: number, most: number])[] = [
    ["kB of script before the first answer", scriptKB, LIMITS.scriptKB],
    ["bytes of the proof file", proofFileBytes, LIMITS.proofFileBytes],
    ["ms to the largest paint", largestPaintMs, within(LIMITS.largestPaintMs)],
    ["ms to check 800 recipients", checkAllMs["800"], within(LIMITS.checkAllMs["800"])],
    ["ms to check 252,803 recipients", checkAllMs["252803"], within(LIMITS.checkAllMs["252803"])],
  ]
  return pairs.flatMap(([what, found, most]) => (found > most ? `${found} ${what}, at most ${most}` : []))
}

function refuseHeavy(figures: PageFigures): void {
  const found = excesses(figures)
  if (found.length > 0) throw new AirdropError(found, { code: "mismatch" })
}
