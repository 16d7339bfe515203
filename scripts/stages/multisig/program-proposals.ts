/** The proposals in a program's own folder: what its operators have asked for. */
import { readdir } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { decodeCall, type DecodedCall, type KnownContracts } from "../../core/multisig/decode-call.ts"
import { callKey } from "../../core/multisig/inspect-owner-call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { readBatch } from "./batch-file.ts"

/** Returns true if the file is directly in the program's own proposals/. */
export function isOwnProposal(file: string, programFolder: string): boolean {
  return dirname(resolve(file)) === resolve(programFolder, "proposals")
}

/** Returns the keys of the owner's calls in all proposals of a program. Files that are no batches are passed over. */
export async function askedCalls(programFolder: string, contracts: KnownContracts): Promise<Set<string>> {
  const folder = join(programFolder, "proposals")
  const names = await readdir(folder).catch(() => [])
  const asked = new Set<string>()
  for (const name of names.filter((one) => one.endsWith(".json") && !one.endsWith(".safe-tx.json"))) {
    const batch = await readBatch(join(folder, name)).catch((error: unknown) => {
      if (error instanceof AirdropError) return undefined
      throw error
    })
    for (const call of batch?.calls ?? []) addKeys(decodeCall(call, contracts), asked)
  }
  return asked
}

function addKeys(decoded: DecodedCall, asked: Set<string>): void {
  if (decoded.kind === "owner") asked.add(callKey(decoded))
  if (decoded.kind === "schedule" || decoded.kind === "execute") {
    for (const inner of decoded.calls) addKeys(inner.decoded, asked)
  }
}
