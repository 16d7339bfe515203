/** Checks the proofs of a published folder one by one, as the contract and the claim page do. */
import { join } from "node:path"
import { accountOf, amountOf, type LeafList } from "../../core/merkle/leaf-list.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { checkClaim, claimPath, parseClaimFile } from "../../core/publication/claim-file.ts"
import type { Manifest } from "../../core/publication/manifest.ts"
import { planShards, shardPath } from "../../core/publication/shard-layout.ts"
import { checkShard, parseShard } from "../../core/publication/shard.ts"
import type { Findings } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { Progress } from "./publish.ts"
import { readPublishedJson } from "./read-publication.ts"

/**
 * Folds the proof of every published claim and shard to the root.
 * @returns how many leaves the shards prove
 */
export async function checkProofs(
  folder: string,
  manifest: Manifest,
  list: LeafList,
  findings: Findings,
  progress: Progress,
): Promise<number> {
  const { shards } = planShards(list)
  const total = shards.length + (manifest.claimFiles ? list.count : 0)
  let [done, proven] = [0, 0]
  for (const { prefix, from, to } of shards) {
    const file = join(folder, shardPath(prefix))
    const isGood = await findings.trying(shownPath(file), () => {
      const shard = parseShard(readPublishedJson(file), shownPath(file))
      if (shard.prefix !== prefix)
        throw new AirdropError(`is the shard ${shard.prefix}`, { code: "mismatch" })
      checkShard(shard, manifest)
      return true
    })
    if (isGood === true) proven += to - from
    progress(++done, total)
  }
  if (!manifest.claimFiles) return proven
  for (let row = 0; row < list.count; row++) {
    const account = accountOf(list, row)
    const file = join(folder, claimPath(account))
    await findings.trying(shownPath(file), () => {
      checkClaimFile(readPublishedJson(file), shownPath(file), manifest, {
        row,
        account,
        amount: amountOf(list, row),
      })
    })
    progress(++done, total)
  }
  return proven
}

function checkClaimFile(
  json: unknown,
  file: string,
  manifest: Manifest,
  expected: { readonly row: number; readonly account: string; readonly amount: bigint },
): void {
  const read = parseClaimFile(json, file)
  if (!("claim" in read))
    throw new AirdropError(`says that ${expected.account} has no claim`, { code: "mismatch" })
  const { claim } = read
  if (claim.account !== expected.account)
    throw new AirdropError(`is the claim of ${claim.account}`, { code: "mismatch" })
  if (claim.tranche !== manifest.tranche)
    throw new AirdropError(`is a claim of the ${claim.tranche} tranche`, { code: "mismatch" })
  if (claim.chainId !== manifest.chainId || claim.contract !== manifest.contract) {
    throw new AirdropError("names another chain or contract than the manifest", { code: "mismatch" })
  }
  if (claim.token.address !== manifest.token.address || claim.token.decimals !== manifest.token.decimals) {
    throw new AirdropError("names another token than the manifest", { code: "mismatch" })
  }
  if (claim.index !== expected.row)
    throw new AirdropError(`index is ${claim.index}, in the list it is ${expected.row}`, { code: "mismatch" })
  if (claim.amount !== expected.amount) {
    throw new AirdropError(`baseUnits is ${claim.amount}, in the list it is ${expected.amount}`, {
      code: "mismatch",
    })
  }
  checkClaim(claim, manifest.root)
}
