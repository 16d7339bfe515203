import type { Command } from "commander"
import { join } from "node:path"
import { plural } from "../core/primitives/plural.ts"
import { connect } from "../io/rpc/provider.ts"
import { parseAddress, toChecksum } from "../core/primitives/address.ts"
import type { Action } from "../core/multisig/actions.ts"
import { shownPath } from "../io/disk/paths.ts"
import {
  OWN_PROPOSAL,
  proposalPaths,
  writeProposal,
  type ProposalPaths,
} from "../stages/multisig/proposal-files.ts"
import { requireOutput } from "../stages/program/output-file.ts"
import { between, filePath, argument } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { loadContext } from "../stages/deployment/deployment-context.ts"
import { assertFit } from "../stages/multisig/context.ts"
import { SAFE_VERSION } from "../io/safe/deployments.ts"
import { makeProposal } from "../stages/multisig/make-proposal.ts"
import { NOTES } from "../stages/multisig/proposal-notes.ts"
import { precheck } from "../stages/multisig/precheck.ts"
import { assertOptions, planAction } from "../stages/multisig/propose-action.ts"
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
    .option("--rpc <url>", "node for checks before writing, and for the Safe's nonce and version")
    .option(
      "--safe <address>",
      "the Safe that signs (default: the program's contract.owner)",
      argument(parseAddress),
    )
    .option(
      "--nonce <number>",
      "the Safe's nonce (default: the next one, read with --rpc)",
      argument(readWhole),
    )
    .option(
      "--safe-version <version>",
      `the version that the Safe reports (default: ${SAFE_VERSION}, or read with --rpc)`,
    )
    .option(
      "--nested <address[:nonce[:version]]>",
      "an owner that is itself a Safe; may be given more than once",
      (text: string, others: readonly Nested[]) => [...others, argument(readNested)(text)],
      [],
    )
    .option(
      "--multi-send <address>",
      "the MultiSendCallOnly that the web app uses, if the version has two",
      argument(parseAddress),
    )
    .option(
      "--timelock <address>",
      "the TimelockController that owns the airdrop, if one does",
      argument(parseAddress),
    )
    .option("--step <step>", "step of the timelock: schedule (default) or execute", readStep)
    .option(
      "--delay <seconds>",
      "delay of the timelock (default: its minimum, read with --rpc)",
      argument(readWhole),
    )
    .option(
      "--salt <hash>",
      "32 bytes that make an operation of the timelock differ from an equal one (default: zeros)",
      argument(readRoot),
    )
    .option("--uri <uri>", "URI of the published proofs (default: ipfs:// and the CID of the files)")
    .option("--force", "announce a --uri that is not the CID of the published files")
    .option(
      "--root <hash>",
      "publish, accept, revoke: a root other than the published one",
      argument(readRoot),
    )
    .option("--token <address>", "rescue: the token", argument(parseAddress))
    .option("--to <address>", "rescue, transfer-ownership: the address that receives", argument(parseAddress))
    .option("--amount <units>", "rescue, collect: base units of the token", argument(readWhole))
    .option(
      "--part <number>",
      "record: the part (default: the first that is not recorded yet)",
      between(1, 1_000_000),
    )
    .option(
      "--batch",
      "deploy: the Safe deploys, funds and announces at once, by a delegatecall to MultiSend",
    )
    .option("--out <folder>", "folder for the files (default: proposals/ in the program's folder)", filePath)
    .action(async (program: string, action: Action["name"], options: ProposeOptions) => {
      await runPropose(program, action, options, out())
    })
}

/** The tranche whose attestations an action needs, if program.json requires any. */
const ATTESTED: Readonly<Partial<Record<Action["name"], "automatic" | "reserve">>> = {
  deploy: "automatic",
  reserve: "reserve",
}

async function runPropose(
  nameOrPath: string,
  name: Action["name"],
  options: ProposeOptions,
  out: Output,
): Promise<void> {
  assertOptions(name, options)
  const context = await loadContext(nameOrPath)
  await assertFit(context, out, ATTESTED[name])
  const { chainId } = context.program
  const provider = options.rpc === undefined ? undefined : await connect(options.rpc, chainId)
  const timelock = await timelockOf(options, provider)
  const signer = await signerOf(safeAddress(context, options), options, chainId, provider)
  const suffix = timelock === undefined ? "" : `-${timelock.step}`
  const folder = options.out ?? join(context.folder, "proposals")
  const paths = proposalPaths(folder, signer.nonce, `${name}${suffix}`)
  await requireOwnProposal(paths)
  const { action, notes: planned } = await planAction(name, context, options, provider)
  const multiSend = multiSendOf(options, signer.safe)
  const nested = await Promise.all(options.nested.map((owner) => nestedOf(owner, chainId, provider)))
  const notes: string[] = [NOTES.check]
  const shown = [...planned]
  if (name === "sweep" && timelock !== undefined) {
    notes.push(NOTES.timelockHolds)
  }
  if (provider === undefined) {
    notes.push(NOTES.offline)
    if (name === "deploy" && options.batch !== true) notes.push(NOTES.fundedUnseen)
  } else {
    const safe = await readSafe(provider, signer.safe.address)
    assertOwners(nested, safe.owners)
    await precheck(provider, { context, safe, action, timelock })
    if (signer.nonce > safe.nonce) {
      const before = plural(Number(signer.nonce - safe.nonce), "transaction")
      shown.push(`The Safe's next nonce is ${safe.nonce}: ${before} before this one.`)
    }
  }
  const proposal = makeProposal({ context, action, timelock, nested, notes, multiSend, ...signer })
  await writeProposal(paths, proposal)
  for (const line of proposal.text) out.line(line)
  out.line()
  for (const line of shown) out.line(line)
  for (const path of Object.values(paths) as string[]) out.line(`written: ${shownPath(path)}`)
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

/** Refuses to replace files that are no proposal. */
async function requireOwnProposal(paths: ProposalPaths): Promise<void> {
  const hint = "Move it away, or name another folder with --out."
  for (const kind of ["batch", "text", "transaction"] as const)
    await requireOutput(paths[kind], OWN_PROPOSAL[kind], { hint })
}
