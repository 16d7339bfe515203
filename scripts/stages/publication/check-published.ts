/**
 * Checks a published folder by itself: everything in it must follow from its list. This is what anybody can do who
 * has nothing but the folder; that the list is the right one is for compare-published.ts to say.
 */
import { join } from "node:path"
import { checkClaim, claimPath, parseClaimFile } from "../../core/publication/claim-file.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { accountOf, amountOf, type LeafList, totalOf } from "../../core/merkle/leaf-list.ts"
import type { Manifest } from "../../core/publication/manifest.ts"
import { checkShard, parseShard } from "../../core/publication/shard.ts"
import { planShards, shardPath } from "../../core/publication/shard-layout.ts"
import { checkHashes } from "./check-hashes.ts"
import { createFindings, type Finding, type Findings } from "../../io/disk/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { Progress } from "./publish.ts"
import { readManifest, readPublishedJson, readPublishedList } from "./read-publication.ts"
import { buildTreeOn } from "./tree-threads.ts"

export interface PublishedCheck {
  /** Undefined if it cannot even be read. */
  readonly manifest: Manifest | undefined
  readonly list: LeafList | undefined
  /** How many leaves were proven by published files, each counted once. */
  readonly proven: number
  readonly findings: readonly Finding[]
}

/** Checks list, root, every proof and every hash of a published folder. */
export async function checkPublished(
  folder: string,
  progress: Progress = () => undefined,
): Promise<PublishedCheck> {
  const findings = createFindings()
  const at = (path: string): string => shownPath(join(folder, path))
  const manifest = await findings.trying(at("manifest.json"), () => readManifest(folder))
  if (manifest === undefined) return { manifest, list: undefined, proven: 0, findings: findings.all() }
  const list = await findings.trying(at("allocations.csv"), () => readPublishedList(folder, manifest))
  let proven = 0
  if (list !== undefined) {
    await checkTotals(manifest, list, (problem) => {
      findings.add(at("manifest.json"), problem)
    })
    proven = await checkProofs(folder, manifest, list, findings, progress)
  }
  await checkHashes(folder, manifest, findings)
  return { manifest, list, proven, findings: findings.all() }
}

async function checkTotals(
  manifest: Manifest,
  list: LeafList,
  fail: (problem: string) => void,
): Promise<void> {
  const root = toHex((await buildTreeOn(list)).root)
  if (root !== manifest.root) fail(`root is ${manifest.root}, that of allocations.csv is ${root}`)
  const total = totalOf(list)
  if (total !== manifest.total)
    fail(`total is ${manifest.total}, that of allocations.csv is ${total} base units`)
}

async function checkProofs(
  folder: string,
  manifest: Manifest,
  list: LeafList,
  findings: Findings,
  progress: Progress,
): Promise<number> {
  const { layout, shards } = planShards(list)
  if (JSON.stringify(layout) !== JSON.stringify(manifest.shards)) {
    findings.add(shownPath(join(folder, "manifest.json")), "shards is not the layout of this list")
  }
  const total = shards.length + (manifest.claimFiles ? list.count : 0)
  let [done, proven] = [0, 0]
  for (const { prefix, from, to } of shards) {
    const file = join(folder, shardPath(prefix))
    const isGood = await findings.trying(shownPath(file), () => {
      const shard = parseShard(readPublishedJson(file), shownPath(file))
      if (shard.prefix !== prefix) throw new AirdropError(`is the shard ${shard.prefix}`)
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
  if (!("claim" in read)) throw new AirdropError(`denies the claim of ${expected.account}`)
  const { claim } = read
  if (claim.account !== expected.account) throw new AirdropError(`is the claim of ${claim.account}`)
  if (claim.tranche !== manifest.tranche) throw new AirdropError(`is a claim of the ${claim.tranche} tranche`)
  if (claim.chainId !== manifest.chainId || claim.contract !== manifest.contract) {
    throw new AirdropError("names another chain or contract than the manifest")
  }
  if (claim.token.address !== manifest.token.address || claim.token.decimals !== manifest.token.decimals) {
    throw new AirdropError("names another token than the manifest")
  }
  if (claim.index !== expected.row)
    throw new AirdropError(`index is ${claim.index}, in the list it is ${expected.row}`)
  if (claim.amount !== expected.amount) {
    throw new AirdropError(`baseUnits is ${claim.amount}, in the list it is ${expected.amount}`)
  }
  checkClaim(claim, manifest.root)
}
