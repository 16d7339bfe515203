import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { isoTime } from "../primitives/time.ts"
import type { Links, People } from "../snapshot/people.ts"
import { signerOf, statementDigest } from "./signer.ts"
import type { AcceptedStatement, Signature, StatementTerms } from "./statement.ts"

/** The facts by which statements are judged. */
export interface StatementContext {
  readonly program: string
  readonly chainId: number
  /** People before any link. */
  readonly people: People
}

/** A signature that only a contract wallet can check, by ERC-1271 at the snapshot block. */
export interface WalletSignature {
  readonly wallet: Address
  readonly terms: StatementTerms
  readonly signature: string
}

/** The outcome for one statement: a fault, or the signatures that still need a node. */
export type Judgement =
  | { readonly fault: string; readonly open?: undefined }
  | { readonly fault?: undefined; readonly open: readonly WalletSignature[] }

/** Judges the links of a program, in the order of the file. A link that repeats or continues another one is at fault. */
export function judgeLinks(
  context: StatementContext,
  links: readonly AcceptedStatement[],
): readonly Judgement[] {
  const first = firstOfEach(links)
  return links.map((link, i) => {
    const fault = termsFault(context, link) ?? repeated(first, link, i) ?? pathFault(context, first, link)
    if (fault !== undefined) return { fault }
    const signed = judgeSignature(context.people, link, signingAccount(context, link.from), link)
    if (signed.fault !== undefined || link.consent === undefined) return signed
    const consent = judgeSignature(context.people, link, link.to, link.consent)
    return consent.fault === undefined
      ? { open: [...signed.open, ...consent.open] }
      : { fault: `consent: ${consent.fault}` }
  })
}

/**
 * Judges the redirects of a program, in the order of the file.
 * @param links the accepted links: an old address has no amount left to redirect
 */
export function judgeRedirects(
  context: StatementContext,
  redirects: readonly AcceptedStatement[],
  links: Links,
): readonly Judgement[] {
  const first = firstOfEach(redirects)
  return redirects.map((redirect, i) => {
    const { from } = redirect
    const linked = links.get(from)
    const fault =
      termsFault(context, redirect) ??
      repeated(first, redirect, i) ??
      (linked === undefined
        ? undefined
        : `${toChecksum(from)} is linked to ${toChecksum(linked)}, which is paid instead; redirect that address`)
    return fault === undefined
      ? judgeSignature(context.people, redirect, signingAccount(context, from), redirect)
      : { fault }
  })
}

/** Returns the account that signs for an address: the beneficiary of a vesting contract, else the address itself. */
export function signingAccount({ people }: Pick<StatementContext, "people">, account: Address): Address {
  return people.personOf(account)
}

/** Returns the accepted links by old address. */
export function linksOf(links: readonly Pick<AcceptedStatement, "from" | "to">[]): Links {
  return new Map(links.map(({ from, to }) => [from, to]))
}

function termsFault(context: StatementContext, statement: AcceptedStatement): string | undefined {
  const { program, chainId, from, to, deadline, accepted } = statement
  if (program !== context.program || chainId !== context.chainId) {
    return `is signed for ${program} on chain ${chainId}, this is ${context.program} on chain ${context.chainId}`
  }
  if (accepted > deadline)
    return `was accepted at ${isoTime(accepted)}, after its deadline ${isoTime(deadline)}`
  if (to === ZERO_ADDRESS) return "names the zero address, which cannot be paid"
  if (from === to) return `names ${toChecksum(to)} twice`
  return undefined
}

function firstOfEach(statements: readonly AcceptedStatement[]): ReadonlyMap<Address, number> {
  const first = new Map<Address, number>()
  for (const [i, { from }] of statements.entries()) if (!first.has(from)) first.set(from, i)
  return first
}

function repeated(
  first: ReadonlyMap<Address, number>,
  { from }: AcceptedStatement,
  index: number,
): string | undefined {
  const earlier = first.get(from) ?? index
  return earlier === index ? undefined : `${toChecksum(from)} has a statement already, in line ${earlier + 1}`
}

/** Finds a link whose new address is not the end of the path: it is linked on, or belongs to another person. */
function pathFault(
  { people }: StatementContext,
  linked: ReadonlyMap<Address, number>,
  { from, to }: AcceptedStatement,
): string | undefined {
  const further = linked.get(to)
  if (further !== undefined) {
    return `${toChecksum(to)} is linked on in line ${further + 1}; sign one link from ${toChecksum(from)} to the last address`
  }
  const person = people.personOf(to)
  if (person !== to) {
    return `${toChecksum(to)} is a vesting contract; link to its beneficiary ${toChecksum(person)} instead`
  }
  if (people.personOf(from) === to) return `${toChecksum(from)} belongs to ${toChecksum(to)} already`
  return undefined
}

/**
 * Judges one signature of a statement.
 * @param people undefined without a snapshot: any account may then be a contract wallet
 * @param account the account that has to sign
 */
export function judgeSignature(
  people: People | undefined,
  terms: StatementTerms,
  account: Address,
  { scheme, signature }: Signature,
): Judgement {
  if (scheme === "erc1271") {
    const kind = people?.accountAt(account)?.kind
    return kind === "plain" || kind === "empty"
      ? {
          fault: `${toChecksum(account)} has no code at the snapshot block and cannot sign as a contract wallet`,
        }
      : { open: [{ wallet: account, terms, signature }] }
  }
  const signer = signerOf(statementDigest(terms, scheme), signature)
  if (signer === account) return { open: [] }
  return {
    fault:
      signer === undefined
        ? `the signature is not valid; ${toChecksum(account)} has to sign`
        : `is signed by ${toChecksum(signer)}; ${toChecksum(account)} has to sign`,
  }
}
