/**
 * Looks an account up in the published files: its own file where each has one, else the one shard that answers for
 * it. Whatever is read is checked against the root before it is handed on; files are never believed.
 */
import { compareAddresses, type Address } from "../../../scripts/core/address.ts"
import { checkClaim, claimPath, parseClaimFile, type Claim } from "../../../scripts/core/claim-file.ts"
import { AirdropError } from "../../../scripts/core/error.ts"
import { parseJson } from "../../../scripts/core/json.ts"
import { parseManifest, type Manifest } from "../../../scripts/core/manifest.ts"
import { lookUp, parseShard } from "../../../scripts/core/shard.ts"
import { shardPath, shardPrefix } from "../../../scripts/core/shard-layout.ts"
import type { PageConfig } from "../config.ts"
import type { TextKey } from "../text/en.ts"
import { parseDerivation } from "./derivation.ts"
import type { AutomaticDue, Due, ReserveDue } from "./due.ts"
import type { DataSource } from "./source.ts"

/** The published files are not what this page was made for, or not in order. */
export class PublicationFault extends Error {
  readonly key: Extract<TextKey, `check.bad.${string}`>

  constructor(key: Extract<TextKey, `check.bad.${string}`>, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = "PublicationFault"
    this.key = key
  }
}

export interface Publication {
  readonly automatic: Manifest
  readonly reserve: Manifest | undefined
  /** @throws PublicationFault, DataUnreachable */
  readonly findDue: (account: Address) => Promise<Due>
}

const RESERVE = "reserve/"

/** Reads the manifests and compares them with the page. @throws PublicationFault, DataUnreachable */
export async function openPublication(source: DataSource, config: PageConfig): Promise<Publication> {
  const automatic = await readManifest(source, "")
  if (automatic === undefined) {
    throw new PublicationFault("check.bad.format", new AirdropError("manifest.json is missing"))
  }
  const reserve = await readManifest(source, RESERVE)
  ensureMeant(automatic, "automatic", config)
  if (automatic.root !== config.automaticRoot || automatic.leafCount !== config.leafCount) {
    throw new PublicationFault("check.bad.manifest", `root ${automatic.root}`)
  }
  if (reserve !== undefined) ensureMeant(reserve, "reserve", config)
  return {
    automatic,
    reserve,
    findDue: async (account) => {
      const [own, granted] = await Promise.all([
        findRow(source, "", automatic, account),
        reserve === undefined ? undefined : findRow(source, RESERVE, reserve, account),
      ])
      return {
        account,
        automatic: own.row,
        reserve: granted?.row && reserveDue(granted.row, granted.root),
        derivation: own.derivation === undefined ? undefined : parseDerivation(own.derivation, config.token.decimals),
        absence: own.row === undefined ? own.absence : undefined,
        elsewhere: own.elsewhere,
      }
    },
  }
}

async function readManifest(source: DataSource, folder: string): Promise<Manifest | undefined> {
  const path = `${folder}manifest.json`
  const json = await readJson(source, path)
  if (json === undefined) return undefined
  return orFault("check.bad.format", () => parseManifest(json, path))
}

/** The page was made for one contract: files that name another lead nowhere from here. */
function ensureMeant(manifest: Manifest, kind: Manifest["kind"], config: PageConfig): void {
  const { chainId, contract, token } = manifest
  const same =
    manifest.kind === kind &&
    chainId === config.chainId &&
    contract === config.contract &&
    token.address === config.token.address &&
    token.decimals === config.token.decimals
  if (!same) throw new PublicationFault("check.bad.manifest", `contract ${contract ?? "none"}, chain ${chainId}`)
}

interface Found {
  readonly root: Manifest["root"]
  readonly row?: AutomaticDue
  readonly derivation?: unknown
  readonly absence?: Due["absence"]
  readonly elsewhere?: Due["elsewhere"]
}

async function findRow(source: DataSource, folder: string, manifest: Manifest, account: Address): Promise<Found> {
  const { root, kind } = manifest
  const bad = kind === "automatic" ? "check.bad.proof" : "check.bad.reserve"
  if (manifest.claims) {
    const path = folder + claimPath(account)
    const json = await readJson(source, path)
    if (json !== undefined) {
      return orFault(bad, (): Found => {
        const file = parseClaimFile(json, path)
        if ("noClaim" in file) {
          const { noClaim } = file
          if (noClaim.account !== account) throw new AirdropError(`${path} is of ${noClaim.account}`)
          const { reason, detail, paidAt, derivation } = noClaim
          return { root, elsewhere: { reason, detail, paidAt }, derivation, absence: "looked" }
        }
        return { root, row: checkedRow(file.claim, manifest, account, path), derivation: file.claim.derivation }
      })
    }
  }
  const path = folder + shardPath(shardPrefix(manifest.shards, account))
  const json = await readJson(source, path)
  if (json === undefined) return { root, absence: "looked" }
  return orFault(bad, (): Found => {
    const found = lookUp(parseShard(json, path), manifest, account)
    if (found.found) return { root, row: { index: found.index, amount: found.amount, proof: found.proof } }
    return { root, absence: kind === "automatic" ? "proved" : "looked" }
  })
}

/** A claim out of a file, checked to be this account's and to lead to the root. @throws AirdropError */
export function checkedRow(claim: Claim, manifest: Pick<Manifest, "kind" | "root">, account: Address, path: string): AutomaticDue {
  if (compareAddresses(claim.account, account) !== 0) throw new AirdropError(`${path} is of ${claim.account}`)
  if (claim.kind !== manifest.kind) throw new AirdropError(`${path} is of the ${claim.kind} tranche`)
  checkClaim(claim, manifest.root)
  return { index: claim.index, amount: claim.amount, proof: claim.proof }
}

function reserveDue({ amount, proof }: AutomaticDue, root: Manifest["root"]): ReserveDue {
  return { cumulativeAmount: amount, proof, root }
}

/** A single proof file that was opened by hand: all it can say is in it. @throws PublicationFault */
export function dueOfFile(text: string, name: string, config: PageConfig): Due {
  return orFault("check.bad.proof", () => {
    const file = parseClaimFile(parseJson(text, name), name)
    if ("noClaim" in file || file.claim.kind !== "automatic") {
      throw new AirdropError(`${name} is not a proof of the automatic tranche`)
    }
    const { claim } = file
    const row = checkedRow(claim, { kind: "automatic", root: config.automaticRoot }, claim.account, name)
    const derivation =
      claim.derivation === undefined ? undefined : parseDerivation(claim.derivation, config.token.decimals)
    return { account: claim.account, automatic: row, reserve: undefined, derivation, absence: undefined, elsewhere: undefined }
  })
}

const decoder = new TextDecoder()

async function readJson(source: DataSource, path: string): Promise<unknown> {
  const bytes = await source.read(path)
  return bytes === undefined ? undefined : orFault("check.bad.format", () => parseJson(decoder.decode(bytes), path))
}

function orFault<T>(key: PublicationFault["key"], work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof PublicationFault ? error : new PublicationFault(key, error)
  }
}
