import { createFindings } from "../../../scripts/core/files/findings.ts"
import { parseLines } from "../../../scripts/core/files/json-lines.ts"
import { decodeUtf8 } from "../../../scripts/core/files/parsed-json.ts"
import { totalOf } from "../../../scripts/core/merkle/leaf-list.ts"
import { toHex, type Hex } from "../../../scripts/core/primitives/bytes.ts"
import type { Contents } from "../../../scripts/core/publication/page-contents.ts"
import type { Manifest } from "../../../scripts/core/publication/manifest.ts"
import {
  ATTESTATIONS_FILE,
  judgeAttestations,
  parseAttestationLine,
  type AttestedResult,
} from "../../../scripts/core/statements/attestation.ts"
import type { LoadedInputs } from "../../../scripts/core/allocation/read-inputs.ts"
import type { CheckContext } from "./lines.ts"
import type { ListTree } from "./list.ts"
import { readFile } from "./page-files.ts"

/** The block of a program that reads no chain. */
const NO_BLOCK: AttestedResult["block"] = { number: 0, hash: `0x${"0".repeat(64)}` }

/**
 * Judges the signatures of outsiders over the list that was recomputed here. That of the reserve's list is judged where
 * it is checked.
 * @param reserve the reserve's manifest, if there is a reserve
 */
export async function checkAttestations(
  { source, end }: CheckContext,
  contents: Contents,
  { program, snapshot }: LoadedInputs,
  { list, tree }: ListTree,
  reserve: Manifest | undefined,
): Promise<void> {
  const attesters = program.attestation?.attesters ?? []
  if (!contents.attestations) {
    end({ name: "attestations", verdict: "none", count: 0, findings: [] })
    return
  }
  const findings = createFindings()
  const shared = {
    program: program.name,
    chainId: program.chainId,
    block:
      snapshot === undefined ? NO_BLOCK : { number: snapshot.block.number, hash: snapshot.block.hash as Hex },
  }
  const results: AttestedResult[] = [
    { ...shared, tranche: "automatic", root: toHex(tree.root), total: totalOf(list) },
    ...(reserve === undefined
      ? []
      : [{ ...shared, tranche: "reserve", root: reserve.root, total: reserve.total } as const]),
  ]
  const entries = await findings.trying(ATTESTATIONS_FILE, async () =>
    parseLines(
      decodeUtf8(await readFile(source, ATTESTATIONS_FILE), ATTESTATIONS_FILE),
      ATTESTATIONS_FILE,
      parseAttestationLine,
    ),
  )
  const { by, faults } = judgeAttestations(entries ?? [], attesters, results, "automatic")
  for (const { line, text } of faults) findings.add(`${ATTESTATIONS_FILE}:${line}`, text)
  const all = findings.all()
  end({
    name: "attestations",
    verdict: all.length > 0 ? "bad" : by.length === 0 ? "none" : "good",
    count: by.length,
    ...(by.length > 0 && { value: by.join(", ") }),
    findings: all,
  })
}
