import { plural } from "../core/primitives/plural.ts"
import type { Command } from "commander"
import { existsSync, realpathSync } from "node:fs"
import { dirname, join, relative, resolve, sep } from "node:path"
import { connect } from "../io/rpc/provider.ts"
import { parseAddress, toChecksum, type Address } from "../core/primitives/address.ts"
import { nameOf, anyTokenAmount } from "../core/multisig/describe-call.ts"
import { quote, visible } from "../core/primitives/text.ts"
import { shownPath } from "../io/disk/paths.ts"
import { tokenAmount } from "../core/primitives/token.ts"
import { AirdropError } from "../core/primitives/error.ts"
import type { Hex } from "../core/primitives/bytes.ts"
import { innermost } from "../core/multisig/decode-call.ts"
import { describeCalls, hashLines } from "../core/multisig/proposal-text.ts"
import { argument } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { loadContext, type ProgramContext } from "../stages/deployment/deployment-context.ts"
import { wordingOf } from "../stages/multisig/context.ts"
import { inspectRequest, type Inspection } from "../stages/multisig/inspect-request.ts"
import type { SignerKnowledge } from "../stages/multisig/signing-claims.ts"
import { readNested, readRoot, readWhole, type Nested } from "../stages/multisig/propose-options.ts"
import { nestedOf } from "../stages/multisig/propose-parties.ts"
import { nestedApproval } from "../stages/multisig/make-proposal.ts"
import { publishedAttestations } from "../stages/verification/verify-attestations.ts"
import { readRequest } from "../stages/multisig/read-request.ts"
import { simulateRequest, type SimulatedRequest } from "../stages/multisig/simulate-request.ts"

interface Options {
  readonly program?: string
  readonly rpc?: string
  readonly safe?: Address
  readonly nonce?: bigint
  readonly safeVersion?: string
  readonly nested: readonly Nested[]
  readonly timelock?: Address
  readonly hash?: Hex
  readonly allow: readonly Address[]
}

/** Decodes a batch from another sender, recomputes all that it rests on, and simulates it. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<file>", "a Transaction Builder batch, or the .safe-tx.json beside one")
    .option(
      "--program <program>",
      "the program whose published files it is compared with (default: the folder above proposals/)",
    )
    .option("--rpc <url>", "node to read the Safe from, and to simulate on a fork of")
    .option(
      "--safe <address>",
      "the Safe that you sign for (default: the program's contract.owner)",
      argument(parseAddress),
    )
    .option("--nonce <number>", "the nonce that you expect", argument(readWhole))
    .option("--safe-version <version>", "the version that the Safe reports")
    .option(
      "--nested <address[:nonce[:version]]>",
      "your own Safe, if it is an owner of that Safe; may be given more than once",
      (text: string, others: readonly Nested[]) => [...others, argument(readNested)(text)],
      [],
    )
    .option(
      "--timelock <address>",
      "the TimelockController that owns the airdrop, if one does",
      argument(parseAddress),
    )
    .option("--hash <hash>", "the Safe transaction hash that your wallet shows", argument(readRoot))
    .option(
      "--allow <address>",
      "an address that may be paid or become owner; may be given more than once",
      (text: string, others: readonly Address[]) => [...others, argument(parseAddress)(text)],
      [],
    )
    .action(async (file: string, options: Options) => {
      await runInspect(file, options, escaped(out()))
    })
}

/** Returns an output that writes each control character of a line as its code, as a batch may hold any text. */
function escaped(out: Output): Output {
  return {
    ...out,
    line: (text = "") => {
      out.line(visible(text))
    },
  }
}

async function runInspect(file: string, options: Options, out: Output): Promise<void> {
  const request = await readRequest(file)
  const context = await loadContext(options.program ?? programAbove(file))
  const { chainId } = context.program
  const provider = options.rpc === undefined ? undefined : await connect(options.rpc, chainId)
  const known: SignerKnowledge = {
    safe: options.safe,
    nonce: options.nonce,
    version: options.safeVersion,
    timelock: options.timelock,
    hash: options.hash,
    allowed: new Set(options.allow),
  }
  const attested = await publishedAttestations(context)
  printBasis(file, context, { ...options, attested: attested?.summary }, out)
  const inspection = await inspectRequest(request, context, known, provider)
  const simulated =
    options.rpc === undefined || inspection.state === undefined
      ? undefined
      : await simulateRequest(options.rpc, inspection, inspection.state, context, known)
  const flags = [
    ...new Set([
      ...basisFlags(options),
      ...(attested?.faults ?? []),
      ...(attested?.missing ?? [])
        .filter(({ tranche }) => concerns(inspection, tranche))
        .map(({ text }) => text),
      ...inspection.flags,
      ...(simulated?.flags ?? []),
    ]),
  ]
  const owners = await Promise.all(options.nested.map((owner) => nestedOf(owner, chainId, provider)))
  const nested = owners.map((owner) => nestedApproval(owner, inspection.safe.address, inspection.hashes))
  printInspection(inspection, context, known, out)
  for (const { safe, transaction, hashes } of nested) {
    out.line()
    out.line(`You sign for the Safe ${toChecksum(safe.address)}, at its nonce ${transaction.nonce}:`)
    for (const line of hashLines(hashes)) out.line(line)
  }
  printSimulation(simulated, context, out)
  out.line()
  for (const note of inspection.notes) out.line(note)
  if (flags.length === 0) out.line("Nothing is flagged.", "good")
  else out.line(`FLAGGED, ${flags.length}: do not sign what you cannot explain.`, "bad")
  for (const flag of flags) out.line(`  ! ${flag}`, "bad")
  out.json({
    ok: flags.length === 0,
    flags,
    notes: inspection.notes,
    safe: { ...inspection.safe, nonce: inspection.transaction.nonce },
    hashes: inspection.hashes,
    nested: nested.map(({ safe, hashes }) => ({ safe, hashes })),
    calls: inspection.calls,
    compared: {
      program: context.name,
      folder: context.folder,
      isIndependent: options.program !== undefined,
      automaticRoot: context.automatic.root,
      attestations: attested?.summary,
      funding: context.funding,
    },
    simulation: simulated?.simulation,
    changes: simulated?.changes,
  })
  if (flags.length > 0) throw new AirdropError(`${flags.length} flagged: do not sign`, { code: "flagged" })
}

/** Returns true if a batch pays for, submits or accepts the root of a tranche. */
function concerns({ calls }: Inspection, tranche: "automatic" | "reserve"): boolean {
  return calls
    .flatMap(({ decoded }) => innermost(decoded))
    .some((call) =>
      tranche === "automatic"
        ? call.kind === "deploy" || call.kind === "transfer"
        : call.kind === "owner" && (call.name === "submitReserveRoot" || call.name === "acceptReserveRoot"),
    )
}

/** Says first what the batch is compared with: a sender can send files of their own along with a batch. */
function printBasis(
  file: string,
  context: ProgramContext,
  { program, attested }: Pick<Options, "program"> & { readonly attested: string | undefined },
  out: Output,
): void {
  const { automatic, folder, program: terms, airdrop, funding, reserve } = context
  const isBeside = relative(realpathSync(folder), realpathSync(file)).split(sep)[0] !== ".."
  const given = isBeside ? "as given by --program, and THE BATCH IS INSIDE IT" : "as given by --program"
  const origin = program === undefined ? "found BESIDE THE BATCH" : given
  out.line(`Compared with the published files of ${quote(context.name)} (${origin}):`)
  out.line(`  folder          ${shownPath(folder)}`)
  out.line(`  automatic root  ${automatic.root}, ${plural(automatic.list.count, "leaf", "leaves")}`)
  if (reserve !== undefined) out.line(`  reserve root    ${reserve.root}`)
  out.line(`  total           ${tokenAmount(funding, terms.token)}, both tranches`)
  out.line(`  airdrop         ${toChecksum(airdrop)}`)
  if (attested !== undefined) out.line(`  attestations    ${attested}`)
  if (program !== undefined && isBeside) {
    out.line("  If the batch's sender gave you this folder, nothing independent is compared.")
  }
  out.line()
}

function basisFlags({ program }: Options): string[] {
  return program === undefined
    ? [
        "the files that it was compared with are beside the batch and may come from its sender: give --program",
      ]
    : []
}

/**
 * Returns programs/P for programs/P/proposals/x.json.
 * @throws AirdropError "usage" if the file is not in a program's folder
 */
function programAbove(file: string): string {
  const folder = dirname(dirname(resolve(file)))
  if (existsSync(join(folder, "program.json"))) return folder
  throw new AirdropError(`${shownPath(file)} is not in the proposals of a program`, {
    code: "usage",
    hint: "Name the program that it is to be compared with: --program P",
  })
}

function namesFor(inspection: Inspection, known: SignerKnowledge): Map<Address, string> {
  const names = new Map<Address, string>([[inspection.safe.address, "the Safe"]])
  for (const address of known.allowed) names.set(address, "allowed by you")
  if (known.timelock !== undefined) names.set(known.timelock, "the timelock")
  return names
}

function printInspection(
  inspection: Inspection,
  context: ProgramContext,
  known: SignerKnowledge,
  out: Output,
): void {
  const { safe, transaction, calls, hashes, state } = inspection
  const signed = state === undefined ? "" : `, ${state.threshold} of ${plural(state.owners.length, "owner")}`
  out.line(`The Safe ${toChecksum(safe.address)} (version ${safe.version}${signed}), chain ${safe.chainId}`)
  out.line(`at nonce ${transaction.nonce} would do this, as decoded here:`)
  for (const line of describeCalls(calls, wordingOf(context, namesFor(inspection, known)))) out.line(line)
  out.line()
  out.line("Recomputed here, to compare with your wallet:")
  for (const line of hashLines(hashes)) out.line(line)
}

function printSimulation(
  simulated: SimulatedRequest | undefined,
  context: ProgramContext,
  out: Output,
): void {
  out.line()
  if (simulated === undefined) {
    out.line("Not simulated: give --rpc to see what it would change.")
    return
  }
  const { simulation, changes, block, names } = simulated
  const wording = wordingOf(context, names)
  const outcome = simulation.failure === undefined ? `succeeds, ${simulation.gasUsed} gas` : "FAILS"
  out.line(`Simulated on a fork at block ${block}: it ${outcome}.`)
  for (const { token, from, to, amount } of simulation.movements) {
    const name = (address: Address): string => wording.names.get(address) ?? toChecksum(address)
    out.line(`  ${anyTokenAmount(amount, token, wording)}: ${name(from)} → ${name(to)}`)
  }
  for (const change of changes) out.line(`  ${change}`)
  for (const { address, slots, created } of simulation.changes) {
    if (slots.length === 0 && created === undefined) continue
    const code = created === undefined ? "" : `, ${created} bytes of code`
    out.line(`  storage of ${nameOf(address, wording)}: ${slots.length} word(s)${code}`)
  }
}
