import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Address } from "../../core/primitives/address.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { sumOf, type Cumulative, type Ledger } from "../../core/reserve/ledger.ts"
import { unpayableReason } from "../../core/reserve/grant-objections.ts"
import { createFindings, type Finding, type Findings } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { comparePublished } from "../publication/compare-published.ts"
import type { Progress } from "../publication/publish.ts"
import { readManifest } from "../publication/read-publication.ts"
import { ledgerPath, readLedger } from "../reserve/ledger-file.ts"
import { unpayableContracts } from "../reserve/grant-context.ts"
import { publicationOfReserve, reserveTree } from "../reserve/make-reserve.ts"

/**
 * Builds the reserve again from the ledger and compares what is published with it, to the byte.
 * @param addresses where the airdrop may be, the most likely first
 */
export async function checkReserve(
  loaded: LoadedProgram,
  folder: string,
  addresses: readonly Address[],
  progress?: Progress,
): Promise<readonly Finding[]> {
  const findings = createFindings()
  const path = ledgerPath(loaded.folder)
  const ledger = await findings.trying(shownPath(path), () => readWholeLedger(loaded, path))
  if (ledger === undefined) return findings.all()
  checkRoots(ledger, shownPath(path), findings)
  const granted = lastBuilt(ledger)
  if (granted === undefined) {
    if (existsSync(folder)) {
      findings.add(shownPath(folder), `exists, but ${shownPath(path)} records no built root`)
    }
    return findings.all()
  }
  const { program } = loaded
  const total = sumOf(granted)
  if (total > program.tranches.reserve) {
    const limit = tokenAmount(program.tranches.reserve, program.token)
    findings.add(shownPath(path), `grants ${tokenAmount(total, program.token)}, the reserve is ${limit}`)
  }
  const unpayable = unpayableContracts(loaded, addresses)
  for (const account of granted.keys()) {
    const reason = unpayableReason({ unpayable }, account)
    if (reason !== undefined) findings.add(shownPath(path), reason)
  }
  const published = await manifestOf(folder)
  const contract = addresses.find((address) => address === published?.contract) ?? addresses[0]
  const publication = publicationOfReserve(loaded, granted, contract)
  return [...findings.all(), ...(await comparePublished(folder, publication, progress))]
}

async function readWholeLedger({ program }: LoadedProgram, path: string): Promise<Ledger> {
  const { ledger, torn } = await readLedger(path, program.token.decimals)
  if (torn === "") return ledger
  throw new AirdropError("ends in an unfinished line; the next ./airdrop grants add sets it aside", {
    code: "mismatch",
  })
}

/** Checks that each root of the ledger is the root of the grants above it. */
function checkRoots({ roots, cumulativeAt }: Ledger, file: string, findings: Findings): void {
  for (const { root } of roots) {
    const granted = cumulativeAt(root)
    if (granted === undefined || granted.size === 0) {
      findings.add(file, `records the root ${root} before any grant`)
    } else {
      const computed = toHex(reserveTree(granted).tree.root)
      if (computed !== root)
        findings.add(file, `records the root ${root}, but the grants have the root ${computed}`)
    }
  }
}

function lastBuilt({ roots, cumulativeAt }: Ledger): Cumulative | undefined {
  const last = roots.at(-1)
  const granted = last && cumulativeAt(last.root)
  return granted?.size === 0 ? undefined : granted
}

/** Reads the published manifest for its choice of address; the comparison says what is wrong with it. */
async function manifestOf(folder: string): Promise<{ readonly contract: Address | undefined } | undefined> {
  if (!existsSync(join(folder, "manifest.json"))) return undefined
  try {
    return await readManifest(folder)
  } catch (error) {
    if (error instanceof AirdropError) return undefined
    throw error
  }
}
