/** The proposals in a program's own folder: what its operators have asked for. */
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { decodeCall, innermost, type KnownContracts } from "../../core/multisig/decode-call.ts"
import { callKey } from "../../core/multisig/inspect-owner-call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { safeHashes, safeTransaction } from "../../core/safe/safe-transaction.ts"
import { knownMultiSends } from "../../io/safe/deployments.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { besideFlags } from "./compare-beside.ts"
import { readRequest, type SigningRequest } from "./read-request.ts"
import { hashFlags } from "./signing-claims.ts"

/**
 * Returns the keys of the owner's calls in all proposals of a program. A proposal is the three files that propose
 * writes, each of which follows from the others: a batch that lies there alone asks for nothing.
 */
export async function askedCalls(context: ProgramContext, contracts: KnownContracts): Promise<Set<string>> {
  const folder = join(context.folder, "proposals")
  const names = await readdir(folder).catch(() => [])
  const asked = new Set<string>()
  for (const name of names.filter((one) => one.endsWith(".safe-tx.json"))) {
    const request = await readRequest(join(folder, name)).catch((error: unknown) => {
      if (error instanceof AirdropError) return undefined
      throw error
    })
    if (request === undefined || !isWhole(request, context, contracts)) continue
    for (const call of (request.calls ?? []).map((one) => decodeCall(one, contracts)).flatMap(innermost)) {
      if (call.kind === "owner") asked.add(callKey(call))
    }
  }
  return asked
}

/** Returns whether batch, text and transaction say the same, with the hashes that follow. */
function isWhole(request: SigningRequest, context: ProgramContext, { timelock }: KnownContracts): boolean {
  const { calls, claimed, text, flags } = request
  if (calls === undefined || claimed === undefined || text === undefined || flags.length > 0) return false
  const { safe, transaction: written } = claimed
  const isKnown = calls.length === 1 || knownMultiSends(safe.chainId).has(written.to)
  const transaction = safeTransaction(calls, written.nonce, written.to)
  const faults = [
    ...besideFlags(request, timelock, { context, safe, calls, transaction, owners: undefined }),
    ...hashFlags(request, { hash: undefined }, safeHashes(safe, transaction)),
  ]
  return isKnown && faults.length === 0
}
