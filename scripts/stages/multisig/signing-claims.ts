/**
 * Determines the Safe, version, nonce and hashes of a request, and compares its claims with the signer's and the
 * chain's.
 */
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { quote } from "../../core/primitives/text.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import type { SafeHashes } from "../../core/safe/safe-transaction.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { SAFE_VERSION } from "../../io/safe/deployments.ts"
import type { SigningRequest } from "./read-request.ts"
import type { SafeState } from "../../io/safe/safe.ts"

/** Facts that the signer knows from sources other than the file. */
export interface SignerKnowledge {
  readonly safe: Address | undefined
  readonly nonce: bigint | undefined
  readonly version: string | undefined
  readonly timelock: Address | undefined
  /** The Safe transaction hash that a wallet shows. */
  readonly hash: Hex | undefined
  /** Addresses that may be paid or own. */
  readonly allowed: ReadonlySet<Address>
}

/** Returns the Safe that the hashes are computed for. Findings go to `flags` and `notes`, here and below. */
export function safeOf(
  { safe }: SigningRequest,
  { parameters }: ProgramContext,
  known: SignerKnowledge,
  flags: string[],
  notes: string[],
): Address {
  const expected = known.safe ?? (known.timelock === undefined ? parameters.owner : undefined)
  if (expected === undefined) {
    if (safe !== undefined) {
      notes.push("Which Safe it should be was not checked: give --safe, as the owner is a timelock.")
      return safe
    }
    flags.push("it does not say which Safe it is for: give --safe")
    return parameters.owner
  }
  if (safe === undefined)
    notes.push(`The file does not say which Safe it is for; ${toChecksum(expected)} is taken.`)
  else if (safe !== expected) {
    flags.push(`it is for the Safe ${toChecksum(safe)}, not for ${toChecksum(expected)}`)
  }
  return expected
}

/** Its version: the chain knows best, then the signer, then the file. */
export function versionOf(
  { claimed }: SigningRequest,
  known: SignerKnowledge,
  state: SafeState | undefined,
  flags: string[],
  notes: string[],
): string {
  const actual = state?.version ?? known.version
  const written = claimed?.safe.version
  if (actual === undefined) {
    const version = written ?? SAFE_VERSION
    if (version !== SAFE_VERSION) {
      flags.push(
        `it was made for Safe version ${quote(version)}, which nothing here confirms: give --safe-version or --rpc`,
      )
    }
    notes.push(`The Safe's version was not checked: ${version} is taken. Give --safe-version or --rpc.`)
    return version
  }
  if (state !== undefined && known.version !== undefined && known.version !== state.version) {
    flags.push(`the Safe is of version ${state.version}, not ${known.version}`)
  }
  if (written !== undefined && written !== actual) {
    flags.push(
      `it was made for Safe version ${written}, but the Safe is of version ${actual}: the hashes differ`,
    )
  }
  return actual
}

/** Returns the nonce: the signer's if given, else the file's, else the chain's. */
export function nonceOf(
  { claimed }: SigningRequest,
  known: SignerKnowledge,
  state: SafeState | undefined,
  flags: string[],
  notes: string[],
): bigint {
  const written = claimed?.transaction.nonce
  const next = state?.nonce
  const nonce = known.nonce ?? written ?? next
  if (nonce === undefined) {
    notes.push("The nonce was not checked: 0 is taken. Give --nonce or --rpc.")
    return 0n
  }
  if (written !== undefined && written !== nonce) {
    flags.push(`it was made for nonce ${written}, not ${nonce}: the hashes differ`)
  }
  if (next !== undefined && nonce < next) {
    flags.push(`nonce ${nonce} is used up: the Safe's next nonce is ${next}, so it can never execute`)
  } else if (next !== undefined && nonce > next && known.nonce === undefined) {
    flags.push(
      `it is for nonce ${nonce}, but the Safe's next nonce is ${next}: give --nonce ${nonce} if you intend that`,
    )
  }
  return nonce
}

/** Flags hashes shown by a wallet or a file that are not the transaction's. */
export function hashFlags(
  { claimed }: SigningRequest,
  { hash }: Pick<SignerKnowledge, "hash">,
  hashes: SafeHashes,
): string[] {
  const flags: string[] = []
  if (hash !== undefined && hash !== hashes.safe) {
    flags.push(`the wallet shows ${hash}, but this batch has the Safe transaction hash ${hashes.safe}`)
  }
  const differs = (["domain", "message", "safe", "calldata"] as const).filter(
    (name) => claimed && claimed.hashes[name] !== hashes[name],
  )
  if (differs.length > 0) {
    flags.push(`the ${differs.join(" and ")} hash in the file differs from the transaction's`)
  }
  return flags
}
