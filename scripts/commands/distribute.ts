import { plural } from "../core/primitives/plural.ts"
import { tokenAmount } from "../core/primitives/token.ts"
import { type Command, Option } from "commander"
import { join } from "node:path"
import { withNode } from "../io/rpc/provider.ts"
import { distribute, type DistributionReport } from "../stages/distribution/distribution.ts"
import { estimatePlan, readPlan, type Estimate, type Plan } from "../stages/distribution/distribution-plan.ts"
import { costLines } from "../stages/distribution/cost-text.ts"
import { sendOptions } from "./sending.ts"
import {
  readLateRedirects,
  SIGNED_CLAIMS,
  requireSubmittable,
  submitRedirects,
  type LateRedirect,
} from "../stages/distribution/late-redirects.ts"
import { toChecksum } from "../core/primitives/address.ts"
import { openSigner } from "../io/transactions/signers.ts"
import { addSendingOptions, type SendingOptions } from "../io/terminal/sending-options.ts"
import { checkSignerOptions } from "../io/terminal/signer-options.ts"
import { nativeAmount, type Chain } from "../core/ethereum/chains.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { shownPath } from "../io/disk/paths.ts"
import { loadProgram, type LoadedProgram } from "../stages/program/load-program.ts"
import { filePath, between } from "../io/terminal/options.ts"
import { asksYes } from "../io/terminal/ask.ts"
import type { Output } from "../io/terminal/output.ts"
import {
  removeBatches,
  requireBatchFolder,
  writeDistributionBatches,
} from "../stages/distribution/distribution-batches.ts"

interface Options extends SendingOptions {
  readonly rpc?: string
  readonly yes?: boolean
  readonly dryRun?: boolean
  readonly batch?: number
  readonly via?: "safe"
  readonly out?: string
}

/** `distribute P`: pushes the automatic tranche to every account that has not claimed. */
export function define(command: Command, out: () => Output): void {
  addSendingOptions(
    command
      .argument("<program>", "a folder of programs/, or the path of one")
      .option(
        "--rpc <url>",
        "node to send through (default: the URL in ARBITRUM_RPC_URL, or in the variable of the program's chain)",
      )
      .option("--yes", "do not ask before sending")
      .option("--dry-run", "only estimate the cost")
      .option("--batch <recipients>", "recipients a transaction (default: measured)", between(1, 999_999))
      .addOption(
        new Option("--via <way>", "safe: write batches for the multisig instead of sending").choices([
          "safe",
        ]),
      )
      .option(
        "--out <folder>",
        "folder for the batches of --via safe (default: the program's distribution/)",
        filePath,
      ),
  ).action(async (name: string, options: Options) => {
    if (options.via === undefined) checkSignerOptions(options)
    const loaded = await loadProgram(name)
    if (options.via !== undefined) await requireBatchFolder(batchFolder(loaded, options))
    await withNode(async () => {
      const plan = await readPlan(loaded, options.rpc)
      if (options.via === undefined) await send(plan, options, out())
      else await propose(plan, options, out())
    })
  })
}

async function send(plan: Plan, options: Options, out: Output): Promise<void> {
  const { provider, airdrop, leaves } = plan
  const total = leaves.list.count
  describePlan(plan, out)
  if (plan.unclaimed === 0) {
    out.json({ recipients: total, paid: 0, unclaimed: 0, transactions: [] })
    return
  }
  const signer = await openSigner(options, provider)
  const from = await signer.getAddress()
  const redirects = await readLateRedirects(plan)
  await requireSubmittable(plan, redirects, from)
  describeRedirects(redirects, out)
  const estimate = await estimatePlan(plan, from, options.batch)
  describeCost(estimate, plan.loaded.program.chain, options, out)
  if (options.dryRun === true) {
    out.json({
      recipients: total,
      unclaimed: plan.unclaimed,
      redirects: redirects.length,
      estimate: costJson(estimate),
    })
    return
  }
  await requireEther(plan, from, estimate.total.wei)
  if (options.yes !== true)
    await confirm(`Send ${plural(estimate.total.transactions, "transaction")} from ${from}?`)
  const sending = sendOptions(options, out)
  const redirected = await submitRedirects(plan, redirects, { signer, send: sending })
  const report = await distribute({
    airdrop,
    provider,
    signer,
    leaves,
    size: estimate.size,
    limits: estimate.limits,
    send: sending,
    onProgress: (done, all) => {
      out.progress("paid", done, all)
    },
  })
  describeReport(report, redirected, plan.loaded.program.chain, total, out)
}

function batchFolder({ folder }: LoadedProgram, { out }: Options): string {
  return out ?? join(folder, "distribution")
}

async function propose(plan: Plan, options: Options, out: Output): Promise<void> {
  describePlan(plan, out)
  const folder = batchFolder(plan.loaded, options)
  const { unclaimed } = plan
  if (unclaimed === 0) {
    if (options.dryRun !== true) await removeBatches(folder, [])
    out.json({ files: [], unclaimed })
    return
  }
  const redirects = await readLateRedirects(plan)
  if (redirects.length > 0) {
    throw new AirdropError(
      `${plural(redirects.length, "signed redirect")} in ${SIGNED_CLAIMS}/ not submitted yet`,
      {
        code: "not-ready",
        hint: `A batch would pay the accounts themselves. Any key may submit them: ./airdrop claim ${plan.loaded.name} --signed FILE --key NAME`,
      },
    )
  }
  const owner = (await plan.airdrop.owner()).toLowerCase()
  const estimate = await estimatePlan(plan, owner, options.batch)
  describeCost(estimate, plan.loaded.program.chain, options, out)
  if (options.dryRun === true) {
    out.json({ files: [], unclaimed, estimate: costJson(estimate) })
    return
  }
  const { files, safe } = await writeDistributionBatches({ ...plan, batches: estimate.batches, folder })
  await removeBatches(folder, files)
  for (const file of files) out.line(`written: ${shownPath(file)}`)
  out.line(
    "Each file is one transaction of the Safe. They may be executed in any order; a second execution pays nothing.",
  )
  out.json({ safe, files, unclaimed, estimate: costJson(estimate) })
}

function describePlan({ loaded, leaves, unclaimed, owed }: Plan, out: Output): void {
  const { token } = loaded.program
  const { count: all } = leaves.list
  out.line(
    unclaimed === 0
      ? `All ${all} recipients of ${loaded.name} are paid.`
      : `${loaded.name}: ${unclaimed} of ${all} recipients are to be paid ${tokenAmount(owed, token)}.`,
  )
}

function describeCost(estimate: Estimate, chain: Chain, { batch }: Options, out: Output): void {
  const { size } = estimate
  if (batch !== undefined && batch > size) {
    out.warn(`--batch ${batch} does not fit one transaction: ${size} recipients do`)
  }
  for (const line of costLines(estimate, chain)) out.line(line)
}

function describeRedirects(redirects: readonly LateRedirect[], out: Output): void {
  if (redirects.length === 0) return
  out.line(`${plural(redirects.length, "signed redirect")} come${redirects.length === 1 ? "s" : ""} first:`)
  for (const { due, to } of redirects) out.line(`  ${toChecksum(due.account)} → ${toChecksum(to)}`)
}

function describeReport(
  report: DistributionReport,
  redirected: readonly string[],
  chain: Chain,
  total: number,
  out: Output,
): void {
  const gasEach = report.paid === 0 ? 0n : report.gasUsed / BigInt(report.paid)
  out.line(
    `Paid ${plural(report.paid, "recipient")} in ${plural(report.transactions.length, "transaction")}.`,
  )
  out.line(`Gas: ${report.gasUsed}, ${gasEach} a recipient; fees ${nativeAmount(report.fees, chain)}.`)
  out.line(`Checked at block ${report.block}: all ${total} leaves are claimed.`)
  out.json({ recipients: total, unclaimed: 0, gasPerRecipient: Number(gasEach), redirected, ...report })
}

function costJson({ size, gasEach, fixedGas, total }: Estimate): object {
  return { batchSize: size, gasEach, fixedGas, ...total }
}

async function requireEther({ provider, loaded }: Plan, from: string, wei: bigint): Promise<void> {
  const balance = await provider.getBalance(from)
  if (balance >= wei) return
  const money = (amount: bigint): string => nativeAmount(amount, loaded.program.chain)
  throw new AirdropError(`${from} has ${money(balance)}, the distribution takes about ${money(wei)}`, {
    code: "insufficient-funds",
  })
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new AirdropError("there is no terminal to ask on", {
      code: "usage",
      hint: "Give --yes to send without a question.",
    })
  }
  if (!(await asksYes(question))) throw new AirdropError("nothing was sent", { code: "unanswered" })
}
