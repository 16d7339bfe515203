/**
 * Looks an account up in the published files: its own file where each has one, else the one shard that answers for
 * it. Whatever is read is checked against the root before it is handed on; files are never believed.
 */
import { compareAddresses, type Address } from "../../../scripts/core/address.ts"
import { CONTENTS_PATH, parseContents, type Contents } from "../../../scripts/core/page-contents.ts"
import { checkClaim, claimPath, parseClaimFile, type Claim } from "../../../scripts/core/claim-file.ts"
import { AirdropError } from "../../../scripts/core/error.ts"
import { parseJson } from "../../../scripts/core/json.ts"
import { parseManifest, type Manifest } from "../../../scripts/core/manifest.ts"
import { lookUp, parseShard } from "../../../scripts/core/shard.ts"
import { shardPath, shardPrefix } from "../../../scripts/core/shard-layout.ts"
import type { PageConfig } from "../../../scripts/core/page-config.ts"
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
  const [automatic, contents] = await Promise.all([readManifest(source, ""), readContents(source)])
  if (automatic === undefined) {
    throw new PublicationFault("check.bad.format", new AirdropError("manifest.json is missing"))
  }
  const reserve = contents.reserve ? await readManifest(source, RESERVE) : undefined
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
        findRow(source, "", { manifest: automatic, mayHaveFile: contents.mayHaveFile }, account),
        reserve === undefined
          ? undefined
          : findRow(source, RESERVE, { manifest: reserve, mayHaveFile: () => false }, account),
      ])
      return {
        account,
        automatic: own.row,
        reserve: granted?.row && reserveDue(granted.row, granted.root),
        derivation:
          own.derivation === undefined ? undefined : parseDerivation(own.derivation, config.token.decimals),
        absence: own.row === undefined ? own.absence : undefined,
        elsewhere: own.elsewhere,
      }
    },
  }
}

/** Says what is there to be asked for, so that nothing is asked for in vain. */
async function readContents(source: DataSource): Promise<Contents> {
  const json = await readJson(source, CONTENTS_PATH)
  return orFault("check.bad.format", () => parseContents(json))
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
  if (!same)
    throw new PublicationFault("check.bad.manifest", `contract ${contract ?? "none"}, chain ${chainId}`)
}

interface Part {
  readonly manifest: Manifest
  /** Whether there may be a file for an address that is not on the list. */
  readonly mayHaveFile: (account: Address) => boolean
}

interface Found {
  readonly root: Manifest["root"]
  readonly row?: AutomaticDue
  readonly derivation?: unknown
  readonly absence?: Due["absence"]
  readonly elsewhere?: Due["elsewhere"]
}

/**
 * The shard comes first: it holds the proof of whoever is on the list, and the absence of whoever is not. The file
 * of the address itself adds how the amount comes about, or why there is none.
 */
async function findRow(
  source: DataSource,
  folder: string,
  { manifest, mayHaveFile }: Part,
  account: Address,
): Promise<Found> {
  const { root, kind } = manifest
  const bad = kind === "automatic" ? "check.bad.proof" : "check.bad.reserve"
  const path = folder + shardPath(shardPrefix(manifest.shards, account))
  const json = await readJson(source, path)
  const found: Found =
    json === undefined
      ? { root, absence: "looked" }
      : orFault(bad, () => {
          const row = lookUp(parseShard(json, path), manifest, account)
          if (row.found) return { root, row: { index: row.index, amount: row.amount, proof: row.proof } }
          return { root, absence: kind === "automatic" ? "proved" : "looked" }
        })
  if (!manifest.claims || (found.row === undefined && !mayHaveFile(account))) return found
  const own = await readOwnFile(source, folder + claimPath(account), manifest, account, bad)
  return { ...found, ...own }
}

/** The file of one address, if there is one. */
async function readOwnFile(
  source: DataSource,
  path: string,
  manifest: Manifest,
  account: Address,
  bad: PublicationFault["key"],
): Promise<Partial<Found>> {
  const json = await readJson(source, path)
  if (json === undefined) return {}
  return orFault(bad, () => {
    const file = parseClaimFile(json, path)
    if ("claim" in file) {
      return { row: checkedRow(file.claim, manifest, account, path), derivation: file.claim.derivation }
    }
    const { reason, detail, paidAt, derivation } = file.noClaim
    if (file.noClaim.account !== account) throw new AirdropError(`${path} is of ${file.noClaim.account}`)
    return { elsewhere: { reason, detail, paidAt }, derivation }
  })
}

/** A claim out of a file, checked to be this account's and to lead to the root. @throws AirdropError */
export function checkedRow(
  claim: Claim,
  manifest: Pick<Manifest, "kind" | "root">,
  account: Address,
  path: string,
): AutomaticDue {
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
    return {
      account: claim.account,
      automatic: row,
      reserve: undefined,
      derivation,
      absence: undefined,
      elsewhere: undefined,
    }
  })
}

const decoder = new TextDecoder()

async function readJson(source: DataSource, path: string): Promise<unknown> {
  const bytes = await source.read(path)
  return bytes === undefined
    ? undefined
    : orFault("check.bad.format", () => parseJson(decoder.decode(bytes), path))
}

function orFault<T>(key: PublicationFault["key"], work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof PublicationFault ? error : new PublicationFault(key, error)
  }
}
