/** Inspects what signers were sent, against the published files and the chain. Nothing in its words is believed. */
import type { Provider } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { decodeCall, type ReadCall, type KnownContracts } from "../../core/multisig/decode-call.ts"
import { fromHex, toHex } from "../../core/primitives/bytes.ts"
import { inspectCalls } from "../../core/multisig/inspect-calls.ts"
import type { Expected } from "../../core/multisig/inspect-deployment.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { openTransaction } from "../../core/multisig/inspect-transaction.ts"
import { delayFlags } from "./precheck-timelock.ts"
import {
  DELEGATECALL,
  safeHashes,
  safeTransaction,
  type SafeHashes,
  type SafeIdentity,
  type SafeTransaction,
} from "../../core/safe/safe-transaction.ts"
import { lastRecord, type OwnerRecord } from "../../core/safe/owner-record.ts"
import { readDeployment } from "../deployment/deployment-file.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { knownMultiSends, multiSendsOf } from "../../io/safe/deployments.ts"
import { inspectSafe } from "./inspect-safe.ts"
import { inspectUris } from "./proofs-uri.ts"
import type { SigningRequest } from "./read-request.ts"
import { besideFlags, wordNotes } from "./compare-beside.ts"
import { fundingExpected } from "./expected-funding.ts"
import { askedCalls } from "./program-proposals.ts"
import { unaskedFlags } from "../../core/multisig/inspect-owner-call.ts"
import { readSafe, type SafeState } from "../../io/safe/safe.ts"
import { hashFlags, nonceOf, safeOf, versionOf, type SignerKnowledge } from "./signing-claims.ts"

export interface Inspection {
  readonly safe: SafeIdentity
  readonly transaction: SafeTransaction
  readonly hashes: SafeHashes
  readonly calls: readonly ReadCall[]
  /** The Safe's state on chain, if a node was asked. */
  readonly state: SafeState | undefined
  readonly flags: readonly string[]
  readonly notes: readonly string[]
}

/** @throws AirdropError if there is not even a Safe to compute hashes for */
export async function inspectRequest(
  request: SigningRequest,
  context: ProgramContext,
  known: SignerKnowledge,
  provider: Provider | undefined,
): Promise<Inspection> {
  const { program, airdrop, parameters, creationCode } = context
  const flags = [...request.flags]
  const notes: string[] = []
  if (request.chainId !== program.chainId) {
    flags.push(`it is for chain ${request.chainId}, and the program is on chain ${program.chainId}`)
  }
  const address = safeOf(request, context, known, flags, notes)
  const state = provider === undefined ? undefined : await readSafe(provider, address)
  if (provider !== undefined && state !== undefined) {
    const found = await inspectSafe(provider, state, await ownerRecordOf(context))
    flags.push(...found.flags)
    notes.push(...found.notes)
  }
  const version = versionOf(request, known, state, flags, notes)
  const nonce = nonceOf(request, known, state, flags, notes)
  const safe = { chainId: program.chainId, address, version }
  const candidates = transactionsOf(request, safe, nonce)
  const claimed = known.hash ?? request.claimed?.hashes.safe
  const transaction = candidates.find((one) => safeHashes(safe, one).safe === claimed) ?? candidates[0]
  const hashes = safeHashes(safe, transaction)
  flags.push(...hashFlags(request, known, hashes))
  const opened = openTransaction(transaction, knownMultiSends(safe.chainId))
  flags.push(...opened.flags)
  const contracts: KnownContracts = {
    airdrop,
    token: program.token.address,
    timelock: known.timelock,
    creationCode,
  }
  if (transaction.operation === DELEGATECALL) {
    notes.push(
      `The Safe runs these calls by a DELEGATECALL of MultiSendCallOnly: the device shows operation 1 and the address ${toChecksum(transaction.to)}.`,
    )
  }
  const calls = opened.calls.map((call) => ({ call, decoded: decodeCall(call, contracts) }))
  const decoded = calls.map((one) => one.decoded)
  if (opened.calls.length > 0) {
    const recomputed = { context, safe, calls: opened.calls, transaction, owners: state?.owners }
    flags.push(...besideFlags(request, known.timelock, recomputed))
    notes.push(...wordNotes(request))
  }
  const funds = await fundingExpected(decoded, context, provider)
  flags.push(...funds.flags)
  notes.push(...funds.notes)
  const expected: Expected = {
    airdrop,
    parameters,
    token: program.token,
    funding: funds.amount,
    now: await timeOf(provider),
    safe: address,
    timelock: known.timelock,
    reserveRoot: context.reserve?.root,
    lists: new Map(
      [context.automatic, ...(context.reserve === undefined ? [] : [context.reserve])].map(
        ({ root, list }) => [root, list],
      ),
    ),
    allowed: known.allowed,
  }
  flags.push(...inspectCalls(calls, expected))
  flags.push(...unaskedFlags(decoded, await askedCalls(context, contracts)))
  if (decoded.some(({ kind }) => kind.startsWith("deploy"))) flags.push(...sourceFlags(context))
  flags.push(...(await inspectUris(decoded, context)))
  flags.push(...(await delayFlags(decoded, provider)))
  return { safe, transaction, hashes, calls, state, flags, notes }
}

/** Returns the record of the airdrop's owner, which shows changes of the Safe; undefined before deployment. */
async function ownerRecordOf({ folder, airdrop }: ProgramContext): Promise<OwnerRecord | undefined> {
  const deployment = await readDeployment(folder)
  return deployment?.address === airdrop ? lastRecord(deployment.ownerHistory) : undefined
}

/** Seconds since 1970: of the chain, or of this machine. */
async function timeOf(provider: Provider | undefined): Promise<bigint> {
  const block = await provider?.getBlock("latest")
  return BigInt(block?.timestamp ?? Math.floor(Date.now() / 1000))
}

/** Flags sources here that are not the ones of the published files. A batch cannot agree with both. */
function sourceFlags({ automatic, creationCode }: ProgramContext): string[] {
  const published = automatic.manifest.creationCodeHash
  const own = toHex(keccak256(fromHex(creationCode)))
  return published === undefined || published === own
    ? []
    : [
        `the sources here compile to code with the hash ${own}, and the files were published with ${published}`,
      ]
}

/** Returns the transactions that the request can be: for a batch, one for each library that the web app may use. */
function transactionsOf(
  { calls, claimed }: SigningRequest,
  { chainId, version }: SafeIdentity,
  nonce: bigint,
): readonly [SafeTransaction, ...SafeTransaction[]] {
  if (calls === undefined && claimed !== undefined) return [{ ...claimed.transaction, nonce }]
  const [usual, ...others] = multiSendsOf(chainId, version)
  const through = (multiSend: Address): SafeTransaction => safeTransaction(calls ?? [], nonce, multiSend)
  return calls?.length === 1 ? [through(usual)] : [through(usual), ...others.map(through)]
}
