import { readTextIfAny } from "../io/disk/read-file.ts"
import { isoTime } from "../core/primitives/time.ts"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import { captureEvidence } from "../stages/snapshot/capture-evidence.ts"
import { findBlock, recheckBlock, type BlockChoice } from "../io/rpc/find-block.ts"
import { inRun, NO_JOURNAL, openJournal, runFolder, type Journal } from "../io/rpc/journal.ts"
import { pinTo, type PinnedReader } from "../io/rpc/pinned-reader.ts"
import { openProviders } from "../io/rpc/endpoints.ts"
import type { RpcClient } from "../io/rpc/client.ts"
import { reportSnapshot } from "./snapshot-report.ts"
import type { OnProgress } from "../stages/snapshot/read-section.ts"
import { takeSnapshot } from "../stages/snapshot/take-snapshot.ts"
import type { Address } from "../core/primitives/address.ts"
import { snapshotDifference } from "../core/snapshot/snapshot-diff.ts"
import { AirdropError, invariant } from "../core/primitives/error.ts"
import type { Evidence } from "../core/evidence/verify-evidence.ts"
import { parseTime } from "../core/primitives/fields.ts"
import type { VerifiedHeader } from "../core/ethereum/block-header.ts"
import type { Program } from "../core/program/program.ts"
import type { Snapshot } from "../core/snapshot/snapshot.ts"
import { packEvidence } from "../stages/snapshot/evidence-file.ts"
import { namedAccounts } from "../stages/program/named-accounts.ts"
import { loadProgram, type LoadedProgram } from "../stages/program/load-program.ts"
import { readingsOf } from "../core/sources/source-of.ts"
import type { Transfer } from "../core/ethereum/transfer.ts"
import { readTransfers } from "../io/rpc/transfers.ts"
import { requireOutbox } from "../stages/snapshot/capture-anchor.ts"
import { ANCHOR_FILE } from "../stages/snapshot/verify-anchor.ts"
import { ANCHOR_FILES, runAnchor } from "./anchor.ts"
import { snapshotText } from "../core/snapshot/snapshot-json.ts"
import { writeSnapshot } from "../stages/snapshot/snapshot-file.ts"
import { requireOwnFiles, type OwnFiles } from "../stages/program/output-file.ts"
import { writeFileAtomic } from "../io/disk/atomic-write.ts"
import { argument, blockNumber } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"

export interface SnapshotOptions {
  readonly rpc?: readonly string[]
  readonly block?: number
  readonly time?: Date
  readonly prove?: boolean
  readonly force?: boolean
  readonly anchor?: boolean
  readonly l1Rpc?: string
  readonly allowUnfinalized?: boolean
}

/** Reads stakes, vesting contracts and account kinds from the chain at the program's block. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .option(
      "--rpc <url>",
      "an archive provider; given twice, both are read and compared (default: the URL in ARBITRUM_RPC_URL, or in the variable of the program's chain)",
      (url: string, others: readonly string[] | undefined) => [...(others ?? []), url],
    )
    .option("--block <number>", "read this block instead of the program's", blockNumber)
    .option(
      "--time <utc>",
      "read the last block at or before this time instead, such as 2025-11-21T00:00:00Z",
      argument(parseTime),
    )
    .option("--prove", "also write eth_getProof evidence beside the snapshot, which verify checks offline")
    .option("--anchor", "also tie the block to Ethereum, as the verb anchor does later")
    .option("--l1-rpc <url>", "a provider of Ethereum for --anchor (default: ETHEREUM_RPC_URL)")
    .option("--allow-unfinalized", "accept a block that is not final yet and may still change")
    .option("--force", "replace existing files that this command did not write")
    .action(async (nameOrPath: string, options: SnapshotOptions) => {
      await runSnapshot(nameOrPath, options, out())
    })
}

/**
 * Takes the snapshot of a program and writes snapshot.json, and with `prove` snapshot.proof, into its folder.
 * @throws AirdropError, and writes nothing, if a provider cannot serve it or what it says does not fit together
 */
export async function runSnapshot(
  nameOrPath: string,
  options: SnapshotOptions,
  out: Output,
): Promise<Snapshot> {
  const loaded = await loadProgram(nameOrPath)
  const { folder, program } = loaded
  await requireOwnFiles(folder, OWN_FILES, options)
  if (options.anchor === true) requireOutbox(program.chainId)
  const choice = choiceOf(program, options)
  const listed = await namedAccounts(loaded)
  const clients = await openProviders(program.chainId, options.rpc ?? [])
  const [client] = clients
  invariant(client !== undefined, "there is at least one provider")
  const block = await findBlock(client, choice, {
    chainId: program.chainId,
    allowUnfinalized: options.allowUnfinalized === true,
  })
  out.line(`block ${block.number}, ${isoTime(block.timestamp)}, ${block.hash}`)
  const run = runFolder(
    "snapshot",
    block.hash,
    clients.map(({ host }) => host),
  )
  const snapshot = await inRun(run, async () => {
    // Each provider answers for itself, also where two are reached under one name.
    const journals = clients.map((_, i) => openJournal(join(run, i.toString())))
    const take = async (rpc: RpcClient, i: number): Promise<Taken> =>
      await takeFrom(rpc, block, { program, listed, journal: journals[i] ?? NO_JOURNAL, out })
    const read = await take(client, 0)
    await compareOthers(read, clients, block, take)
    const { reader } = read
    const { snapshot: proven, evidence } =
      options.prove === true
        ? await captureEvidence(reader, read.snapshot, listed, progressOf(out))
        : { snapshot: read.snapshot, evidence: undefined }
    const taken = { reader, snapshot: proven }
    for (const rpc of clients) await recheckBlock(rpc, block)
    const proofSize = await write(folder, taken.snapshot, evidence)
    reportSnapshot({ program, listed, clients, ...taken, kept: journals[0]?.found() ?? 0, proofSize, out })
    return taken.snapshot
  })
  if (options.anchor === true) await anchor(loaded, snapshot, options, out)
  return snapshot
}

/** Writes the anchor too, or says when that will be possible: the snapshot is complete without it. */
async function anchor(
  loaded: LoadedProgram,
  snapshot: Snapshot,
  { rpc, l1Rpc }: SnapshotOptions,
  out: Output,
): Promise<void> {
  const [first] = rpc ?? []
  const options = { ...(first ? { rpc: first } : {}), ...(l1Rpc ? { l1Rpc } : {}) }
  try {
    await runAnchor(loaded, snapshot, options, { ...out, json: () => undefined })
  } catch (error) {
    if (!(error instanceof AirdropError) || error.code !== "not-ready") throw error
    out.warn(`no anchor yet: ${error.message}. Run ./airdrop anchor ${loaded.name} then.`)
  }
}

/** Recognizes, by its first characters, each file that this verb has written. */
const OWN_FILES: OwnFiles = {
  "snapshot.json": (start) => start.includes('"merkle-airdrop/snapshot@'),
  "snapshot.proof": (start) => start.startsWith("AIRDROP"),
  ...ANCHOR_FILES,
}

interface Taken {
  readonly reader: PinnedReader
  readonly snapshot: Snapshot
}

interface Taking {
  readonly program: Program
  readonly listed: readonly Address[]
  readonly journal: Journal
  readonly out: Output
}

async function takeFrom(
  rpc: RpcClient,
  block: VerifiedHeader,
  { program, listed, journal, out }: Taking,
): Promise<Taken> {
  const reader = pinTo(rpc, block, journal)
  const payees = program.rules.overrides.map(({ payTo }) => payTo)
  const request = {
    chainId: program.chainId,
    token: program.token.address,
    readings: readingsOf(program),
    accounts: [...listed, ...payees],
    holders: async (token: Address, from: number) => {
      const search = { token, from, to: block.number }
      const transfers = await readTransfers(
        rpc,
        search,
        (done, total) => {
          out.progress("blocks", done, total)
        },
        journal,
      )
      return holdersOf(transfers)
    },
  }
  return { reader, snapshot: await takeSnapshot(reader, request, progressOf(out)) }
}

/** Reads the same from every other provider. They have to agree on all of it. */
async function compareOthers(
  { reader, snapshot }: Taken,
  clients: readonly RpcClient[],
  block: VerifiedHeader,
  take: (rpc: RpcClient, index: number) => Promise<Taken>,
): Promise<void> {
  for (const [i, other] of clients.entries()) {
    if (i === 0) continue
    await recheckBlock(other, block)
    const difference = snapshotDifference(snapshot, (await take(other, i)).snapshot)
    if (difference === undefined) continue
    throw new AirdropError(`${reader.host} and ${other.host} differ: ${difference}`, {
      code: "mismatch",
      hint: "One of them is wrong. --prove trusts neither.",
    })
  }
}

function progressOf(out: Output): OnProgress {
  return (label, done, total) => {
    out.progress(label, done, total)
  }
}

function choiceOf(program: Program, { block, time }: SnapshotOptions): BlockChoice {
  if (block !== undefined && time !== undefined)
    throw new AirdropError("--block and --time cannot both be given", { code: "usage" })
  if (time !== undefined) return { time }
  if (block !== undefined) return { block }
  if (program.snapshot === undefined) {
    throw new AirdropError(`program ${program.name} needs no snapshot: it names no block`, {
      code: "usage",
      hint: 'To merge people with their vesting contracts, name one under "snapshot" in program.json.',
    })
  }
  return program.snapshot
}

/** Returns every account that transfers have reached. */
function holdersOf(transfers: readonly Transfer[]): readonly Address[] {
  return [...new Set(transfers.map(({ to }) => to))]
}

/** Returns the size of the evidence in bytes. Evidence of another snapshot does not stay beside a new one. */
async function write(
  folder: string,
  snapshot: Snapshot,
  evidence: Evidence | undefined,
): Promise<number | undefined> {
  const proofPath = join(folder, "snapshot.proof")
  const path = join(folder, "snapshot.json")
  const packed = evidence === undefined ? undefined : packEvidence(evidence)
  const before = await readTextIfAny(path)
  await writeSnapshot(path, snapshot)
  if (before !== snapshotText(snapshot)) await rm(join(folder, ANCHOR_FILE), { force: true })
  if (packed === undefined && before === snapshotText(snapshot)) return undefined
  if (packed === undefined) await rm(proofPath, { force: true })
  else await writeFileAtomic(proofPath, packed)
  return packed?.length
}
