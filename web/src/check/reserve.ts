import { NO_DERIVATIONS } from "../../../scripts/core/allocation/derivations.ts"
import { totalOf } from "../../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../../scripts/core/merkle/tree.ts"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import type { Manifest } from "../../../scripts/core/publication/manifest.ts"
import { comparePublication } from "./compare.ts"
import type { CheckContext } from "./lines.ts"
import { readList } from "./read-list.ts"

export const RESERVE_FOLDER = "reserve/"

/**
 * Checks the reserve from its own list on. People decide what is granted, so the list follows from no rule.
 * @param read reads the reserve's manifest
 */
export async function checkReserve(context: CheckContext, read: () => Promise<Manifest>): Promise<void> {
  const findings = createFindings()
  const file = `${RESERVE_FOLDER}manifest.json`
  const manifest = await findings.trying(file, async () => {
    const own = await read()
    requireSameProgram(own, context)
    return own
  })
  const path = `${RESERVE_FOLDER}allocations.csv`
  const list = manifest && (await findings.trying(path, async () => await readList(context, path, manifest)))
  if (manifest !== undefined && list !== undefined) {
    const { program, tranche, chainId, contract, token, draft, creationCodeHash, inputs } = manifest
    await comparePublication(context, "reserve", RESERVE_FOLDER, findings, {
      origin: { program, tranche, chainId, contract, token },
      draft,
      creationCode: creationCodeHash,
      list,
      tree: treeOfList(list),
      derivations: NO_DERIVATIONS,
      inputs,
      claims: manifest.claimFiles,
    })
  }
  const all = findings.all()
  context.end({
    name: "reserve",
    verdict: all.length === 0 ? "good" : "bad",
    count: list?.count ?? 0,
    ...(list && { amount: totalOf(list), value: toHex(treeOfList(list).root) }),
    findings: all,
  })
}

function requireSameProgram({ tranche, chainId, contract, token }: Manifest, { config }: CheckContext): void {
  const isSame =
    tranche === "reserve" &&
    chainId === config.chainId &&
    contract === config.contract &&
    token.address === config.token.address &&
    token.decimals === config.token.decimals
  if (isSame) return
  throw new AirdropError(`is of the ${tranche} tranche of ${contract ?? "no contract"} on chain ${chainId}`, {
    code: "mismatch",
  })
}
