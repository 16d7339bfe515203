import type { Command } from "commander"
import { join } from "node:path"
import { connect } from "../io/rpc/provider.ts"
import { parseAddress, toChecksum } from "../core/primitives/address.ts"
import { AirdropError } from "../core/primitives/error.ts"
import type { Hex } from "../core/primitives/bytes.ts"
import type { Action } from "../core/multisig/actions.ts"
import { shownPath } from "../io/disk/paths.ts"
import { proposalPaths, writeProposal } from "../stages/multisig/proposal-files.ts"
import { argument } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { loadContext, type ProgramContext } from "../stages/deployment/deployment-context.ts"
import { refuseUnfit } from "../stages/multisig/context.ts"
import { SAFE_VERSION } from "../io/safe/deployments.ts"
import { cidOf } from "../stages/multisig/inspect-places.ts"
import { makeProposal } from "../stages/multisig/make-proposal.ts"
import { precheck } from "../stages/multisig/precheck.ts"
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
  multiSendOf,
  nestedOf,
  refuseOwners,
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
    .option("--step <step>", "of the timelock: schedule or execute", readStep, "schedule" as const)
    .option("--delay <seconds>", "of the timelock (default: its least, with --rpc)", argument(readWhole))
    .option(
      "--salt <hash>",
      "32 bytes that tell apart operations of the timelock that are alike otherwise (default: zeros)",
      argument(readRoot),
    )
    .option("--uri <uri>", "where the proofs are published, such as ipfs://…")
    .option(
      "--root <hash>",
      "for publish, accept and revoke: a root other than the published one",
      argument(readRoot),
    )
    .option("--token <address>", "for rescue", argument(parseAddress))
    .option("--to <address>", "for rescue and transfer-ownership", argument(parseAddress))
    .option("--amount <units>", "for rescue and collect: base units of the token", argument(readWhole))
    .option("--fund-only", "for deploy: the contract stands already, and is only funded")
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
  await refuseUnfit(context, out)
  const { chainId } = context.program
  const provider = options.rpc === undefined ? undefined : await connect(options.rpc, chainId)
  const action = actionOf(name, context, options)
  const timelock = await timelockOf(options, provider)
  const signer = await signerOf(safeAddress(context, options), options, chainId, provider)
  const multiSend = multiSendOf(options, signer.safe)
  const nested = await Promise.all(options.nested.map((owner) => nestedOf(owner, chainId, provider)))
  const remarks = ["Check it yourself: ./airdrop inspect FILE --program PROGRAM --rpc URL"]
  if (name === "sweep" && timelock !== undefined) {
    remarks.push("The timelock then holds what is swept: propose collect moves it to the Safe.")
  }
  if (provider === undefined) {
    remarks.push("Written without a node: whether it can succeed was not checked on chain.")
  } else {
    const safe = await readSafe(provider, signer.safe.address)
    refuseOwners(nested, safe.owners)
    await precheck(provider, { context, safe, action, timelock })
    if (signer.nonce > safe.nonce) {
      remarks.push(
        `The Safe's next nonce is ${safe.nonce}: ${signer.nonce - safe.nonce} transaction(s) come before.`,
      )
    }
  }
  remarks.push(...(await remarkOnPlace(action, context)))
  const proposal = makeProposal({ context, action, timelock, nested, remarks, multiSend, ...signer })
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

/** A CID that is not that of the published files will be flagged by every signer who inspects. */
async function remarkOnPlace(action: Action, { automatic, reserve }: ProgramContext): Promise<string[]> {
  if (!("uri" in action) || action.uri?.startsWith("ipfs://") !== true) return []
  const tranche =
    action.name === "reserve" || ("root" in action && action.root === reserve?.root) ? reserve : automatic
  if (tranche === undefined) return []
  const cid = await cidOf(tranche)
  return action.uri === `ipfs://${cid}`
    ? []
    : [`The published files are at ipfs://${cid}, not at ${action.uri}.`]
}

function actionOf(name: Action["name"], context: ProgramContext, options: ProposeOptions): Action {
  const need = <Value>(value: Value | undefined, option: string, hint?: string): Value => {
    if (value !== undefined) return value
    throw new AirdropError(`${name} needs ${option}`, hint === undefined ? {} : { hint })
  }
  const reserveRoot = (): Hex =>
    need(
      options.root ?? context.reserve?.root,
      "a published reserve",
      "./airdrop grants PROGRAM build publishes it.",
    )
  switch (name) {
    case "deploy":
      return {
        name,
        code: options.fundOnly === true ? undefined : context.initCode,
        funding: context.funding,
        uri: options.uri,
      }
    case "publish":
      return { name, root: options.root ?? context.automatic.root, uri: need(options.uri, "--uri") }
    case "reserve":
      return {
        name,
        root: need(context.reserve?.root, "a published reserve"),
        uri: need(options.uri, "--uri"),
      }
    case "accept":
    case "revoke":
      return { name, root: reserveRoot() }
    case "rescue":
      return {
        name,
        token: need(options.token, "--token"),
        to: options.to ?? safeAddress(context, options),
        amount: need(options.amount, "--amount"),
      }
    case "collect":
      return { name, to: safeAddress(context, options), amount: need(options.amount, "--amount") }
    case "transfer-ownership":
      return { name, to: need(options.to, "--to") }
    case "sweep":
    case "accept-ownership":
      return { name }
  }
}
