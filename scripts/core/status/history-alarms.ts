/** Judges the history of a contract. A false root that was accepted, drained and replaced leaves no other trace. */
import { parseAddress, toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { quote } from "../primitives/text.ts"
import { isoTime } from "../primitives/time.ts"
import type { History } from "./history.ts"

/** The values that the history is compared with. */
export interface HistoryTerms {
  /** The owner in the program and each owner that the operators recorded. */
  readonly owners: ReadonlySet<Address>
  readonly automaticRoot: string
  /** The reserve roots of the ledger and of the published files. */
  readonly reserveRoots: ReadonlySet<string>
  /** The sum of all grants ever made to each account, in base units; undefined without a ledger. */
  readonly grantedTo: ReadonlyMap<Address, bigint> | undefined
  /** The CID of the published files by root, for roots whose files are available. */
  readonly cids: ReadonlyMap<string, string>
  /** Writes an amount with the token's symbol. */
  readonly amount: (value: bigint) => string
}

/** A URI that names a folder by its content. */
const CONTENT_URI = /^(?:ipfs:\/\/([a-zA-Z0-9]+)\/?|ar:\/\/[\w-]+\/?)$/

/** Returns a sentence about each act and each payment that differs from the program's files. */
export function historyAlarms(history: History, terms: HistoryTerms): readonly string[] {
  return [
    ...rootAlarms(history, terms),
    ...paymentAlarms(history, terms),
    ...uriAlarms(history, terms),
    ...ownerAlarms(history, terms),
  ]
}

function rootAlarms({ acts }: History, { reserveRoots }: HistoryTerms): readonly string[] {
  return acts.flatMap(({ name, values, time }) => {
    const root = values[0]?.toLowerCase() ?? ""
    if (name !== "ReserveRootAccepted" || reserveRoots.has(root)) return []
    return [`The reserve root ${root} was accepted at ${isoTime(time)} and is in no ledger of this program.`]
  })
}

function paymentAlarms({ reserveClaimed }: History, { grantedTo, amount }: HistoryTerms): readonly string[] {
  if (grantedTo === undefined) return []
  return [...reserveClaimed].flatMap(([account, paid]) => {
    const granted = grantedTo.get(account) ?? 0n
    if (paid <= granted) return []
    return [
      `The reserve has paid ${amount(paid)} to ${toChecksum(account)}, which was granted ${amount(granted)}.`,
    ]
  })
}

/** Returns the root and the URI that an act announces; undefined if it announces no URI. */
export function announcedBy({
  name,
  values,
}: History["acts"][number]): { readonly root: string; readonly uri: string } | undefined {
  const [root = "", second = "", third = ""] = values
  const uri = name === "ProofsPublished" ? second : name === "ReserveRootSubmitted" ? third : ""
  return uri === "" ? undefined : { root: root.toLowerCase(), uri }
}

function uriAlarms(
  { acts }: History,
  { automaticRoot, reserveRoots, cids }: HistoryTerms,
): readonly string[] {
  return acts.flatMap((act) => {
    const { root, uri } = announcedBy(act) ?? {}
    if (root === undefined || uri === undefined) return []
    const when = isoTime(act.time)
    if (root !== automaticRoot && !reserveRoots.has(root)) {
      return [`Proofs of the root ${root}, which is not this program's, were announced at ${when}.`]
    }
    const match = CONTENT_URI.exec(uri)
    if (match === null) {
      return [`Proofs were announced at ${when} at ${quote(uri)}, which does not name its content.`]
    }
    const [, cid] = match
    const own = cids.get(root)
    if (own === undefined || cid === own) return []
    if (cid === undefined)
      return [`Proofs were announced at ${when} at ${quote(uri)}; the published files are ipfs://${own}.`]
    return [`Proofs were announced at ${when} at ipfs://${cid}; the published files are ipfs://${own}.`]
  })
}

function ownerAlarms({ acts }: History, { owners }: HistoryTerms): readonly string[] {
  return acts.flatMap(({ name, values, time }) => {
    if (name !== "OwnershipTransferred") return []
    const [from, to] = values.map((value) => parseAddress(value.toLowerCase()))
    // The constructor transfers the ownership from the zero address to the first owner.
    if (from === undefined || to === undefined || from === ZERO_ADDRESS || owners.has(to)) return []
    return [`The ownership passed from ${toChecksum(from)} to ${toChecksum(to)} at ${isoTime(time)}.`]
  })
}
