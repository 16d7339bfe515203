/**
 * Checks a whole program in the browser, from nothing but the page's own folder: the inputs, the evidence for the
 * snapshot, each amount, the list, the contract's address and every published file. All of it is computed again by
 * scripts/core, which the command line uses too.
 */
import { createFindings } from "../../../scripts/core/files/findings.ts"
import { decodeUtf8, parseJsonText } from "../../../scripts/core/files/parsed-json.ts"
import { listOf } from "../../../scripts/core/merkle/leaf-list.ts"
import { parseManifest, type Manifest } from "../../../scripts/core/publication/manifest.ts"
import {
  CONTENTS_PATH,
  parseContents,
  type Contents,
} from "../../../scripts/core/publication/page-contents.ts"
import type { DataSource } from "../data/source.ts"
import { checkAddress } from "./address.ts"
import { checkAmounts } from "./amounts.ts"
import { checkEvidence, proveSnapshot } from "./evidence.ts"
import { checkFiles } from "./files.ts"
import { checkInputs } from "./inputs.ts"
import type { CheckContext, RunCheck } from "./lines.ts"
import { checkAttestations } from "./attestations.ts"
import { checkList, type ListTree } from "./list.ts"
import { openInputs, readFile } from "./page-files.ts"
import { checkPublished } from "./published.ts"
import { checkReserve, RESERVE_FOLDER } from "./reserve.ts"

/** Runs every check, and tells the outcome of each as it ends. */
export const checkProgram: RunCheck = async (source, config, tell, options = {}) => {
  const started = performance.now()
  const { signal, prove = proveSnapshot } = options
  const context: CheckContext = {
    source,
    config,
    signal,
    prove,
    end: (line) => {
      signal?.throwIfAborted()
      tell({ type: "line", line })
    },
    progress: throttled((name, done, total) => {
      tell({ type: "progress", name, done, total })
    }),
  }
  await runChecks(context)
  tell({ type: "end", milliseconds: performance.now() - started })
}

async function runChecks(context: CheckContext): Promise<void> {
  const { source, end } = context
  const findings = createFindings()
  const contents = await findings.trying(CONTENTS_PATH, async () => await readContents(source))
  const manifest = await findings.trying("manifest.json", async () => await readManifest(source, ""))
  if (contents === undefined || manifest === undefined) {
    end({ name: "inputs", verdict: "bad", count: 0, findings: findings.all() })
    return
  }
  const files = openInputs(source, contents.inputs)
  let listed: ListTree | undefined
  const inputs = await checkInputs(context, files, manifest, contents)
  if (inputs !== undefined) {
    const { proven } = await checkEvidence(context, files, contents, inputs)
    // A fault of the proof is thrown when the rest has ended. Until then it must not count as one that no code handles.
    proven.catch(() => undefined)
    const allocation = await checkAmounts(context, files, inputs)
    if (allocation !== undefined) {
      listed = checkList(context, listOf("automatic", allocation.entries))
      checkAddress(context, inputs.program, listed)
      await checkFiles(context, { inputs, allocation, manifest, records: files.records, ...listed })
    }
    await proven
  } else if (contents.inputs.length === 0) {
    await checkPublished(context, manifest)
  }
  if (contents.reserve) {
    await checkReserve(context, async () => await readManifest(source, RESERVE_FOLDER))
  }
  if (inputs !== undefined && listed !== undefined) {
    // A manifest of the reserve that cannot be read is named already.
    const reserve = contents.reserve
      ? await createFindings().trying("", async () => await readManifest(source, RESERVE_FOLDER))
      : undefined
    await checkAttestations(context, contents, inputs, listed, reserve)
  }
}

async function readContents(source: DataSource): Promise<Contents> {
  return parseContents(await jsonOf(source, CONTENTS_PATH))
}

async function readManifest(source: DataSource, folder: string): Promise<Manifest> {
  const path = `${folder}manifest.json`
  return parseManifest(await jsonOf(source, path), path)
}

async function jsonOf(source: DataSource, path: string): Promise<unknown> {
  return parseJsonText(decodeUtf8(await readFile(source, path), path), path).value
}

/** Messages between threads take time, so that no more are sent than people can read. */
const PAUSE_MS = 100

function throttled(tell: CheckContext["progress"]): CheckContext["progress"] {
  let next = 0
  return (name, done, total) => {
    const now = performance.now()
    if (now < next) return
    next = now + PAUSE_MS
    tell(name, done, total)
  }
}
