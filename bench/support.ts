/** Helpers of several benches. */
import { execFile } from "node:child_process"
import { cpus, loadavg } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { AirdropError } from "../scripts/core/primitives/error.ts"
import { writeFileAtomic } from "../scripts/io/disk/atomic-write.ts"

/** Describes this machine and its load: on a busy one, threads and short runs lose more than long ones. */
export function machine(): string {
  const all = cpus()
  const load = (loadavg()[0] ?? 0).toFixed(1)
  return `${all[0]?.model.trim() ?? "unknown processor"}, ${all.length} cores, load ${load}, Node ${process.versions.node}`
}

/**
 * Runs a script of bench/ in a process of its own, so that nothing else is in its memory, with the launcher's flags
 * for Node.
 * @param script relative to this folder
 * @returns the JSON object that the script printed
 */
export async function measureApart<Figures>(
  script: string,
  args: readonly (string | number)[],
  flags: readonly string[] = [],
): Promise<Figures> {
  const path = join(import.meta.dirname, script)
  try {
    const node = [...process.execArgv, ...flags, path, ...args.map(String)]
    const { stdout } = await promisify(execFile)(process.execPath, node)
    return JSON.parse(stdout) as Figures // printed by the script
  } catch (cause) {
    throw new AirdropError(`bench/${script} failed`, { code: "tool-failed", cause })
  }
}

/** Writes figures to bench/NAME.json, and as printed to bench/NAME.txt. */
export async function keepFigures(name: string, figures: object, printed: string): Promise<void> {
  const path = join(import.meta.dirname, name)
  await writeFileAtomic(`${path}.json`, `${JSON.stringify(figures, undefined, 2)}\n`)
  await writeFileAtomic(`${path}.txt`, `${printed.trimEnd()}\n`)
}

/** Returns the name of a record: the bench's own for a million leaves, and one with the number for other lists. */
export function recordOf(bench: string, leaves: number): string {
  return leaves === 1_000_000 ? bench : `${bench}-${leaves}`
}
