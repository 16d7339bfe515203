/**
 * Looks an account up in the published files: in its own file if each account has one, otherwise in its shard.
 * Whatever is read is checked against the root before it is used.
 */
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { parseClaimFile } from "../../../scripts/core/publication/claim-file.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { parseJson } from "../../../scripts/core/primitives/json-reader.ts"
import {
  readDerivation,
  type Derivation,
  type DerivationContext,
} from "../../../scripts/core/publication/derivation.ts"
import { parseManifest, type Manifest } from "../../../scripts/core/publication/manifest.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import {
  CONTENTS_PATH,
  parseContents,
  type Contents,
} from "../../../scripts/core/publication/page-contents.ts"
import type { AutomaticClaim, ReserveClaim } from "../../../scripts/core/claim/claims.ts"
import type { Due, Unread } from "./due.ts"
import { orFault, PublicationFault, readJson } from "./fault.ts"
import { checkedRow, findRow, type Found } from "./row.ts"
import { DataUnreachable, type DataSource } from "./source.ts"

export interface Publication {
  readonly automatic: Manifest
  readonly reserve: Manifest | undefined
  /** Returns the published content about an account. @throws PublicationFault, DataUnreachable */
  readonly findDue: (account: Address) => Promise<Due>
}

const RESERVE = "reserve/"

/** Reads the manifests and compares them with the page. @throws PublicationFault, DataUnreachable */
export async function openPublication(source: DataSource, config: PageConfig): Promise<Publication> {
  const [automatic, contents] = await Promise.all([readManifest(source, ""), readContents(source)])
  if (automatic === undefined) {
    throw new PublicationFault(
      "check.bad.format",
      new AirdropError("manifest.json is missing", { code: "file-missing" }),
    )
  }
  const granted = contents.reserve ? await readManifest(source, RESERVE).catch(unlessUnreachable) : undefined
  const isMissing = granted === undefined && contents.isListed && contents.reserve
  const fault = isMissing
    ? new DataUnreachable(`${RESERVE}manifest.json`, undefined)
    : granted instanceof DataUnreachable
      ? granted
      : undefined
  const reserve = granted instanceof DataUnreachable ? undefined : granted
  ensureMeant(automatic, "automatic", config)
  if (automatic.root !== config.automaticRoot || automatic.leafCount !== config.leafCount) {
    throw new PublicationFault("check.bad.manifest", `root ${automatic.root}`)
  }
  if (reserve !== undefined) ensureMeant(reserve, "reserve", config)
  const findGranted = async (account: Address): Promise<Found | DataUnreachable | undefined> => {
    if (fault !== undefined) return fault
    if (reserve === undefined) return undefined
    const part = { manifest: reserve, mayHaveFile: () => false }
    return await findRow(source, RESERVE, part, account).catch(unlessUnreachable)
  }
  return {
    automatic,
    reserve,
    findDue: async (account) => {
      const part = { manifest: automatic, mayHaveFile: contents.mayHaveFile }
      const [own, granted] = await Promise.all([
        findRow(source, "", part, account).catch(unlessUnreachable),
        findGranted(account),
      ])
      return dueOf(account, own, granted, { total: automatic.total, decimals: config.token.decimals })
    },
  }
}

/**
 * Puts together what the tranches' files say. If one of them could not be loaded, the other is shown alone.
 * @throws DataUnreachable if nothing is known to be due: a missing file never means that an account is absent
 */
function dueOf(
  account: Address,
  own: Found | DataUnreachable,
  granted: Found | DataUnreachable | undefined,
  terms: Pick<DerivationContext, "total" | "decimals">,
): Due {
  const automatic = own instanceof DataUnreachable ? undefined : own
  const reserve = granted instanceof DataUnreachable ? undefined : granted
  if (automatic?.row === undefined && reserve?.row === undefined) {
    if (own instanceof DataUnreachable) throw own
    if (granted instanceof DataUnreachable) throw granted
  }
  const unread: Unread[] = []
  if (automatic === undefined) unread.push("automatic")
  else if (automatic.isUnexplained === true) unread.push("explanation")
  if (granted instanceof DataUnreachable) unread.push("reserve")
  return {
    account,
    automatic: automatic?.row,
    reserve: reserve?.row && reserveDue(reserve.row, reserve.root),
    derivation: orFault("check.bad.proof", () =>
      derivationOf(automatic?.derivation, { account, amount: automatic?.row?.amount ?? 0n, ...terms }),
    ),
    absence: automatic?.row === undefined ? automatic?.absence : undefined,
    elsewhere: automatic?.elsewhere,
    unread,
  }
}

/** Returns the error of a file that could not be loaded, and throws any other. */
function unlessUnreachable(error: unknown): DataUnreachable {
  if (error instanceof DataUnreachable) return error
  throw error
}

/** Reads the list of files that the page may request, so that it requests no file that does not exist. */
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

/** Throws if the files name another contract, chain or token than the page's settings. */
function ensureMeant(manifest: Manifest, kind: Manifest["tranche"], config: PageConfig): void {
  const { chainId, contract, token } = manifest
  const same =
    manifest.tranche === kind &&
    chainId === config.chainId &&
    contract === config.contract &&
    token.address === config.token.address &&
    token.decimals === config.token.decimals
  if (!same)
    throw new PublicationFault("check.bad.manifest", `contract ${contract ?? "none"}, chain ${chainId}`)
}

/** Returns undefined if the files have no derivation. */
function derivationOf(json: unknown, context: DerivationContext): Derivation | undefined {
  return json === undefined ? undefined : readDerivation(json, context)
}

function reserveDue({ amount, proof }: AutomaticClaim, root: Manifest["root"]): ReserveClaim {
  return { cumulativeAmount: amount, proof, root }
}

/** Reads a single proof file that the user opened. Its content is all that is known. @throws PublicationFault */
export function dueOfFile(text: string, name: string, config: PageConfig): Due {
  return orFault("check.bad.proof", () => {
    const file = parseClaimFile(parseJson(text, name), name)
    if ("noClaim" in file || file.claim.tranche !== "automatic") {
      throw new AirdropError(`${name} is not a proof of the automatic tranche`, { code: "mismatch" })
    }
    const { claim } = file
    const row = checkedRow(claim, { tranche: "automatic", root: config.automaticRoot }, claim.account, name)
    const { account, amount } = claim
    const { decimals } = config.token
    return {
      account,
      automatic: row,
      reserve: undefined,
      derivation: derivationOf(claim.derivation, { account, amount, total: undefined, decimals }),
      absence: undefined,
      elsewhere: undefined,
      unread: [],
    }
  })
}
