/** Programs for the page's check of everything, and the time that it takes in a browser. */
import { copyFile, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { toChecksum } from "../../scripts/core/primitives/address.ts"
import { AirdropError, invariant } from "../../scripts/core/primitives/error.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { runNode } from "../../scripts/io/project/processes.ts"
import { createRpc } from "../../scripts/io/rpc/client.ts"
import { findBlock } from "../../scripts/io/rpc/find-block.ts"
import { NO_JOURNAL } from "../../scripts/io/rpc/journal.ts"
import { pinTo } from "../../scripts/io/rpc/pinned-reader.ts"
import { serveEmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { madeUpNetwork } from "../../scripts/dev/rigs/made-up-network.ts"
import { buildPage } from "../../scripts/stages/page/build-page.ts"
import { servePage } from "../../scripts/stages/page/serve.ts"
import { captureEvidence } from "../../scripts/stages/snapshot/capture-evidence.ts"
import { packEvidence } from "../../scripts/stages/snapshot/evidence-file.ts"
import { writeSnapshot } from "../../scripts/stages/snapshot/snapshot-file.ts"
import { takeSnapshot } from "../../scripts/stages/snapshot/take-snapshot.ts"
import { LISTS, prepare } from "../lists.ts"
import { readingOf } from "../../scripts/core/readers/reader.ts"
import { sessionStaking } from "../../scripts/core/readers/session-staking.ts"

const NODES = 1_500
/** Whatever is checked takes less than this. */
const MOST_MS = 300_000
const CONTRACT = { owner: `0x${"5a".repeat(20)}`, reserveDelay: 86_400, sweepTime: "2030-01-01T00:00:00Z" }

/** Writes and builds a program over a made-up network with 800 recipients, and proves its snapshot. */
export async function provenProgram(folder: string): Promise<void> {
  await mkdir(folder)
  const { network, recipients } = madeUpNetwork(NODES)
  const { chain, url, close } = await serveEmbeddedChain({ network })
  await chain.mine()
  const rpc = createRpc(url)
  const block = await findBlock(rpc, { block: network.block.number }, { chainId: 42161 })
  const reader = pinTo(rpc, block, NO_JOURNAL)
  const snapshot = await takeSnapshot(reader, {
    chainId: 42161,
    token: SESSION.token,
    readings: [readingOf(sessionStaking, { stakingContract: SESSION.rewards, reviewed: undefined })],
    accounts: recipients,
  })
  const { evidence } = await captureEvidence(reader, snapshot, recipients)
  await close()
  await writeSnapshot(join(folder, "snapshot.json"), snapshot)
  await writeFile(join(folder, "snapshot.proof"), packEvidence(evidence))
  await writeFile(join(folder, "recipients.csv"), `account\n${recipients.map(toChecksum).join("\n")}\n`)
  const program = {
    format: "merkle-airdrop/program@1",
    name: "proven",
    chainId: 42161,
    token: { address: toChecksum(SESSION.token), symbol: "SESH", decimals: 9 },
    tranches: { automatic: "350000", reserve: "50000" },
    source: {
      kind: "session-staking",
      stakingContract: toChecksum(SESSION.rewards),
      weights: { solo: "1.5", operator: "1.25", contributor: "1" },
    },
    snapshot: { block: network.block.number },
    eligibility: { file: "recipients.csv" },
    contract: CONTRACT,
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
  await built(folder)
}

/** Writes and builds the program of Uniswap's list of 2020. @param lists the folder of the lists */
export async function uniswapProgram(folder: string, lists: string): Promise<void> {
  await mkdir(folder)
  const list = LISTS.find(({ name }) => name === "uniswap-2020")
  invariant(list, "there is a list of Uniswap's")
  await copyFile(join(lists, list.file), join(folder, "list.csv.gz"))
  await prepare(folder, list, CONTRACT)
  await built(folder)
}

async function built(folder: string): Promise<void> {
  for (const verb of ["allocate", "build"]) {
    const { status, text } = await runNode([join("scripts", "cli.ts"), verb, folder])
    if (status !== 0) throw new AirdropError(`${verb} failed: ${text.trim()}`, { code: "tool-failed" })
  }
}

/** Builds the page of a program, has it check everything, and returns the time in milliseconds. */
export async function measureCheckAll(browser: Browser, program: string): Promise<number> {
  const folder = `${program}-page`
  await buildPage(folder, {
    title: "Bench",
    rpcUrls: ["http://127.0.0.1:1/"],
    deployment: undefined,
    network: undefined,
    publication: join(program, "proofs"),
    program,
  })
  const server = await servePage(folder)
  try {
    const { milliseconds, isGood, text } = await evaluateIn(browser, server.url)
    if (isGood) return milliseconds
    throw new AirdropError(`the check failed: ${text}`, { code: "mismatch" })
  } finally {
    await server.close()
  }
}

interface CheckedPage {
  readonly milliseconds: number
  readonly isGood: boolean
  /** What the page says. */
  readonly text: string
}

/** Runs in the page: clicks the button as soon as it is there, and awaits the last line. */
const CHECK = `(async () => {
  const seen = async (selector) => {
    for (;;) {
      const element = document.querySelector(selector)
      if (element !== null) return element
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const button = await seen("#check-everything")
  const start = performance.now()
  button.click()
  const end = await seen("#check-all-end")
  return {
    milliseconds: Math.round(performance.now() - start),
    isGood: end.classList.contains("good"),
    text: document.querySelector("#check-all").innerText,
  }
})()`

/**
 * Opens a tab without a page of Playwright's, which listens to every request and makes a thousand small ones slower by
 * a fifth than they are for a visitor.
 */
async function evaluateIn(browser: Browser, url: string): Promise<CheckedPage> {
  const session = await browser.newBrowserCDPSession()
  const { targetId } = await session.send("Target.createTarget", { url })
  try {
    const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: false })
    const answer = new Promise<string>((resolve, reject) => {
      session.once("Target.receivedMessageFromTarget", ({ message }) => {
        resolve(message)
      })
      setTimeout(reject, MOST_MS, new AirdropError("the check did not end", { code: "tool-failed" })).unref()
    })
    const params = { expression: CHECK, awaitPromise: true, returnByValue: true }
    const message = JSON.stringify({ id: 1, method: "Runtime.evaluate", params })
    await session.send("Target.sendMessageToTarget", { sessionId, message })
    const { result } = JSON.parse(await answer) as { result: { result: { value: CheckedPage } } }
    return result.result.value
  } finally {
    await session.send("Target.closeTarget", { targetId })
    await session.detach()
  }
}
