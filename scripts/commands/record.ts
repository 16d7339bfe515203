import type { Command } from "commander"
import { LIST_RECORDER } from "../core/contract/list-recorder.ts"
import { parseAddress, toChecksum } from "../core/primitives/address.ts"
import { humanAmount } from "../core/primitives/amount.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { plural } from "../core/primitives/plural.ts"
import { programArgument } from "../io/project/folders.ts"
import { withNode } from "../io/rpc/provider.ts"
import type { Output } from "../io/terminal/output.ts"
import { addSendingOptions, type SendingOptions } from "../io/terminal/sending-options.ts"
import { checkSignerOptions } from "../io/terminal/signer-options.ts"
import { openSigner } from "../io/transactions/signers.ts"
import { loadContext } from "../stages/deployment/deployment-context.ts"
import { openProgram } from "../stages/deployment/open-airdrop.ts"
import { nativeAmount } from "../core/ethereum/chains.ts"
import { missingParts, recorderCreation, recordingCost } from "../stages/recording/plan-recording.ts"
import { recordLists } from "../stages/recording/record-lists.ts"
import { sendOptions } from "./sending.ts"

interface Options extends SendingOptions {
  readonly rpc?: string
  readonly yes?: boolean
  readonly create?: boolean
}

/** `record P`: keeps the published lists in the chain's own calldata, so that they outlive every server. */
export function define(command: Command, out: () => Output): void {
  addSendingOptions(
    command
      .argument("<program>", "a folder of programs/, or the path of one")
      .option(
        "--rpc <url>",
        "node to send through (default: the URL in ARBITRUM_RPC_URL, or in the variable of the program's chain)",
      )
      .option("--create", "only create the recorder, for a Safe that records then")
      .option("--yes", "send; without it the cost is shown and nothing is sent"),
  ).action(async (program: string, options: Options) => {
    checkSignerOptions(options)
    await withNode(async () => {
      await runRecord(program, options, out())
    })
  })
}

async function runRecord(nameOrPath: string, options: Options, out: Output): Promise<void> {
  const context = await loadContext(nameOrPath)
  const { chain } = context.program
  const open = await openProgram(context, options.rpc)
  const { provider } = open
  const signer = await openSigner(options, provider)
  const sender = parseAddress((await signer.getAddress()).toLowerCase())
  const parts = options.create === true ? [] : await missingParts(context, open, sender)
  const bytes = parts.reduce((sum, part) => sum + part.bytes.length, 0)
  const isAsked = parts.length > 0 || options.create === true
  const creation = isAsked ? await recorderCreation(provider) : undefined
  const cost = await recordingCost(provider, creation, parts, sender)
  const wei = cost.gas * cost.gasPrice
  const entries = parts.reduce((sum, { count }) => sum + count, 0)
  const plan = {
    program: context.name,
    recorder: toChecksum(LIST_RECORDER),
    sender: toChecksum(sender),
    entries,
    bytes,
    transactions: parts.length,
    ...cost,
    wei,
  }
  if (parts.length === 0 && creation === undefined) {
    out.line(
      options.create === true
        ? `The recorder is deployed at ${toChecksum(LIST_RECORDER)}.`
        : `${context.name}: ${toChecksum(sender)} has recorded every list that the contract pays by.`,
    )
    out.json({ ...plan, sent: [] })
    return
  }
  out.line(
    `${context.name}: ${plural(entries, "entry", "entries")}, ${bytes} bytes, in ${plural(parts.length, "transaction")}`,
  )
  out.line(
    `  recorder     ${toChecksum(LIST_RECORDER)}${creation === undefined ? "" : ", which is created first"}`,
  )
  out.line(
    `  cost         about ${cost.gas} gas, ${nativeAmount(wei, chain)} at ${humanAmount(cost.gasPrice, 9)} gwei`,
  )
  if (options.yes !== true) {
    throw new AirdropError("nothing is sent yet", { code: "unresolved", hint: "Give --yes to send." })
  }
  const sent: string[] = []
  await recordLists({
    signer,
    provider,
    creation,
    parts,
    send: sendOptions(options, out),
    onRecorded: ({ number, tranche, position, count }, transaction) => {
      sent.push(transaction)
      out.line(
        `recorded: part ${number}, entries ${position} to ${position + count - 1} of the ${tranche} list, in ${transaction}`,
      )
    },
  })
  if (sent.length > 0)
    out.line(
      `./airdrop verify ${programArgument(context.folder)} --from-chain --rpc URL rebuilds the lists from these transactions.`,
    )
  out.json({ ...plan, sent })
}
