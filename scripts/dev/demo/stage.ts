/** Sets the demo's stage: a chain with a network on it, a Safe with the tokens, and a program's folder. */
import { isoTime } from "../../core/primitives/time.ts"
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { serveEmbeddedChain, type EmbeddedChain } from "../embedded/embedded-chain.ts"
import { readNetworkFile, type NetworkFile } from "../embedded/network-file.ts"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import type { Attester } from "../../core/statements/attester.ts"
import { invariant } from "../../core/primitives/error.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readProgramFile } from "../../stages/program/load-program.ts"
import { readSafeTransaction } from "../../stages/multisig/transaction-file.ts"
import { refuseForeign } from "../../io/disk/foreign-files.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { replaceFolder } from "../../io/disk/replace-folder.ts"
import { PROJECT_ROOT } from "../../io/project/processes.ts"
import { executeSafeTransaction, signSafeTransaction } from "../../io/safe/execute.ts"
import { createSafe, readSafe } from "../../io/safe/safe.ts"

export interface StageOptions {
  readonly network: string
  readonly recipients: string
  /** The folder of the demo's program. It may replace an earlier demo's folder and no other. */
  readonly folder: string
  /** Outsiders whose attestations the funding needs, all but one of them; by default none. */
  readonly attesters?: readonly Attester[]
}

export interface Stage {
  readonly chain: EmbeddedChain
  /** The chain's JSON-RPC. */
  readonly url: string
  readonly network: NetworkFile
  readonly safe: Address
  /** Two of the three owners, as many as the Safe asks for. */
  readonly owners: readonly HardhatEthersSigner[]
  /** Pays for gas. */
  readonly payer: HardhatEthersSigner
  /** The program's folder as a user would write it. */
  readonly program: string
  close(): Promise<void>
}

const SAMPLE = join(PROJECT_ROOT, "programs", "sample")
const PROGRAM = "program.json"
const NAME = "demo"
const ABOUT = "The demo's program: rules as in programs/sample, on the demo's own chain."
const YEAR = 365 * 86_400

/** The network and recipients that the project holds itself. */
export const SAMPLE_STAGE = {
  network: join(SAMPLE, "network.json"),
  recipients: join(SAMPLE, "recipients.csv"),
}

/** @throws AirdropError if the folder holds anything but an earlier demo */
export async function setStage(options: StageOptions): Promise<Stage> {
  await refuseForeign(options.folder, "a demo", async (names) => await foreignToDemo(options.folder, names))
  const network = await readNetworkFile(options.network)
  const recipients = await readFile(options.recipients)
  const served = await serveEmbeddedChain({ network })
  const { chain, url } = served
  const close = async (): Promise<void> => {
    await served.close()
  }
  try {
    const [payer, ...others] = chain.signers
    // The last ones: the first are people of the sample network.
    const owners = others.slice(-3)
    invariant(payer, "the embedded chain has signers")
    const safe = await createSafe(payer, { owners: owners.map(({ address }) => address), threshold: 2 })
    await replaceFolder(options.folder, async (fresh) => {
      await writeFileAtomic(join(fresh, "recipients.csv"), recipients)
      await writeProgram(join(fresh, PROGRAM), options, network, safe)
    })
    const { program } = await readProgramFile(join(options.folder, PROGRAM))
    await chain.fund(safe, program.tranches.automatic + program.tranches.reserve)
    const program_ = shownPath(options.folder)
    return { chain, url, network, safe, owners: owners.slice(0, 2), payer, program: program_, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Returns the name of a file by which a folder is not an earlier demo's; undefined if it is one. A demo's folder begins
 * with its program, and is replaced with everything that verbs have written there since.
 */
async function foreignToDemo(folder: string, names: readonly string[]): Promise<string | undefined> {
  if (!names.includes(PROGRAM)) return names[0]
  const text = await readFile(join(folder, PROGRAM), "utf8").catch(() => "")
  const isOurs = text.includes(`"name": "${NAME}"`) && text.includes(JSON.stringify(ABOUT))
  return isOurs ? undefined : PROGRAM
}

/** Writes the sample's program, changed to this network's block and this Safe. */
async function writeProgram(
  path: string,
  options: StageOptions,
  network: NetworkFile,
  safe: Address,
): Promise<void> {
  const sample = JSON.parse(await readFile(join(SAMPLE, "program.json"), "utf8")) as Record<string, unknown>
  const isSample = options.network === SAMPLE_STAGE.network
  const sweepTime = isoTime(network.block.timestamp + YEAR)
  const program = {
    ...sample,
    name: NAME,
    description: ABOUT,
    snapshot: { block: network.block.number },
    rules: isSample ? sample["rules"] : {},
    contract: { owner: toChecksum(parseAddress(safe)), reserveDelay: 86_400, sweepTime },
    ...(options.attesters !== undefined && {
      attestation: { attesters: options.attesters, required: options.attesters.length - 1 },
    }),
  }
  await writeFileAtomic(path, `${JSON.stringify(program, undefined, 2)}\n`)
}

/**
 * Changes the chain after the snapshot's block: the first node leaves and every other stake doubles. None of it may
 * count.
 */
export async function changeNetworkAfterwards({ chain, network }: Stage): Promise<void> {
  const nodes = network.nodes.slice(1).map((node) => ({
    ...node,
    deposit: node.deposit * 2n,
    contributors: node.contributors.map((one) => ({ ...one, stakedAmount: one.stakedAmount * 2n })),
  }))
  const later = { number: network.block.number + 40, timestamp: network.block.timestamp + 600 }
  await chain.load({ ...network, nodes, totalNodes: nodes.length, block: later })
}

/** Does something to the chain, and sets the chain back afterwards. */
export async function onCopy({ chain }: Stage, work: () => Promise<void>): Promise<void> {
  const before = await chain.request("evm_snapshot")
  try {
    await work()
  } finally {
    await chain.request("evm_revert", [before])
  }
}

/** The part of the JSON result of `propose` that the demo uses. */
export interface Proposed {
  readonly files: { readonly batch: string; readonly transaction: string }
}

/** Has the Safe's owners sign what `propose` has written, and executes it. @param proposed its answer to --json */
export async function executeProposal(
  { chain, safe, owners, payer }: Stage,
  proposed: unknown,
): Promise<void> {
  const { files } = proposed as Proposed
  const file = await readSafeTransaction(files.transaction)
  invariant(file !== undefined, "a proposal has a transaction")
  const state = await readSafe(chain.ethers.provider, safe)
  const signatures = await Promise.all(
    owners.map((owner) => signSafeTransaction(state, file.transaction, owner)),
  )
  await executeSafeTransaction(state, file.transaction, signatures, payer)
}
