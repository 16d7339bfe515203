import { readInputs, type LoadedInputs } from "../../../scripts/core/allocation/read-inputs.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import { decodeUtf8, parseJsonText } from "../../../scripts/core/files/parsed-json.ts"
import type { Manifest } from "../../../scripts/core/publication/manifest.ts"
import type { Contents } from "../../../scripts/core/publication/page-contents.ts"
import { parseProgram } from "../../../scripts/core/sources/parse-program.ts"
import type { CheckContext } from "./lines.ts"
import type { PageInputs } from "./page-files.ts"

const PROGRAM = "program.json"

/**
 * Reads the rules and the tables, and compares each file with the one that the list was computed from.
 * @returns undefined if they are not published or cannot be read
 */
export async function checkInputs(
  { end }: CheckContext,
  files: PageInputs,
  manifest: Manifest,
  contents: Contents,
): Promise<LoadedInputs | undefined> {
  if (contents.inputs.length === 0) {
    end({ name: "inputs", verdict: "none", count: 0, findings: [] })
    return undefined
  }
  const findings = createFindings()
  const inputs = await findings.trying(PROGRAM, async () => {
    const json = parseJsonText(decodeUtf8(await files.read(PROGRAM), PROGRAM), PROGRAM)
    const hashes = { [PROGRAM]: files.records.get(PROGRAM)?.sha256 ?? "" }
    return await readInputs(parseProgram(json, PROGRAM), hashes, files)
  })
  for (const [name, { sha256 }] of files.records) {
    const expected = manifest.inputs.get(name)?.sha256
    if (expected !== sha256) {
      findings.add(
        name,
        `has the SHA-256 ${sha256}, the list was computed from ${expected ?? "no such file"}`,
      )
    }
  }
  const all = findings.all()
  end({
    name: "inputs",
    verdict: all.length === 0 ? "good" : "bad",
    count: files.records.size,
    findings: all,
  })
  return inputs
}
