/** A program's own future, on a chain in this process: from the deployment to the sweep, by the verbs of an operator. */
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types"
import { cp, mkdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { formatAmount } from "../../core/primitives/amount.ts"
import { AirdropError, invariant } from "../../core/primitives/error.ts"
import { plural } from "../../core/primitives/plural.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { deploymentCall, DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import { treeOfList } from "../../core/merkle/tree.ts"
import { accountOf } from "../../core/merkle/leaf-list.ts"
import { safeHashes } from "../../core/safe/safe-transaction.ts"
import { forget, temporaryFor } from "../../io/disk/temporary.ts"
import { proofsFolder } from "../../io/project/folders.ts"
import { approvedHashSignature, executeSafeTransaction } from "../../io/safe/execute.ts"
import { installSafeContracts } from "../../io/safe/install.ts"
import { readSafe, SAFE } from "../../io/safe/safe.ts"
import type { RunVerb } from "../../io/terminal/captured-run.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import { merkleAirdropAt } from "../../stages/deployment/airdrop-contract.ts"
import type { ProgramContext } from "../../stages/deployment/deployment-context.ts"
import { loadProgram } from "../../stages/program/load-program.ts"
import { verifyOnChain } from "../../stages/verification/verify-on-chain.ts"
import { readSafeTransaction } from "../../stages/multisig/transaction-file.ts"
import { startEmbeddedChain, type EmbeddedChain } from "../embedded/embedded-chain.ts"
import { placeAccount } from "../embedded/load-accounts.ts"
import type { Proposed } from "./stage.ts"

/** One step of a rehearsal. */
export interface RehearsedStep {
  readonly name: string
  /** Gas of the transactions that the operator or the signers pay for. */
  readonly gas: bigint
  /** A remark, or what went wrong; in one line. */
  readonly finding: string
  readonly ok: boolean
}

export interface RehearsalOptions {
  /** A node of the program's chain to fork; by default an empty chain with the program's id and a stand-in for its token. */
  readonly rpc?: string | undefined
  /** The first time of an empty chain; now by default. */
  readonly at?: Date | undefined
  readonly onStep: (step: RehearsedStep) => void
}

interface Rehearsal {
  readonly context: ProgramContext
  readonly chain: EmbeddedChain
  readonly url: string
  readonly safe: Address
  readonly payer: HardhatEthersSigner
  /** The copy of the program's folder. */
  readonly folder: string
  readonly runVerb: RunVerb
  /** True if the token is a stand-in, which anyone may mint. */
  readonly mints: boolean
}

/** Threshold and number of owners of a Safe that is placed because the chain has none at the owner's address. */
const OWNERS = 3
const THRESHOLD = 2
const NEWCOMER = toChecksum(parseAddress(`0x${"5e55".repeat(10)}`))

/** Rehearses a published program on a copy of its folder. The folder itself is only read. */
export async function rehearse(
  context: ProgramContext,
  runVerb: RunVerb,
  { rpc, at = new Date(), onStep }: RehearsalOptions,
): Promise<readonly RehearsedStep[]> {
  const { program } = context
  const scratch = temporaryFor(join(tmpdir(), "airdrop-rehearsal"))
  const chain = await startEmbeddedChain({
    chainId: program.chainId,
    token: program.token,
    ...(rpc === undefined ? { start: Math.floor(at.getTime() / 1000) } : { fork: rpc }),
  })
  const served = await chain.serve()
  try {
    const [payer] = chain.signers
    invariant(payer, "the embedded chain has signers")
    const safe = context.parameters.owner
    const folder = await copyProgram(context, scratch)
    const rehearsal = {
      context,
      chain,
      url: served.url,
      safe,
      payer,
      folder,
      runVerb,
      mints: rpc === undefined,
    }
    const steps: RehearsedStep[] = []
    for (const [name, work] of STEPS) {
      const step = await take(rehearsal, name, work)
      onStep(step)
      steps.push(step)
      // Without a funded contract the other steps say nothing about the program.
      if (!step.ok && NEEDED.has(name)) break
    }
    return steps
  } finally {
    await served.close()
    await chain.close()
    await rm(scratch, { recursive: true, force: true })
    forget(scratch)
  }
}

/** Copies what the steps read, without the record of a deployment and the transactions that were written for it. */
async function copyProgram({ folder }: ProgramContext, scratch: string): Promise<string> {
  const left = new Set(
    ["deployment.json", "proposals", "distribution", "page"].map((name) => join(folder, name)),
  )
  const copy = join(scratch, basename(folder))
  await mkdir(scratch, { recursive: true })
  await cp(folder, copy, { recursive: true, filter: (path) => !left.has(path) })
  await cp(proofsFolder(folder), join(copy, "proofs"), { recursive: true })
  return copy
}

type Work = (rehearsal: Rehearsal) => Promise<string>

const STEPS: readonly (readonly [name: string, work: Work])[] = [
  ["chain", prepareChain],
  ["deploy", deploy],
  ["fund", fund],
  ["verify", verify],
  ["publish", async (rehearsal) => await act(rehearsal, "publish")],
  ["claim", claimFirst],
  ["grant", grant],
  ["distribute", distribute],
  ["status", status],
  ["sweep", sweep],
]
const NEEDED = new Set(["chain", "deploy", "fund"])

async function take(rehearsal: Rehearsal, name: string, work: Work): Promise<RehearsedStep> {
  const { provider } = rehearsal.chain.ethers
  const before = await provider.getBlockNumber()
  try {
    const finding = await work(rehearsal)
    return { name, gas: await gasSince(rehearsal, before), finding, ok: true }
  } catch (error) {
    const finding = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? ""
    return { name, gas: await gasSince(rehearsal, before), finding, ok: false }
  }
}

/** Sums the gas of the payer's transactions. The approvals of impersonated owners stand for signatures, which are free. */
async function gasSince({ chain, payer }: Rehearsal, block: number): Promise<bigint> {
  const { provider } = chain.ethers
  const last = await provider.getBlockNumber()
  let gas = 0n
  for (let number = block + 1; number <= last; number++) {
    for (const hash of (await provider.getBlock(number))?.transactions ?? []) {
      const receipt = await provider.getTransactionReceipt(hash)
      if (receipt?.from === payer.address) gas += receipt.gasUsed
    }
  }
  return gas
}

async function prepareChain({ chain, safe, payer }: Rehearsal): Promise<string> {
  const { provider } = chain.ethers
  const remarks: string[] = []
  if ((await provider.getCode(DEPLOYMENT_PROXY)) === "0x")
    remarks.push("the deployment proxy is missing, and was placed")
  await installSafeContracts(provider, payer)
  if ((await provider.getCode(toChecksum(safe))) === "0x") {
    const owners = chain.signers.slice(1, 1 + OWNERS).map(({ address }) => parseAddress(address))
    const store = async (address: Address, slot: bigint, value: bigint): Promise<void> => {
      const word = (number: bigint): string => `0x${number.toString(16).padStart(64, "0")}`
      await chain.request("hardhat_setStorageAt", [address, word(slot), word(value)])
    }
    await placeAccount(chain.request, store, safe, { kind: "safe", owners, threshold: THRESHOLD })
    remarks.push(`a Safe of ${THRESHOLD} of ${OWNERS} was placed at the owner's address`)
  }
  const { version, threshold, owners } = await readSafe(provider, safe)
  return [`the owner is a Safe ${version}, ${threshold} of ${owners.length}`, ...remarks].join("; ")
}

async function deploy({ context, chain, payer }: Rehearsal): Promise<string> {
  const address = toChecksum(context.airdrop)
  if ((await chain.ethers.provider.getCode(address)) !== "0x") return `${address} is deployed already`
  const sweepTime = Number(context.parameters.sweepTime)
  if (sweepTime <= (await timeOf(chain))) {
    throw new AirdropError(
      `the sweep time has passed: ${isoTime(sweepTime)}; the contract refuses it (--at rehearses an earlier day)`,
      { code: "not-ready" },
    )
  }
  await (await payer.sendTransaction(deploymentCall(context.initCode))).wait()
  return `${address} by any key, through the deployment proxy`
}

async function fund(rehearsal: Rehearsal): Promise<string> {
  const { context, chain, safe, mints } = rehearsal
  const { token } = context.program
  const held = await tokenBalance(chain.ethers.provider, token.address, safe)
  const missing = context.funding - held
  if (missing > 0n && mints) await chain.fund(safe, missing)
  await act(rehearsal, "deploy")
  return tokenAmount(context.funding, token)
}

/** Verifies files and contract. The block of a snapshot is on the program's own chain, and not on an empty one. */
async function verify({ context, folder, url, runVerb, mints }: Rehearsal): Promise<string> {
  await runVerb("verify", [folder])
  const { list } = context.automatic
  const loaded = await loadProgram(folder)
  const stages = await verifyOnChain(loaded, { list, tree: treeOfList(list) }, url, () => undefined)
  const [finding] = stages
    .filter(({ name }) => !mints || name !== "block")
    .flatMap(({ findings }) => findings)
  if (finding !== undefined) {
    throw new AirdropError(`${finding.file}: ${finding.problem}`, { code: "mismatch" })
  }
  return "amounts, tree, proofs and contract agree"
}

/** Proposes an action, inspects it as a signer does, has the owners approve it, and executes it. */
async function act(rehearsal: Rehearsal, action: string, ...more: readonly string[]): Promise<string> {
  const { folder, url, chain, safe, payer, runVerb } = rehearsal
  const { json } = await runVerb("propose", [folder, action, "--rpc", url, ...more])
  const { files } = json as Proposed
  await runVerb("inspect", [files.batch, "--program", folder, "--rpc", url])
  const file = await readSafeTransaction(files.transaction)
  invariant(file !== undefined, "a proposal has a transaction")
  const state = await readSafe(chain.ethers.provider, safe)
  const hash = safeHashes(state, file.transaction).safe
  const signers = state.owners.slice(0, state.threshold)
  for (const owner of signers) {
    const signer = await chain.impersonate(toChecksum(owner))
    const data = SAFE.encodeFunctionData("approveHash", [hash])
    await (await signer.sendTransaction({ to: safe, data })).wait()
  }
  await executeSafeTransaction(state, file.transaction, signers.map(approvedHashSignature), payer)
  return `executed by the Safe as transaction ${state.nonce}`
}

async function claimFirst({ context, folder, url, payer, runVerb }: Rehearsal): Promise<string> {
  const account = toChecksum(accountOf(context.automatic.list, 0))
  await runVerb("claim", [folder, account, "--rpc", url, "--account", payer.address])
  return `${account}, sent by another account`
}

/** Grants one base unit, the least there is, from the reserve. */
async function grant(rehearsal: Rehearsal): Promise<string> {
  const { context, chain, folder, url, payer, runVerb } = rehearsal
  const { tranches, token, attestation } = context.program
  if (tranches.reserve === 0n) return "there is no reserve"
  const required = attestation?.required ?? 0
  if (required > 0) return `left out: a reserve root needs ${plural(required, "attestation")} of outsiders`
  const amount = formatAmount(1n, token.decimals)
  const words = ["--reason", "rehearsal", "--evidence", "rehearsal", "--force"]
  await runVerb("grants", [folder, "add", NEWCOMER, amount, ...words])
  await runVerb("grants", [folder, "build"])
  await runVerb("build", [folder])
  await act(rehearsal, "reserve")
  const airdrop = await merkleAirdropAt(context.airdrop, payer)
  const pending = await airdrop.pendingReserveRoot()
  if (pending.acceptableAt > 0n) {
    await chain.mine(Number(pending.acceptableAt))
    await (await airdrop.acceptReserveRoot(pending.root)).wait()
  }
  await runVerb("claim", [folder, NEWCOMER, "--rpc", url, "--account", payer.address])
  return `${tokenAmount(1n, token)} to an account that was missed`
}

async function distribute({ folder, url, payer, runVerb }: Rehearsal): Promise<string> {
  const { json } = await runVerb("distribute", [folder, "--rpc", url, "--account", payer.address, "--yes"])
  const { paid = 0, transactions = [] } = json as { paid?: number; transactions?: readonly unknown[] }
  return `${paid} recipients in ${transactions.length} transactions`
}

async function status({ folder, url, runVerb }: Rehearsal): Promise<string> {
  const { json } = await runVerb("status", [folder, "--rpc", url])
  const { claimed, alarms } = json as {
    readonly claimed: { readonly count: number; readonly amount: string }
    readonly alarms: readonly string[]
  }
  const paid = `${plural(claimed.count, "recipient")} paid`
  return [paid, ...alarms].join("; ")
}

async function sweep(rehearsal: Rehearsal): Promise<string> {
  const { context, chain } = rehearsal
  const { token } = context.program
  const left = await tokenBalance(chain.ethers.provider, token.address, context.airdrop)
  if (left === 0n) return "nothing is left to sweep"
  const time = Number(context.parameters.sweepTime)
  if (time > (await timeOf(chain))) await chain.mine(time)
  await act(rehearsal, "sweep")
  return `${tokenAmount(left, token)} back to the owner, after the sweep time`
}

/** Returns the time of the newest block, in seconds since 1970. */
async function timeOf({ ethers }: EmbeddedChain): Promise<number> {
  return (await ethers.provider.getBlock("latest"))?.timestamp ?? 0
}
