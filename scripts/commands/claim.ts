import { requireOutput } from "../stages/program/output-file.ts"
import { tokenAmount } from "../core/primitives/token.ts"
import type { Command } from "commander"
import { encodeClaims } from "../core/claim/claim-calls.ts"
import { signedSubmission, type ClaimSubmission } from "../core/claim/claim-submission.ts"
import type { ClaimStates } from "../core/claim/claim-state.ts"
import { readClaimStates } from "../stages/claim/claim-states.ts"
import { sendClaims } from "../stages/claim/send-claims.ts"
import { type Due } from "../core/claim/claims.ts"
import { withNode } from "../io/rpc/provider.ts"
import { claimStateText, requireDue, requireOpen } from "../stages/claim/find-due.ts"
import { openProgram, type OpenProgram } from "../stages/deployment/open-airdrop.ts"
import { sendOptions } from "./sending.ts"
import { openSigner } from "../io/transactions/signers.ts"
import { addSendingOptions, type SendingOptions } from "../io/terminal/sending-options.ts"
import { checkSignerOptions } from "../io/terminal/signer-options.ts"
import { parseAddress, toChecksum, type Address } from "../core/primitives/address.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { batchFile } from "../core/safe/safe-batch.ts"
import { signedClaimFault, type SignedClaim } from "../core/claim/signed-claim.ts"
import { readSignedClaim } from "../stages/claim/signed-claim-file.ts"
import { shownPath } from "../io/disk/paths.ts"
import { loadProgram, type LoadedProgram } from "../stages/program/load-program.ts"
import { isOwnBatch, writeBatch } from "../stages/multisig/batch-file.ts"
import { filePath, argument } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"

interface Options extends SendingOptions {
  readonly force?: boolean
  readonly rpc?: string
  readonly to?: Address
  readonly signed?: string
  readonly safe?: string
}

/** The claims of an account and their state on chain. */
interface Opened extends OpenProgram {
  readonly loaded: LoadedProgram
  readonly due: Due
  readonly states: ClaimStates
  /** The head before the states were read. */
  readonly block: number
}

/** `claim P ADDRESS`: claims every open tranche of an account in one transaction. */
export function define(command: Command, out: () => Output): void {
  addSendingOptions(
    command
      .argument("<program>", "a folder of programs/, or the path of one")
      .argument("[address]", "the account that has the claim; --signed names it otherwise")
      .option(
        "--rpc <url>",
        "node to send through (default: the URL in ARBITRUM_RPC_URL, or in the variable of the program's chain)",
      )
      .option(
        "--to <address>",
        "pay another address; only the account itself can send this",
        argument(parseAddress),
      )
      .option("--signed <file>", "submit a claim that the account signed with `sign`", filePath)
      .option("--safe <file>", "the account is a Safe: write a batch for its owners into this file", filePath)
      .option("--force", "with --safe: replace an existing file"),
  ).action(async (name: string, text: string | undefined, options: Options) => {
    checkOptions(options)
    if (options.safe !== undefined) await requireOutput(options.safe, isOwnBatch, options)
    const signed = options.signed === undefined ? undefined : await readSignedClaim(options.signed)
    const account = signed?.account ?? parseAddress(text ?? missingAddress())
    const loaded = await loadProgram(name)
    if (signed !== undefined && text !== undefined && parseAddress(text) !== account) {
      throw new AirdropError(
        `${shownPath(options.signed ?? "")} is signed by ${toChecksum(account)}, not ${text}`,
        { code: "inconsistent" },
      )
    }
    await withNode(async () => {
      const due = await requireDue(loaded, account)
      const open = await openProgram(loaded, options.rpc)
      const block = await open.provider.getBlockNumber()
      const states = await readClaimStates(open.airdrop, due)
      requireOpen(account, states)
      const opened: Opened = { ...open, loaded, due, states, block }
      if (options.safe !== undefined) await writeForSafe(opened, options, options.safe, out())
      else await send(opened, options, signed, out())
    })
  })
}

/** Checks the options before anything is read. */
function checkOptions(options: Options): void {
  const { signed, safe, to } = options
  if (signed !== undefined && safe !== undefined) {
    throw new AirdropError("--signed and --safe exclude each other: give one", {
      code: "usage",
      hint: "A Safe sends its batch itself, without a signature. Any account may submit a signed claim.",
    })
  }
  if (signed !== undefined && to !== undefined) {
    throw new AirdropError("--to cannot change the recipient that a claim is signed for", { code: "usage" })
  }
  if (safe === undefined) checkSignerOptions(options)
}

async function send(
  opened: Opened,
  options: Options,
  signed: SignedClaim | undefined,
  out: Output,
): Promise<void> {
  const { airdrop, provider, due, states, block, loaded } = opened
  const signer = await openSigner(options, provider)
  const sender = parseAddress((await signer.getAddress()).toLowerCase())
  const how =
    signed === undefined ? submissionBy(due.account, sender, options.to) : submissionOf(signed, opened)
  const { paid, transaction } = await sendClaims({
    airdrop,
    provider,
    signer,
    due,
    how,
    states,
    block,
    send: sendOptions(options, out),
  })
  const to = how.by === "anyone" ? due.account : how.to
  const { token } = loaded.program
  out.line(`Claimed ${tokenAmount(paid, token)} for ${toChecksum(due.account)}`)
  if (to !== due.account) out.line(`  paid to      ${toChecksum(to)}`)
  if (states.reserve?.state === "pending" || states.reserve?.state === "notSubmitted") {
    out.line(`  reserve      ${claimStateText(states.reserve, loaded.program.token)}`)
  }
  if (transaction !== undefined) out.line(`  transaction  ${transaction}`)
  else out.line("  transaction  not known to the node; the contract reports the claim as paid")
  out.json({ account: toChecksum(due.account), to: toChecksum(to), baseUnits: paid, transaction })
}

/** Writes the batch that the Safe sends: its owners import the file into the Safe's web app. */
async function writeForSafe(opened: Opened, options: Options, path: string, out: Output): Promise<void> {
  const { airdrop, address, due, states, loaded } = opened
  const { to = due.account } = options
  const data = encodeClaims(airdrop.interface, due, states, { by: "account", to })
  const safe = { chainId: loaded.program.chainId, address: due.account }
  const texts = {
    name: `${loaded.name}: claim`,
    description: `Claims the amount of the Safe and pays it to ${toChecksum(to)}.`,
  }
  await writeBatch(path, batchFile(safe, texts, [{ to: address, value: 0n, data }]))
  out.line(`Written: ${shownPath(path)}, a batch for the Safe ${toChecksum(due.account)}.`)
  out.json({ account: toChecksum(due.account), to: toChecksum(to), file: path })
}

function submissionBy(account: Address, sender: Address, to: Address | undefined): ClaimSubmission {
  if (to === undefined) return { by: "anyone" }
  if (sender === account) return { by: "account", to }
  throw new AirdropError(`only ${toChecksum(account)} itself can have its claim paid elsewhere`, {
    code: "refused",
    hint: "Run `sign` with --to as that account, and submit the file with --signed.",
  })
}

function submissionOf(signed: SignedClaim, { address, due, loaded }: Opened): ClaimSubmission {
  const own = { chainId: loaded.program.chainId, contract: address, due }
  const fault = signedClaimFault(signed, own)
  if (fault !== undefined) throw new AirdropError(fault, { code: "inconsistent" })
  return signedSubmission(signed)
}

function missingAddress(): never {
  throw new AirdropError("no account is named: give an address, or --signed FILE", { code: "usage" })
}
