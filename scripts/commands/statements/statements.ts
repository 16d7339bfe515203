/** `statements P`: the links and redirects that recipients signed and the operators accepted. */
import { TypedDataEncoder } from "ethers"
import type { Command } from "commander"
import { parseAddress, toChecksum } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { WalletSignature } from "../../core/statements/judge.ts"
import { formatStatement } from "../../core/statements/statement-line.ts"
import {
  STATEMENT_TYPES,
  statementDomain,
  statementMessage,
  statementText,
  type StatementKind,
  type StatementTerms,
} from "../../core/statements/statement.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { connect, withNode } from "../../io/rpc/provider.ts"
import { between } from "../../io/terminal/options.ts"
import { printText, type Output } from "../../io/terminal/output.ts"
import { loadInputs } from "../../stages/allocation/load-inputs.ts"
import { readStatementContext } from "../../stages/allocation/statement-context.ts"
import { loadProgram, type LoadedProgram } from "../../stages/program/load-program.ts"
import { addStatement } from "../../stages/statements/add-statement.ts"
import { readStatementFile, readStatements, statementsPath } from "../../stages/statements/statement-files.ts"
import { walletFault } from "../../stages/statements/wallet-signature.ts"

interface Options {
  readonly rpc?: string
  readonly days: number
}

type Action = (
  loaded: LoadedProgram,
  values: readonly string[],
  options: Options,
  out: Output,
) => Promise<void>

const ACTIONS: Readonly<Record<string, { readonly values: readonly string[]; readonly run: Action }>> = {
  add: { values: ["FILE"], run: add },
  list: { values: [], run: list },
  check: { values: [], run: check },
  message: { values: ["link or redirect", "FROM", "TO"], run: message },
}

const HELP = `
Actions:
  add FILE                    accept a signed link or redirect; --rpc checks one of a contract wallet
  list                        show the accepted statements
  check                       check all of them again, beside list and stakes; --rpc also asks contract wallets
  message link FROM TO        the text and the typed data to sign, for wallets that sign by themselves
  message redirect FROM TO
`

const DAY = 86_400_000

export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "name of a folder of programs/, or the path of one")
    .argument("<action>", "what to do: see below")
    .argument("[values...]", "what the action needs")
    .option("--rpc <url>", "node that asks contract wallets about their signatures")
    .option("--days <number>", "message: how long the statement may be accepted", between(1, 9_999), 30)
    .addHelpText("after", HELP)
    .action(async (name: string, action: string, values: readonly string[], options: Options) => {
      const known = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
      if (known === undefined) {
        throw new AirdropError(`statements has no action "${action}"`, {
          code: "usage",
          hint: `There are: ${Object.keys(ACTIONS).join(", ")}`,
        })
      }
      if (values.length !== known.values.length) {
        throw new AirdropError(`statements ${action} takes ${known.values.join(", ") || "no values"}`, {
          code: "usage",
        })
      }
      const loaded = await loadProgram(name)
      await withNode(async () => {
        await known.run(loaded, values, options, out())
      })
    })
}

async function add(
  loaded: LoadedProgram,
  [file = ""]: readonly string[],
  { rpc }: Options,
  out: Output,
): Promise<void> {
  const context = await readStatementContext(loaded)
  const accepted = new Date(Math.floor(Date.now() / 1000) * 1000)
  const statement = { ...(await readStatementFile(file)), accepted }
  await addStatement(loaded.folder, context, statement, async (open) => {
    await requireWallets(loaded, open, rpc, context.block)
  })
  const { kind, from, to } = statement
  out.line(`Accepted: ${kind} of ${toChecksum(from)} to ${toChecksum(to)}`)
  out.line(`  written  ${shownPath(statementsPath(loaded.folder, kind))}`)
  if (loaded.program.snapshot !== undefined)
    out.line(`  next     ./airdrop snapshot ${loaded.name}, if it does not classify both addresses yet`)
  out.line(`  then     ./airdrop allocate ${loaded.name}`)
  out.json({ kind, from: toChecksum(from), to: toChecksum(to), accepted: isoTime(accepted) })
}

/** @throws AirdropError `refused` if a contract wallet does not accept its signature, or there is no node to ask it */
async function requireWallets(
  { program }: LoadedProgram,
  open: readonly WalletSignature[],
  rpc: string | undefined,
  block: number | undefined,
): Promise<void> {
  if (open.length === 0) return
  if (rpc === undefined) {
    throw new AirdropError("the statement is signed by a contract wallet, which only a node can ask", {
      code: "refused",
      hint: "Give --rpc URL.",
    })
  }
  const provider = await connect(rpc, program.chainId)
  for (const signature of open) {
    const fault = await walletFault(provider, signature, block)
    if (fault !== undefined) throw new AirdropError(fault, { code: "refused" })
  }
}

async function list(
  { folder }: LoadedProgram,
  _values: readonly string[],
  _options: Options,
  out: Output,
): Promise<void> {
  const { links, redirects } = await readStatements(folder)
  for (const { kind, from, to, accepted, scheme, consent } of [...links, ...redirects]) {
    const both = consent === undefined ? "" : ", signed by both"
    out.line(
      `${kind.padEnd(8)}  ${toChecksum(from)} → ${toChecksum(to)}  accepted ${isoTime(accepted)}  ${scheme}${both}`,
    )
  }
  out.line(`${links.length} links, ${redirects.length} redirects`)
  out.json({
    statements: [...links, ...redirects].map(({ kind, from, to, accepted, deadline, scheme, consent }) => ({
      kind,
      from: toChecksum(from),
      to: toChecksum(to),
      deadline: isoTime(deadline),
      accepted: isoTime(accepted),
      scheme,
      consent: consent?.scheme,
    })),
  })
}

/** Checks all statements as `allocate` does, and asks the contract wallets at the snapshot block. */
async function check(
  loaded: LoadedProgram,
  _values: readonly string[],
  { rpc }: Options,
  out: Output,
): Promise<void> {
  const { statements, walletSignatures, snapshot } = await loadInputs(loaded)
  const faults: string[] = []
  if (rpc !== undefined) {
    const provider = await connect(rpc, loaded.program.chainId)
    for (const signature of walletSignatures) {
      const fault = await walletFault(provider, signature, snapshot?.block.number)
      if (fault !== undefined) faults.push(fault)
    }
  }
  const { links, redirects } = statements
  out.line(`${links.length} links and ${redirects.length} redirects are valid`)
  const open = walletSignatures.length
  if (open > 0)
    out.line(
      rpc === undefined
        ? `${open} signatures of contract wallets: not checked; give --rpc URL`
        : `${open} signatures of contract wallets asked`,
    )
  for (const fault of faults) out.line(fault)
  out.json({ links: links.length, redirects: redirects.length, walletSignatures: open, faults })
  if (faults.length > 0)
    throw new AirdropError(`${faults.length} of ${open} contract wallets do not accept their signature`, {
      code: "mismatch",
    })
}

async function message(
  { program }: LoadedProgram,
  [kind = "", from = "", to = ""]: readonly string[],
  { days }: Options,
  out: Output,
): Promise<void> {
  if (kind !== "link" && kind !== "redirect")
    throw new AirdropError(`a statement is a link or a redirect, not ${JSON.stringify(kind)}`, {
      code: "usage",
    })
  const terms: StatementTerms = {
    kind: kind satisfies StatementKind,
    program: program.name,
    chainId: program.chainId,
    from: parseAddress(from),
    to: parseAddress(to),
    deadline: new Date((Math.floor(Date.now() / 1000) + (days * DAY) / 1000) * 1000),
  }
  const text = statementText(terms)
  const typedData: unknown = TypedDataEncoder.getPayload(
    statementDomain(terms.chainId),
    STATEMENT_TYPES[kind],
    { ...statementMessage(terms) },
  )
  const unsigned = formatStatement({ ...terms, scheme: "eip191", signature: "0x", consent: undefined })
  out.line("Sign this text (EIP-191):")
  out.line()
  printText(out, text)
  out.line()
  out.line("or this typed data (EIP-712):")
  out.line(JSON.stringify(typedData))
  out.line()
  out.line(
    'Put the signature into this line, with "scheme": "eip712" for typed data, and send it to the operators:',
  )
  out.line(unsigned)
  out.json({
    message: text,
    deadline: isoTime(terms.deadline),
    typedData,
    statement: JSON.parse(unsigned) as unknown,
  })
  await Promise.resolve()
}
