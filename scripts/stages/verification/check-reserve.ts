import { join } from "node:path"
import { toChecksum } from "../../core/primitives/address.ts"
import { accountOf, amountOf, totalOf } from "../../core/merkle/leaf-list.ts"
import type { PublishedCheck } from "../publication/check-published.ts"
import { createFindings, type Finding } from "../../io/disk/findings.ts"
import { ledgerPath, readLedger } from "../reserve/ledger-file.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"

/** Compares a published reserve with the ledger: it must hold what was granted up to its root, within the tranche. */
export async function checkReserve(
  { folder, name, program }: LoadedProgram,
  published: string,
  { manifest, list }: PublishedCheck,
): Promise<readonly Finding[]> {
  if (manifest === undefined || list === undefined) return []
  const findings = createFindings()
  const path = ledgerPath(folder)
  const file = shownPath(join(published, "manifest.json"))
  const read = await findings.trying(shownPath(path), () => readLedger(path, program.token.decimals))
  if (read === undefined) return findings.all()
  if (manifest.program !== name || manifest.tranche !== "reserve") {
    findings.add(file, `is of the ${manifest.tranche} tranche of ${manifest.program}`)
  }
  const { token, chainId, unconfirmed } = program
  if (
    manifest.chainId !== chainId ||
    manifest.token.address !== token.address ||
    manifest.token.symbol !== token.symbol ||
    manifest.token.decimals !== token.decimals
  ) {
    const { address, symbol } = manifest.token
    findings.add(
      file,
      `is of ${symbol} at ${toChecksum(address)} on chain ${manifest.chainId}, the program of ${token.symbol} at ${toChecksum(token.address)} on chain ${chainId}`,
    )
  }
  if (manifest.draft !== unconfirmed.length > 0) {
    findings.add(
      file,
      `says that it is ${manifest.draft ? "a draft" : "no draft"}, the program says otherwise`,
    )
  }
  if (totalOf(list) > program.tranches.reserve) findings.add(file, "grants more than the reserve holds")
  const granted = read.ledger.cumulativeAt(manifest.root)
  if (granted === undefined) {
    findings.add(file, `root ${manifest.root} is none that ${shownPath(path)} was built to`)
    return findings.all()
  }
  const listed = shownPath(join(published, "allocations.csv"))
  if (list.count !== granted.size)
    findings.add(listed, `has ${list.count} accounts, the ledger ${granted.size}`)
  for (let row = 0; row < list.count; row++) {
    const [account, amount] = [accountOf(list, row), amountOf(list, row)]
    const expected = granted.get(account) ?? 0n
    if (amount === expected) continue
    findings.add(listed, `${toChecksum(account)} has ${amount} base units, the ledger grants ${expected}`)
  }
  return findings.all()
}
