/**
 * Stores the verdicts on mutants, so that an interrupted run continues. The journal belongs to the hash of the
 * contract and its tests. If either changes, a new one begins.
 */
import { createHash } from "node:crypto"
import { appendFile, glob, mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { ROOT } from "../solc.ts"
import type { Mutant } from "./operators.ts"

const verdictSchema = z.enum(["killed", "survived", "timed out", "invalid"])

/** The outcome of a mutant; "invalid" when the compiler refused it. */
export type Verdict = z.infer<typeof verdictSchema>

export interface Journal {
  /** Returns the verdict on a mutant. Undefined for a new mutant, and for a time-out that is tried again. */
  readonly known: (mutant: Mutant) => Verdict | undefined
  /** Writes a verdict and returns it. */
  readonly note: (mutant: Mutant, verdict: Verdict) => Promise<Verdict>
}

const lineSchema = z.object({ mutant: z.string(), verdict: verdictSchema })

/** Opens the journal of the present contract and tests. */
export async function openJournal(): Promise<Journal> {
  const folder = join(ROOT, ".cache", "mutation")
  const file = join(folder, `${await stateOfProject()}.jsonl`)
  await mkdir(folder, { recursive: true })
  const text = await readFile(file, "utf8").catch(() => "")
  const known = new Map<string, Verdict>()
  for (const line of text.split("\n")) {
    if (line === "") continue
    const { mutant, verdict } = lineSchema.parse(JSON.parse(line))
    known.set(mutant, verdict)
  }
  return {
    known: (mutant) => {
      const verdict = known.get(hashOf(mutant.source))
      return verdict === "timed out" ? undefined : verdict
    },
    note: async (mutant, verdict) => {
      await appendFile(file, `${JSON.stringify({ mutant: hashOf(mutant.source), verdict })}\n`)
      return verdict
    },
  }
}

async function stateOfProject(): Promise<string> {
  const files: string[] = []
  for await (const path of glob(
    ["contracts/MerkleAirdrop.sol", "contracts/interfaces/*.sol", "test/contracts/**/*.sol"],
    {
      cwd: ROOT,
    },
  )) {
    files.push(path)
  }
  const hashes = await Promise.all(
    files.sort().map(async (path) => hashOf(await readFile(join(ROOT, path), "utf8"))),
  )
  return hashOf(hashes.join("\n"))
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
