/** Determines the parties of a proposal, from options and the chain: the Safe, owners that are Safes, the timelock. */
import { BaseContract, type Provider } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { TIMELOCK, type TimelockViews } from "../../core/contract/timelock.ts"
import { ZERO_SALT } from "../../core/ethereum/create2.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { TimelockStep } from "../../core/multisig/actions.ts"
import type { SafeIdentity } from "../../core/safe/safe-transaction.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { multiSendsOf, SAFE_VERSION } from "../../io/safe/deployments.ts"
import type { SafeAtNonce } from "./make-proposal.ts"
import type { Nested, ProposeOptions } from "./propose-options.ts"
import { readSafe } from "../../io/safe/safe.ts"

/** Returns the address of the Safe that signs: the one given, or the owner that the program names. */
export function safeAddress(context: ProgramContext, { safe, timelock }: ProposeOptions): Address {
  if (safe !== undefined) return safe
  if (timelock !== undefined) {
    throw new AirdropError(
      "--timelock needs --safe: the owner is the timelock, and which Safe proposes is not known",
      { code: "usage" },
    )
  }
  return context.parameters.owner
}

/**
 * Reads the version and nonce of the Safe that signs.
 * @throws AirdropError if the chain contradicts what is given
 */
export async function signerOf(
  address: Address,
  options: ProposeOptions,
  chainId: number,
  provider: Provider | undefined,
): Promise<SafeAtNonce> {
  if (provider === undefined) {
    if (options.nonce === undefined) {
      throw new AirdropError("the Safe's nonce is not known", {
        code: "usage",
        hint: "Give --nonce, or --rpc to read it.",
      })
    }
    return { safe: { chainId, address, version: options.safeVersion ?? SAFE_VERSION }, nonce: options.nonce }
  }
  const state = await readSafe(provider, address)
  const { version, nonce } = state
  if (options.safeVersion !== undefined && options.safeVersion !== version) {
    throw new AirdropError(
      `the Safe ${toChecksum(address)} is of version ${version}, not ${options.safeVersion}`,
      {
        code: "inconsistent",
      },
    )
  }
  if (options.nonce !== undefined && options.nonce < nonce) {
    throw new AirdropError(`nonce ${options.nonce} is used: the Safe's next one is ${nonce}`, {
      code: "inconsistent",
    })
  }
  return { safe: { chainId, address, version }, nonce: options.nonce ?? nonce }
}

/** Reads the version and nonce of an owner that is itself a Safe. */
export async function nestedOf(
  owner: Nested,
  chainId: number,
  provider: Provider | undefined,
): Promise<SafeAtNonce> {
  const state = provider === undefined ? undefined : await readSafe(provider, owner.address)
  const nonce = owner.nonce ?? state?.nonce
  if (nonce === undefined) {
    throw new AirdropError(`the nonce of the owner ${toChecksum(owner.address)} is not known`, {
      code: "usage",
      hint: "Give --nested ADDRESS:NONCE, or --rpc to read it.",
    })
  }
  const version = owner.version ?? state?.version ?? SAFE_VERSION
  return { safe: { chainId, address: owner.address, version }, nonce }
}

/** @throws AirdropError if one of the nested Safes is no owner */
export function assertOwners(nested: readonly SafeAtNonce[], owners: readonly Address[]): void {
  for (const { safe } of nested) {
    if (owners.includes(safe.address)) continue
    throw new AirdropError(`${toChecksum(safe.address)} is not an owner of the Safe`, {
      code: "inconsistent",
    })
  }
}

/** Returns the timelock's step, with its delay; undefined if no timelock is given. */
export async function timelockOf(
  options: ProposeOptions,
  provider: Provider | undefined,
): Promise<TimelockStep | undefined> {
  const { timelock, step = "schedule", salt = ZERO_SALT } = options
  if (timelock === undefined) return undefined
  const delay = options.delay ?? (provider === undefined ? undefined : await leastDelay(provider, timelock))
  if (delay === undefined && step === "schedule") {
    throw new AirdropError("the timelock's delay is not known", {
      code: "usage",
      hint: "Give --delay, or --rpc to read it.",
    })
  }
  return { timelock, step, delay: delay ?? 0n, salt }
}

async function leastDelay(provider: Provider, timelock: Address): Promise<bigint> {
  return await BaseContract.from<TimelockViews>(timelock, TIMELOCK, provider).getMinDelay()
}

/**
 * Returns the library that runs the batch, if one is named.
 * @throws AirdropError if the web app does not use it for that version
 */
export function multiSendOf(
  { multiSend }: ProposeOptions,
  { chainId, version }: SafeIdentity,
): Address | undefined {
  const known = multiSendsOf(chainId, version)
  if (multiSend === undefined || known.includes(multiSend)) return multiSend
  throw new AirdropError(
    `${toChecksum(multiSend)} is no MultiSendCallOnly of Safe ${version} on chain ${chainId}`,
    {
      code: "unknown",
      hint: `Known: ${known.map(toChecksum).join(", ")}`,
    },
  )
}
