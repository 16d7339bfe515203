import type { Command } from "commander"
import { join } from "node:path"
import { connect } from "../io/rpc/provider.ts"
import { parseAddress, toChecksum } from "../core/primitives/address.ts"
import type { Action } from "../core/multisig/actions.ts"
import { shownPath } from "../io/disk/paths.ts"
import { proposalPaths, writeProposal } from "../stages/multisig/proposal-files.ts"
import { argument } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { loadContext } from "../stages/deployment/deployment-context.ts"
import { assertFit } from "../stages/multisig/context.ts"
import { SAFE_VERSION } from "../io/safe/deployments.ts"
import { makeProposal } from "../stages/multisig/make-proposal.ts"
import { NOTES } from "../stages/multisig/proposal-notes.ts"
import { precheck } from "../stages/multisig/precheck.ts"
import { planAction } from "../stages/multisig/propose-action.ts"
import {
  ACTIONS,
  readAction,
  readNested,
  readRoot,
  readStep,
  readWhole,
  type Nested,
  type ProposeOptions,
} from "../stages/multisig/propose-options.ts"
import {
  assertOwners,
  multiSendOf,
  nestedOf,
  safeAddress,
  signerOf,
  timelockOf,
} from "../stages/multisig/propose-parties.ts"
import { readSafe } from "../io/safe/safe.ts"

/** Writes a batch for a Safe, with the hashes that its signers compare. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .argument("<action>", ACTIONS.join(", "), readAction)
    .option("--rpc <url>", "node: checks on chain first, and knows the Safe's nonce and version")
    .option(
      "--safe <address>",
      "the Safe that signs (default: the program's contract.owner)",
      argument(parseAddress),
    )
    .option("--nonce <number>", "the Safe's nonce (default: its next one, with --rpc)", argument(readWhole))
    .option(
      "--safe-version <version>",
      `as the Safe answers to VERSION() (default: ${SAFE_VERSION}, or with --rpc its own)`,
    )
    .option(
      "--nested <address[:nonce[:version]]>",
      "an owner that is itself a Safe; may be given more than once",
      (text: string, others: readonly Nested[]) => [...others, argument(readNested)(text)],
      [],
    )
    .option(
      "--multi-send <address>",
      "the MultiSendCallOnly that the web app delegates to, where its version has two",
      argument(parseAddress),
    )
    .option(
      "--timelock <address>",
      "the owner, where it is a TimelockController that the Safe proposes to",
      argument(parseAddress),
    )
    .option("--step <step>", "of the timelock: schedule (default) or execute", readStep)
    .option("--delay <seconds>", "of the timelock (default: its least, with --rpc)", argument(readWhole))
    .option(
      "--salt <hash>",
      "32 bytes that make an operation of the timelock differ from an equal one (default: zeros)",
      argument(readRoot),
    )
    .option("--uri <uri>", "where the proofs are published (default: ipfs:// and the CID of the files)")
    .option("--force", "announces a CID that is not the published files'")
    .option(
      "--root <hash>",
      "for publish, accept and revoke: a root other than the published one",
      argument(readRoot),
    )
    .option("--token <address>", "for rescue", argument(parseAddress))
    .option("--to <address>", "for rescue and transfer-ownership", argument(parseAddress))
    .option("--amount <units>", "for rescue and collect: base units of the token", argument(readWhole))
    .option(
      "--batch",
      "for deploy: has the Safe deploy, fund and announce at once, by a delegatecall to MultiSend",
    )
    .option("--out <folder>", "where to write (default: proposals/ in the program's folder)")
    .action(async (program: string, action: Action["name"], options: ProposeOptions) => {
      await runPropose(program, action, options, out())
    })
}

async function runPropose(
  nameOrPath: string,
  name: Action["name"],
  options: ProposeOptions,
  out: Output,
): Promise<void> {
  const context = await loadContext(nameOrPath)
  await assertFit(context, out)
  const { chainId } = context.program
  const provider = options.rpc === undefined ? undefined : await connect(options.rpc, chainId)
  const timelock = await timelockOf(options, provider)
  const signer = await signerOf(safeAddress(context, options), options, chainId, provider)
  const { action, notes: planned } = await planAction(name, context, options, provider)
  const multiSend = multiSendOf(options, signer.safe)
  const nested = await Promise.all(options.nested.map((owner) => nestedOf(owner, chainId, provider)))
  const notes = [NOTES.check, ...planned]
  if (name === "sweep" && timelock !== undefined) {
    notes.push(NOTES.timelockHolds)
  }
  if (provider === undefined) {
    notes.push(NOTES.offline)
  } else {
    const safe = await readSafe(provider, signer.safe.address)
    assertOwners(nested, safe.owners)
    await precheck(provider, { context, safe, action, timelock })
    if (signer.nonce > safe.nonce) {
      notes.push(NOTES.earlier(safe.nonce, signer.nonce - safe.nonce))
    }
  }
  const proposal = makeProposal({ context, action, timelock, nested, notes, multiSend, ...signer })
  const suffix = timelock === undefined ? "" : `-${timelock.step}`
  const folder = options.out ?? join(context.folder, "proposals")
  const paths = proposalPaths(folder, signer.nonce, `${name}${suffix}`)
  await writeProposal(paths, proposal)
  for (const line of proposal.text) out.line(line)
  out.line()
  out.line(`written: ${Object.values(paths).map(shownPath).join("\n         ")}`)
  out.json({
    program: context.name,
    action: name,
    airdrop: toChecksum(context.airdrop),
    files: paths,
    safe: { ...signer.safe, nonce: signer.nonce },
    hashes: proposal.transaction.hashes,
    nested: proposal.transaction.nested.map(({ safe, transaction, hashes }) => ({
      safe: { ...safe, nonce: transaction.nonce },
      hashes,
    })),
  })
}
