import { plural } from "../core/primitives/plural.ts"
import { csvRow } from "../core/primitives/csv.ts"
import { access } from "node:fs/promises"
import { join } from "node:path"
import type { Command } from "commander"
import { findBlock, recheckBlock } from "../io/rpc/find-block.ts"
import { inRun, openJournal, runFolder } from "../io/rpc/journal.ts"
import { pinTo } from "../io/rpc/pinned-reader.ts"
import { openRpc } from "../io/rpc/endpoints.ts"
import { readAccounts } from "../stages/snapshot/read-accounts.ts"
import { parseBlockRange } from "../io/rpc/read-logs.ts"
import { readTransfers, receivedOf, type Received } from "../io/rpc/transfers.ts"
import {
  compareAddresses,
  parseAddress,
  toChecksum,
  ZERO_ADDRESS,
  type Address,
} from "../core/primitives/address.ts"
import { formatAmount } from "../core/primitives/amount.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { peopleOf } from "../core/snapshot/people.ts"
import type { Program } from "../core/program/program.ts"
import type { Account } from "../core/snapshot/account.ts"
import { shownPath } from "../io/disk/paths.ts"
import { loadProgram } from "../stages/program/load-program.ts"
import { requireOwnFiles } from "../stages/program/output-file.ts"
import { writeFileAtomic } from "../io/disk/atomic-write.ts"
import { argument } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"

interface RecipientsOptions {
  readonly from: readonly Address[]
  readonly blocks: ReturnType<typeof parseBlockRange>
  readonly rpc?: string
  readonly force?: boolean
  readonly allowUnfinalized?: boolean
}

const DETAIL = "recipients.detail.csv"

/** Builds a program's list of recipients from who was sent its token by a distributor. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .requiredOption(
      "--from <address>",
      "address that distributed the token; may be given more than once",
      (address: string, others: readonly Address[] | undefined) => [
        ...(others ?? []),
        argument(parseAddress)(address),
      ],
    )
    .requiredOption(
      "--blocks <first..last>",
      "first and last block to search, both included",
      argument(parseBlockRange),
    )
    .option(
      "--rpc <url>",
      "a provider (default: the URL in ARBITRUM_RPC_URL, or in the variable of the program's chain)",
    )
    .option("--force", "replace an existing list")
    .option("--allow-unfinalized", "accept a last block that is not final yet")
    .action(async (nameOrPath: string, options: RecipientsOptions) => {
      await runRecipients(nameOrPath, options, out())
    })
}

/** One recipient, with the amount sent, the kind of account, and its holder. */
interface Recipient extends Received {
  readonly account: Address
  readonly kind: Account["kind"]
  readonly person: Address
}

/**
 * Reads the transfers, classifies every receiver at the range's last block, and writes the program's list (one
 * account a line, as it received) and beside it recipients.detail.csv: amount, transfers, kind and person of each.
 * @throws AirdropError, and writes nothing, if a list exists already or the provider cannot serve it
 */
async function runRecipients(nameOrPath: string, options: RecipientsOptions, out: Output): Promise<void> {
  const { folder, program } = await loadProgram(nameOrPath)
  const file = program.eligibility?.file
  if (file === undefined)
    throw new AirdropError(`program ${program.name} has no list of recipients to write`, {
      code: "usage",
      hint: "eligibility.file in program.json names one. A program whose source has its own list needs none.",
    })
  await refuseExisting(join(folder, file), options.force === true)
  const isDetail = (start: string): boolean => start.startsWith("account,received,transfers,")
  await requireOwnFiles(folder, { [DETAIL]: isDetail }, options)
  const search = {
    token: program.token.address,
    senders: options.from,
    ...options.blocks,
  }
  const rpc = await openRpc(program.chainId, options.rpc)
  const block = await findBlock(
    rpc,
    { block: search.to },
    { chainId: program.chainId, allowUnfinalized: options.allowUnfinalized === true },
  )
  const run = runFolder("recipients", block.hash, [rpc.host])
  await inRun(run, async () => {
    const journal = openJournal(run)
    const onProgress = (done: number, total: number): void => {
      out.progress("blocks", done, total)
    }
    const received = receivedOf(await readTransfers(rpc, search, onProgress, journal))
    const accounts = await readAccounts(pinTo(rpc, block, journal), received.keys(), {
      token: program.token.address,
      onProgress: (done, total) => {
        out.progress("accounts", done, total)
      },
    })
    await recheckBlock(rpc, block)
    const recipients = recipientsOf(received, accounts)
    if (recipients.length === 0) {
      throw new AirdropError("no transfer was found", {
        code: "unknown",
        hint: "Check --from, --blocks and the program's token.",
      })
    }
    await writeFileAtomic(
      join(folder, file),
      lines(
        ["account"],
        recipients.map(({ account }) => [toChecksum(account)]),
      ),
    )
    await writeFileAtomic(join(folder, DETAIL), detailOf(recipients, program))
    print(recipients, program, file, out)
  })
}

async function refuseExisting(path: string, force: boolean): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  )
  if (exists && !force) {
    throw new AirdropError(`${shownPath(path)} exists already`, {
      code: "file-exists",
      hint: "--force replaces it",
    })
  }
}

function recipientsOf(
  received: ReadonlyMap<Address, Received>,
  accounts: ReadonlyMap<Address, Account>,
): readonly Recipient[] {
  const people = peopleOf(accounts)
  return [...received]
    .filter(([account]) => account !== ZERO_ADDRESS)
    .sort(([a], [b]) => compareAddresses(a, b))
    .map(([account, what]) => ({
      account,
      ...what,
      kind: accounts.get(account)?.kind ?? "empty",
      person: people.personOf(account),
    }))
}

function detailOf(recipients: readonly Recipient[], { token }: Program): string {
  const rows = recipients.map(({ account, amount, transfers, firstBlock, kind, person }) => [
    toChecksum(account),
    formatAmount(amount, token.decimals),
    transfers.toString(),
    firstBlock.toString(),
    kind,
    toChecksum(person),
  ])
  return lines(["account", "received", "transfers", "firstBlock", "kind", "person"], rows)
}

function lines(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map(csvRow).join("")
}

function print(recipients: readonly Recipient[], { name, token }: Program, file: string, out: Output): void {
  const kinds = new Map<string, number>()
  for (const { kind } of recipients) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const total = recipients.reduce((sum, { amount }) => sum + amount, 0n)
  const persons = new Set(recipients.map(({ person }) => person)).size
  out.line(
    `${plural(recipients.length, "recipient")} of ${formatAmount(total, token.decimals)} ${token.symbol}, ${plural(persons, "person")}`,
  )
  for (const [kind, count] of [...kinds].sort()) out.line(`  ${String(count).padStart(4)}  ${kind}`)
  out.line(`written: ${file}, ${DETAIL}`)
  out.json({
    program: name,
    recipients: recipients.length,
    persons,
    received: total,
    kinds: Object.fromEntries(kinds),
  })
}
