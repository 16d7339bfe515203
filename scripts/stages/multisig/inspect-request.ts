/** Inspects what signers were sent, against the published files and the chain. Nothing in its words is believed. */
import type { Provider } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { decodeCall, type DecodedCall, type Landmarks } from "../../core/multisig/decode-call.ts"
import { fromHex, toHex } from "../../core/primitives/bytes.ts"
import { inspectCalls } from "../../core/multisig/inspect-calls.ts"
import type { Expected } from "../../core/multisig/inspect-deployment.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { openTransaction } from "../../core/multisig/inspect-transaction.ts"
import {
  safeHashes,
  safeTransaction,
  type SafeHashes,
  type SafeIdentity,
  type SafeTransaction,
} from "../../core/safe/safe-transaction.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { knownMultiSends, multiSendsOf } from "../../io/safe/deployments.ts"
import { inspectSafe } from "./inspect-safe.ts"
import { inspectPlaces } from "./inspect-places.ts"
import type { SigningRequest } from "./read-request.ts"
import { readSafe, type SafeState } from "../../io/safe/safe.ts"
import { hashFlags, nestedFlags, nonceOf, safeOf, versionOf, type SignerKnowledge } from "./signing-claims.ts"

export interface Inspection {
  readonly safe: SafeIdentity
  readonly transaction: SafeTransaction
  readonly hashes: SafeHashes
  readonly calls: readonly { readonly call: Call; readonly decoded: DecodedCall }[]
  /** As it stands on chain, if a node was asked. */
  readonly state: SafeState | undefined
  readonly flags: readonly string[]
  readonly remarks: readonly string[]
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
  const remarks: string[] = []
  if (request.chainId !== program.chainId) {
    flags.push(`it is for chain ${request.chainId}, and the program is on chain ${program.chainId}`)
  }
  const address = safeOf(request, context, known, flags, remarks)
  const state = provider === undefined ? undefined : await readSafe(provider, address)
  if (provider !== undefined && state !== undefined) {
    const found = await inspectSafe(provider, state)
    flags.push(...found.flags)
    remarks.push(...found.remarks)
  }
  const version = versionOf(request, known, state, flags, remarks)
  const nonce = nonceOf(request, known, state, flags, remarks)
  const safe = { chainId: program.chainId, address, version }
  const candidates = transactionsOf(request, safe, nonce)
  const claimed = known.hash ?? request.claimed?.hashes.safe
  const transaction = candidates.find((one) => safeHashes(safe, one).safe === claimed) ?? candidates[0]
  const hashes = safeHashes(safe, transaction)
  if (candidates.length > 1) {
    remarks.push(
      `The hashes are those of a batch through the MultiSendCallOnly at ${toChecksum(transaction.to)}.`,
    )
  }
  flags.push(...hashFlags(request, known, hashes), ...nestedFlags(request, address, hashes))
  const opened = openTransaction(transaction, knownMultiSends(safe.chainId))
  flags.push(...opened.flags)
  const landmarks: Landmarks = {
    airdrop,
    token: program.token.address,
    timelock: known.timelock,
    creationCode,
  }
  const calls = opened.calls.map((call) => ({ call, decoded: decodeCall(call, landmarks) }))
  const expected: Expected = {
    airdrop,
    parameters,
    token: program.token,
    funding: context.funding,
    safe: address,
    timelock: known.timelock,
    reserveRoot: context.reserve?.root,
    allowed: known.allowed,
  }
  flags.push(...inspectCalls(calls, expected))
  if (calls.some(({ decoded }) => decoded.kind.startsWith("deploy"))) flags.push(...sourceFlags(context))
  const places = await inspectPlaces(
    calls.map(({ decoded }) => decoded),
    context,
  )
  flags.push(...places.flags)
  remarks.push(...places.remarks)
  return { safe, transaction, hashes, calls, state, flags, remarks }
}

/** A batch cannot agree with both if the sources here are not those that the files were published with. */
function sourceFlags({ automatic, creationCode }: ProgramContext): string[] {
  const published = automatic.manifest.creationCodeHash
  const own = toHex(keccak256(fromHex(creationCode)))
  return published === undefined || published === own
    ? []
    : [
        `the sources here compile to code with the hash ${own}, and the files were published with ${published}`,
      ]
}

/** The transactions that it can be: of a batch one for each library that the web app may take. */
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
