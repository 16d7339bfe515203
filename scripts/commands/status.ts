import { requireOutput } from "../stages/program/output-file.ts"
import type { Command } from "commander"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { withNode } from "../io/rpc/provider.ts"
import { openProgram, type OpenProgram } from "../stages/deployment/open-airdrop.ts"
import { rpcUrl } from "../io/rpc/endpoints.ts"
import { readPayability } from "../stages/verification/read-payability.ts"
import { readNetworkFigures } from "../stages/status/read-network-figures.ts"
import { readReason, recordOwnerAnew } from "../stages/status/record-owner-anew.ts"
import { deploymentPath } from "../stages/deployment/deployment-file.ts"
import { readStatus } from "../stages/status/read-status.ts"
import {
  payabilityAlarms,
  payabilityJson,
  payabilityText,
  type Payability,
} from "../core/claim/payability.ts"
import type { NetworkFigures } from "../core/status/network-figures.ts"
import type { Status } from "../core/status/status.ts"
import { statusPage } from "../core/report/status-page.ts"
import { statusJson } from "../core/status/status-json.ts"
import { statusLines } from "../core/status/status-text.ts"
import { programAttestations } from "../stages/verification/verify-attestations.ts"
import { readLeaves } from "../stages/publication/read-leaves.ts"
import { unclaimedCsv } from "../stages/status/unclaimed-csv.ts"
import { readExpected } from "../stages/status/read-expected.ts"
import { shownPath } from "../io/disk/paths.ts"
import { loadProgram, type LoadedProgram } from "../stages/program/load-program.ts"
import { readSnapshot } from "../stages/snapshot/snapshot-file.ts"
import { writeFileAtomic } from "../io/disk/atomic-write.ts"
import { filePath, argument, between } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"

interface Options {
  readonly force?: boolean
  readonly rpc?: string
  readonly watch?: true | number
  readonly csv?: boolean | string
  readonly html?: boolean | string
  readonly network: boolean
  readonly payable?: boolean
  readonly fresh?: boolean
  readonly cache?: string
  readonly recordOwner?: string
}

/** Seconds between two looks. */
const USUAL_PAUSE = 30

/** `status P`: what is claimed, owed, funded and pending; exit 1 if anything is alarming. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .option(
      "--rpc <url>",
      "node to read through (default: the variable of the chain, such as ARBITRUM_RPC_URL)",
    )
    .option("--watch [seconds]", "read the status repeatedly until an alarm", between(1, 999_999))
    .option(
      "--csv [file]",
      "write the unclaimed accounts (default: unclaimed.csv in the program's folder)",
      filePath,
    )
    .option(
      "--html [file]",
      "write a page with charts (default: status.html in the program's folder)",
      filePath,
    )
    .option("--force", "replace an existing file that this command did not write")
    .option("--no-network", "leave out the staking network's own figures")
    .option("--payable", "simulate paying every unpaid account on the chain's present state")
    .option("--fresh", "read all events again")
    .option(
      "--record-owner <reason>",
      "record the owner and its Safe's settings as they are now, after a planned change",
      argument(readReason),
    )
    .option("--cache <folder>", "folder for events that were read (default: .cache/events)", filePath)
    .action(async (name: string, options: Options) => {
      const loaded = await loadProgram(name)
      const { csv, html } = outputsOf(loaded.folder, options)
      if (csv !== undefined) await requireOutput(csv, isUnclaimedCsv, options)
      if (html !== undefined) await requireOutput(html, isStatusPage, options)
      const pause = options.watch === true ? USUAL_PAUSE : options.watch
      await withNode(async () => {
        const { recordOwner: reason } = options
        if (reason !== undefined) await recordOwner(loaded, options, reason, out())
        const open = await openProgram(loaded, options.rpc)
        for (;;) {
          const status = await look(loaded, open, options, out())
          if (status.alarms.length > 0) process.exitCode = 1
          if (pause === undefined || status.alarms.length > 0) return
          await sleep(pause * 1000)
          out().line()
        }
      })
    })
}

/** Records the owner as it is now, and prints each difference that the record answers. */
async function recordOwner(
  loaded: LoadedProgram,
  options: Options,
  reason: string,
  out: Output,
): Promise<void> {
  const open = await openProgram(loaded, options.rpc)
  const status = await readStatus(loaded, open, await readExpected(loaded), {
    cacheFolder: options.cache,
    fresh: options.fresh,
  })
  await recordOwnerAnew(loaded, status, reason)
  out.line(`recorded in ${shownPath(deploymentPath(loaded.folder))}, in answer to:`)
  for (const alarm of status.ownerAlarms) out.line(`  ${alarm}`)
  out.line()
}

async function look(
  loaded: LoadedProgram,
  open: OpenProgram,
  options: Options,
  out: Output,
): Promise<Status> {
  const { folder, program } = loaded
  const expected = await readExpected(loaded)
  const read = await readStatus(loaded, open, expected, {
    cacheFolder: options.cache,
    fresh: options.fresh,
    onProgress: (done, total) => {
      if (total > 10_000) out.progress("blocks", done, total)
    },
  })
  const payability = options.payable === true ? await simulatePayments(loaded, open, read, out) : undefined
  const refused = payability === undefined ? [] : payabilityAlarms(payability, program.token)
  const attested = await programAttestations(loaded)
  const { automaticRoot, reserveRoot, pendingRoot } = read.state
  // A reserve that is built and not submitted yet may wait for its attesters.
  const onChain = [automaticRoot, reserveRoot, pendingRoot]
  const missing = (attested?.missing ?? []).filter(({ root }) => onChain.includes(root))
  const unattested = [...(attested?.faults ?? []), ...missing.map(({ text }) => text)]
  const status = { ...read, alarms: [...read.alarms, ...refused, ...unattested] }
  const network = options.network
    ? await readNetwork(loaded, open, options, status.state.block, out)
    : undefined
  for (const line of statusLines(program, status, network))
    out.line(line, line.startsWith("  ALARM: ") ? "bad" : undefined)
  if (attested !== undefined) out.line(`  attested     ${attested.summary}`)
  if (payability !== undefined) {
    out.line(`  payable      ${payabilityText(payability)}`)
    for (const note of payability.notes) out.line(`  note: ${note}`)
  }
  const files: string[] = []
  const write = async (path: string, text: string): Promise<void> => {
    await writeFileAtomic(path, text)
    files.push(path)
    out.line(`written: ${shownPath(path)}`)
  }
  const { csv, html } = outputsOf(folder, options)
  if (csv !== undefined) await write(csv, await unclaimedCsv(loaded, status))
  if (html !== undefined)
    await write(html, statusPage(program, status, { network, attested: attested?.summary }))
  const payable = payability === undefined ? null : payabilityJson(payability)
  const attestations = attested?.summary ?? null
  out.json({ ...statusJson(program, status, network), payable, attestations, files })
  return status
}

interface Outputs {
  readonly csv: string | undefined
  readonly html: string | undefined
}

function outputsOf(folder: string, { csv, html }: Options): Outputs {
  return { csv: pathOf(csv, join(folder, "unclaimed.csv")), html: pathOf(html, join(folder, "status.html")) }
}

async function simulatePayments(
  loaded: LoadedProgram,
  { provider, airdrop, address }: OpenProgram,
  { state }: Status,
  out: Output,
): Promise<Payability> {
  return await readPayability(loaded, {
    provider,
    airdrop,
    address,
    leaves: await readLeaves(loaded),
    block: state.block,
    onProgress: (done, total) => {
      out.progress("payments simulated", done, total)
    },
  })
}

const isUnclaimedCsv = (start: string): boolean => start.startsWith("index,account,amount\n")
const isStatusPage = (start: string): boolean => start.includes(": status</title>")

/** Reads the network's figures. They are optional: if they cannot be read, a warning says so and the status goes on. */
async function readNetwork(
  { folder, program }: LoadedProgram,
  { provider }: OpenProgram,
  { rpc }: Options,
  block: number,
  out: Output,
): Promise<NetworkFigures | undefined> {
  const { kind, stakingContract } = program.source
  if (kind !== "session-staking" || typeof stakingContract !== "string") return undefined
  const snapshot = await readSnapshot(join(folder, "snapshot.json")).catch(() => undefined)
  const request = {
    chainId: program.chainId,
    token: program.token.address,
    rewards: stakingContract as `0x${string}`,
    block,
  }
  try {
    const url = await rpcUrl(program.chainId, rpc)
    return await readNetworkFigures(url, provider, { ...request, snapshot })
  } catch (error) {
    out.warn(
      `the network's figures cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
    return undefined
  }
}

function pathOf(option: boolean | string | undefined, usual: string): string | undefined {
  return typeof option === "string" ? option : option === true ? usual : undefined
}
