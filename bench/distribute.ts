/**
 * `bench distribute`: a whole distribution by the verb's own code, with the gas of every transaction, compared with
 * a plain loop of transfers of the same token to as many recipients in the same batches. Writes
 * bench/distribute.json and .txt.
 */
import type { Command } from "commander"
import { BaseContract, ContractFactory, type ContractTransactionResponse } from "ethers"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readLimits } from "../scripts/stages/distribution/batch-gas.ts"
import { MAX_SIZE, measureBatch } from "../scripts/stages/distribution/batch-size.ts"
import { connect } from "../scripts/io/rpc/provider.ts"
import { merkleAirdropAt } from "../scripts/stages/deployment/airdrop-contract.ts"
import { distribute } from "../scripts/stages/distribution/distribution.ts"
import { SESSION } from "../scripts/core/session/contracts.ts"
import { tokenBalance } from "../scripts/io/transactions/token.ts"
import { requireProvider } from "../scripts/io/safe/safe.ts"
import { planBatches } from "../scripts/core/claim/push-batches.ts"
import { AirdropError, invariant } from "../scripts/core/primitives/error.ts"
import { readLeaves } from "../scripts/stages/publication/read-leaves.ts"
import { loadProgram } from "../scripts/stages/program/load-program.ts"
import { writeFileAtomic } from "../scripts/io/disk/atomic-write.ts"
import { between } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import {
  knownWallet,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../scripts/dev/rigs/deployed-program.ts"
import { compileProject } from "./gas/chain.ts"
import { ROOT } from "./solc.ts"

export interface DistributeFigures {
  readonly recipients: number
  readonly batchSize: number
  readonly transactions: number
  /** Gas of whole transactions, to recipients who hold none of the token. */
  readonly gasPerRecipient: number
  /** Gas of a plain loop of transfers in the same batches, measured in the same run. */
  readonly floorPerRecipient: number
  readonly ratio: number
  readonly seconds: number
}

/** Defines the bench's options and action. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--recipients <number>", "how many are paid", between(1, 999_999), 5_000)
    .action(async (options: { readonly recipients: number }) => {
      const output = out()
      const figures = await benchDistribute(options.recipients, (done, total) => {
        output.progress("paid", done, total)
      })
      const text = [
        `A distribution to ${figures.recipients} recipients who hold none, ${figures.batchSize} a transaction`,
        "",
        `  this project            ${figures.gasPerRecipient} gas a recipient, ${figures.transactions} transactions, ${figures.seconds} s`,
        `  plain loop of transfers ${figures.floorPerRecipient} gas a recipient`,
        `  ratio                   ${figures.ratio}`,
        "",
      ].join("\n")
      printText(output, text)
      output.json(figures)
      // Gas repeats exactly on any machine. The seconds depend on the machine and are only printed.
      const gas = { ...figures, seconds: undefined }
      await writeFileAtomic(join(ROOT, "bench", "distribute.json"), `${JSON.stringify(gas, undefined, 2)}\n`)
    })
}

/** Runs both on one embedded chain. */
export async function benchDistribute(
  recipients: number,
  onProgress: (done: number, total: number) => void,
): Promise<DistributeFigures> {
  const parent = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
  const stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(recipients) })
  try {
    const provider = await connect(stage.url, 42161)
    const signer = knownWallet(2).connect(provider)
    const leaves = await readLeaves(await loadProgram(stage.folder))
    const airdrop = await merkleAirdropAt(await stage.airdrop.getAddress(), provider)
    const [first = { start: 0, count: 1 }] = planBatches(new Uint8Array(recipients), MAX_SIZE)
    const limits = await readLimits(provider)
    const { size } = await measureBatch({ airdrop, leaves, from: signer.address, limits }, first, undefined)
    const started = performance.now()
    const report = await distribute({
      airdrop,
      provider,
      signer,
      leaves,
      size,
      limits,
      send: {
        maxFee: undefined,
        replaceAfter: 30_000,
        patience: 300_000,
        onNotice: () => undefined,
        onSent: () => undefined,
      },
      onProgress,
    })
    const seconds = Math.round((performance.now() - started) / 100) / 10
    const gasPerRecipient = Number(report.gasUsed) / report.paid
    const floorPerRecipient = await floorGas(stage, recipients, size)
    return {
      recipients,
      batchSize: size,
      transactions: report.transactions.length,
      gasPerRecipient: Math.round(gasPerRecipient),
      floorPerRecipient: Math.round(floorPerRecipient),
      ratio: Math.round((1000 * gasPerRecipient) / floorPerRecipient) / 1000,
      seconds,
    }
  } finally {
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  }
}

interface Disperse {
  readonly disperse: (
    token: string,
    accounts: readonly string[],
    amounts: readonly bigint[],
  ) => Promise<ContractTransactionResponse>
}

/** Returns the gas of the loop, to as many other recipients who hold none of the token. */
async function floorGas(stage: DeployedProgram, recipients: number, size: number): Promise<number> {
  const [sender] = stage.chain.signers
  invariant(sender !== undefined, "the embedded chain has signers")
  const { abi, creation } = compileProject("bench/contracts/Disperse.sol", "Disperse")
  const disperse = await new ContractFactory(abi, creation, sender).deploy()
  await disperse.waitForDeployment()
  const address = await disperse.getAddress()
  const contract = BaseContract.from<Disperse>(address, abi, sender)
  const people = madeUpRecipients(2 * recipients).slice(recipients)
  await stage.chain.fund(
    address,
    people.reduce((sum, { amount }) => sum + amount, 0n),
  )
  let gas = 0n
  for (let start = 0; start < people.length; start += size) {
    const batch = people.slice(start, start + size)
    const accounts = batch.map(({ account }) => account)
    const amounts = batch.map(({ amount }) => amount)
    const sent = await contract.disperse(SESSION.token, accounts, amounts)
    gas += (await sent.wait())?.gasUsed ?? 0n
  }
  const last = people.at(-1)
  const held = last && (await tokenBalance(requireProvider(sender), SESSION.token, last.account))
  if (held === undefined || held !== last?.amount)
    throw new AirdropError("the loop of transfers did not pay the last recipient", { code: "mismatch" })
  return Number(gas) / people.length
}
