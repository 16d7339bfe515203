import { plural } from "../../core/primitives/plural.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { join } from "node:path"
import { toChecksum } from "../../core/primitives/address.ts"
import { humanAmount } from "../../core/primitives/amount.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { type GrantContext, unpayableReason } from "../../core/reserve/grant-objections.ts"
import type { Cumulative, Ledger, RootEntry } from "../../core/reserve/ledger.ts"
import { toHex, type Hex } from "../../core/primitives/bytes.ts"
import { brokenFloors, reserveChanges, type Floor } from "../../core/reserve/root-diff.ts"
import { addToLedger, ledgerPath, readLedger } from "../../stages/reserve/ledger-file.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../../stages/program/load-program.ts"
import { proofsFolder } from "../../io/project/folders.ts"
import { removeOwn, requireOutput } from "../../stages/program/output-file.ts"
import { isArchive, writeCar } from "../../stages/publication/car.ts"
import { folderCid } from "../../stages/publication/folder-cid.ts"
import { readGrantContext } from "../../stages/reserve/grant-context.ts"
import { publish, RESERVE } from "../../stages/publication/publish.ts"
import type { Output } from "../../io/terminal/output.ts"
import { addressesOfAirdrop, publicationOfReserve } from "../../stages/reserve/make-reserve.ts"
import {
  floorsOnChain,
  NO_ROOT,
  readReserve,
  type ReserveOnChain,
} from "../../stages/reserve/read-reserve.ts"

export interface BuildReserveOptions {
  /** A node to compare the new root with the contract. */
  readonly rpc?: string
  /** The path of the archive, or true for one beside the folder of the proofs. */
  readonly car?: string | true
}

/** Builds and publishes the cumulative tree of everything that is granted. */
export async function buildReserve(
  loaded: LoadedProgram,
  { rpc, car }: BuildReserveOptions,
  out: Output,
): Promise<void> {
  const { folder, program } = loaded
  const { token } = program
  const { decimals } = token
  const path = ledgerPath(folder)
  const archive = typeof car === "string" ? car : `${proofsFolder(folder)}.${RESERVE}.car`
  if (car !== undefined) await requireOutput(archive, isArchive, { hint: "Name another file with --car." })
  const before = (await readLedger(path, decimals)).ledger
  const chain = rpc === undefined ? undefined : await readReserve(loaded, before, rpc)
  let root: Hex = NO_ROOT
  let cid: string | undefined
  const target = join(proofsFolder(folder), RESERVE)
  const contract = (await addressesOfAirdrop(loaded))[0]
  const context = await readGrantContext(loaded)
  // The ledger is locked from the tree to the line that records its root, so that no grant comes between them.
  const ledger = await addToLedger(
    path,
    decimals,
    async (current) => {
      checkAmounts(loaded, current, chain)
      checkPayees(context, current)
      const publication = publicationOfReserve(loaded, current.current, contract)
      root = toHex(publication.tree.root)
      await publish(target, publication)
      if (car === undefined) await removeOwn(archive, isArchive) // it would be of the reserve before this one
      cid = car === undefined ? await folderCid(target, []) : await writeCar(archive, publication)
      if (current.roots.at(-1)?.root === root) return []
      const time = new Date(Math.floor(Date.now() / 1000) * 1000)
      const entry: RootEntry = {
        kind: "root",
        root,
        accountCount: current.current.size,
        total: current.total,
        time,
      }
      return [entry]
    },
    (notice) => {
      out.warn(notice)
    },
  )
  out.line(`Reserve root ${root}`)
  out.line(
    `  ${tokenAmount(ledger.total, token)} to ${plural(ledger.current.size, "account")}, in ${shownPath(target)}`,
  )
  if (cid !== undefined) out.line(`  ipfs://${cid}${car === undefined ? "" : `, in ${shownPath(archive)}`}`)
  describeChanges(loaded, ledger, chain, out)
  if (chain === undefined) {
    out.warn("not compared with the chain: give --rpc before this root is proposed")
  }
  const changes = reserveChanges(acceptedOf(ledger, chain), ledger.current)
  out.json({
    root,
    accounts: ledger.current.size,
    totalBaseUnits: ledger.total,
    folder: target,
    ...(cid === undefined ? {} : { cid }),
    ...(car === undefined ? {} : { car: archive }),
    compared: chain !== undefined,
    changes: changes.map((change) => ({ ...change, account: toChecksum(change.account) })),
  })
}

/** @throws AirdropError if an account would get less than it was promised, or the reserve does not suffice */
function checkAmounts({ program }: LoadedProgram, ledger: Ledger, chain: ReserveOnChain | undefined): void {
  const { token } = program
  const amount = (value: bigint): string => tokenAmount(value, token)
  if (ledger.current.size === 0) {
    throw new AirdropError("nothing is granted, and a tree needs at least one leaf", {
      code: "not-ready",
      hint: "./airdrop grants P add ADDRESS AMOUNT --reason TEXT comes first.",
    })
  }
  if (ledger.total > program.tranches.reserve) {
    throw new AirdropError(
      `the grants come to ${amount(ledger.total)}, the reserve is ${amount(program.tranches.reserve)}`,
      { code: "mismatch" },
    )
  }
  if (chain === undefined) return
  const [broken] = brokenFloors(ledger.current, floorsOnChain(ledger, chain))
  if (broken === undefined) return
  throw new AirdropError(
    `${toChecksum(broken.account)} would fall to ${amount(ledger.current.get(broken.account) ?? 0n)}: ${reasonOf(broken, amount(broken.amount))}`,
    { code: "mismatch", hint: "Amounts are cumulative and only ever grow." },
  )
}

/** @throws AirdropError if an account of the ledger can never use what it is granted */
function checkPayees(context: GrantContext, { current }: Ledger): void {
  for (const account of current.keys()) {
    const reason = unpayableReason(context, account)
    if (reason === undefined) continue
    throw new AirdropError(reason, {
      code: "refused",
      hint: "Revoke its grants: ./airdrop grants P revoke NUMBER.",
    })
  }
}

function reasonOf({ because }: Floor, amount: string): string {
  return because === "claimed" ? `it has claimed ${amount}` : `the ${because} root promises ${amount}`
}

/**
 * Returns the cumulative amounts of the accepted root, or of the root built before this one if no node was asked.
 * Before the first root there are none.
 */
function acceptedOf(ledger: Ledger, chain: ReserveOnChain | undefined): Cumulative {
  const root = chain?.accepted ?? ledger.roots.at(-2)?.root
  return (root === undefined ? undefined : ledger.cumulativeAt(root)) ?? new Map()
}

function describeChanges(
  { program }: LoadedProgram,
  ledger: Ledger,
  chain: ReserveOnChain | undefined,
  out: Output,
): void {
  const { decimals } = program.token
  const changes = reserveChanges(acceptedOf(ledger, chain), ledger.current)
  out.line(chain === undefined ? "Against the root built before:" : "Against the accepted root:")
  if (changes.length === 0) out.line("  nothing changes")
  for (const { account, before, after } of changes) {
    out.line(`  ${toChecksum(account)}  ${humanAmount(before, decimals)} -> ${humanAmount(after, decimals)}`)
  }
}
