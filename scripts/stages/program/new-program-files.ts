/** Checks a new program against its list and writes its folder. */
import { mkdir, realpath, stat } from "node:fs/promises"
import { join } from "node:path"
import { programText, readmeText, type NewProgram } from "../../core/program/new-program.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { forEach } from "../../core/primitives/sequence.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { UNMERGED } from "../../core/snapshot/people.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { parseJsonText } from "../../core/files/parsed-json.ts"
import { readBytes } from "../../io/disk/read-file.ts"
import { readTable } from "../../io/disk/read-table.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { parseProgram } from "../../core/sources/parse-program.ts"
import { sourceOf } from "../../core/sources/source-of.ts"
import type { Program } from "../../core/program/program.ts"

const README = "README.md"

/** What a list holds: the number of its rows and their sum, in base units of the token or of points. */
export interface ListSummary {
  readonly rows: number
  readonly sum: bigint
  readonly warnings: readonly string[]
}

/**
 * Reads a list as the program will. The program's pool and terms play no part in it.
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readList(path: string, program: NewProgram): Promise<ListSummary> {
  const terms = checkedProgram({ ...program, pool: 1n })
  const run = sourceOf(terms).open({ program: terms, snapshot: undefined, people: UNMERGED })
  const warnings: string[] = []
  for (const table of run.tables) warnings.push(...(await readTable(path, table, program.chainId)).warnings)
  // What holders have is read from the chain later: only who they are is in the list.
  if (program.kind === "balances") {
    const accounts = [...(run.others?.() ?? [])]
    return { rows: accounts.length, sum: BigInt(accounts.length), warnings }
  }
  let [rows, sum] = [0, 0n]
  forEach(run.finish().contributions, ({ value }) => {
    rows++
    sum += value
  })
  return { rows, sum, warnings }
}

/** @throws AirdropError if the text of program.json is not valid */
function checkedProgram(program: NewProgram): Program {
  return parseProgram(parseJsonText(programText(program), "program.json"), "program.json")
}

/**
 * Requires that the pool of a list of amounts is what the list adds up to.
 * @throws AirdropError that names both
 */
export function requirePool({ kind, pool, token, unit }: NewProgram, { rows, sum }: ListSummary): void {
  if (rows === 0 || sum === 0n) {
    throw new AirdropError("the list pays no account", {
      code: "invalid-value",
      hint: "Give a list with rows.",
    })
  }
  if (kind !== "amounts" || pool === sum) return
  const isBase = unit === "token" && sum === pool * 10n ** BigInt(token.decimals)
  throw new AirdropError(
    `the pool is ${tokenAmount(pool, token)}, and the list adds up to ${tokenAmount(sum, token)}`,
    {
      code: "inconsistent",
      hint: isBase
        ? "The list seems to be in base units: give --unit base."
        : "Give the list's own sum with --pool, or correct the list. --kind points shares a pool in proportion to the list.",
    },
  )
}

/**
 * Refuses a folder in which a new program would replace something.
 * @throws AirdropError that names the file
 */
export async function requireFree(folder: string, list: string, file: string): Promise<void> {
  for (const name of ["program.json", README, file]) {
    const path = join(folder, name)
    if ((await stat(path).catch(() => undefined)) === undefined) continue
    if (name === file && (await realpath(path)) === (await realpath(list))) continue
    throw new AirdropError(`${shownPath(path)} exists already`, {
      code: "file-exists",
      hint: "Give another folder, or move the file away.",
    })
  }
}

/**
 * Writes the folder of a program: its list, README.md, and program.json last.
 * @throws AirdropError if program.json would not be valid, before anything is written
 */
export async function writeNewProgram(
  folder: string,
  list: string,
  program: NewProgram,
): Promise<readonly string[]> {
  checkedProgram(program)
  await requireFree(folder, list, program.file)
  await mkdir(folder, { recursive: true })
  const copy = join(folder, program.file)
  if ((await stat(copy).catch(() => undefined)) === undefined)
    await writeFileAtomic(copy, await readBytes(list))
  await writeFileAtomic(join(folder, README), readmeText(program, shownPath(folder)))
  await writeFileAtomic(join(folder, "program.json"), programText(program))
  return [program.file, README, "program.json"]
}
