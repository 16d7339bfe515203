/** Programs in scratch folders, allocated and built, for tests of what is published. */
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join, relative } from "node:path"
import type { Address } from "../../scripts/core/primitives/address.ts"
import { NO_DERIVATIONS } from "../../scripts/core/allocation/derivations.ts"
import { type ListRow, listOf } from "../../scripts/core/merkle/leaf-list.ts"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import * as buildVerb from "../../scripts/commands/build.ts"
import { snapshotText } from "../../scripts/core/snapshot/snapshot-json.ts"
import type { Publication } from "../../scripts/core/publication/published-files.ts"
import { buildTreeOn } from "../../scripts/stages/publication/tree-threads.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { rowOf } from "../../bench/tree/rows.ts"
import { address, OWNER, REWARDS, snapshotOf, TOKEN, vestingFor } from "./made-up.ts"
import { runVerb } from "./run-verb.ts"

/** Returns a publication of a made-up list without a program. */
export async function madeUpPublication(
  count: number,
  given: {
    readonly threads?: number
    readonly claims?: boolean
    readonly kind?: "automatic" | "reserve"
  } = {},
): Promise<Publication> {
  const kind = given.kind ?? "automatic"
  const rows = Array.from({ length: count }, (_, i): ListRow => {
    const { account, amount } = rowOf(i, count)
    return { account: account as Address, amount }
  })
  const list = listOf(kind, rows)
  return {
    origin: {
      program: "made-up",
      tranche: kind,
      chainId: 42161,
      contract: OWNER,
      token: { address: TOKEN, symbol: "TOK", decimals: 9 },
    },
    draft: false,
    list,
    tree: await buildTreeOn(list, given.threads),
    derivations: NO_DERIVATIONS,
    inputs: new Map(),
    claims: given.claims ?? true,
  }
}

/** Returns the files of a folder by path. */
export async function filesOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = files
    .sort()
    .map(async (file) => [relative(folder, file), await readFile(file, "latin1")] as const)
  return new Map(await Promise.all(read))
}

/** Copies a program of programs/ with its inputs, without what was computed of it. */
export async function copyProgram(name: string, folder: string): Promise<void> {
  await cp(join(PROJECT_ROOT, "programs", name), folder, {
    recursive: true,
    filter: (source) => !/allocation\.(csv|json)$|report\.html$/.test(source),
  })
}

/** Writes a small staking program that uses every rule, with a vesting contract, leaving nodes and exclusions. */
export async function writeStakingProgram(
  folder: string,
  rules: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const [tokens, vesting] = [1_000_000_000n, address(900)]
  const nodes = Array.from({ length: 40 }, (_, i) => ({
    stakes:
      i % 3 === 0
        ? [[address(i), 25_000n * tokens] as const]
        : ([
            [address(i), 10_000n * tokens + BigInt(i)],
            [address(i + 1), 9_000n * tokens],
            [i % 4 === 0 ? vesting : address(100 + i), 6_000n * tokens - BigInt(i)],
          ] as const),
    leaving: i % 11 === 5,
  }))
  const snapshot = snapshotOf(nodes, [[vesting, vestingFor(address(3))]])
  const listed = [...snapshot.accounts.keys()].filter((_, i) => i % 7 !== 6)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, "snapshot.json"), snapshotText(snapshot))
  await writeFile(join(folder, "recipients.csv"), `account\n${listed.join("\n")}\n`)
  const program = {
    format: "merkle-airdrop/program@1",
    name: "staking",
    chainId: 42161,
    token: { address: TOKEN, symbol: "TOK", decimals: 9 },
    tranches: { automatic: "350000", reserve: "50000" },
    source: {
      kind: "session-staking",
      stakingContract: REWARDS,
      weights: { solo: "1.5", operator: "1.25", contributor: "1" },
    },
    snapshot: { block: 7 },
    eligibility: { file: "recipients.csv" },
    rules,
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
}

/** Runs `allocate` and `build` on a program. @throws Error if one fails */
export async function allocateAndBuild(folder: string, ...options: readonly string[]): Promise<void> {
  for (const [verb, args] of [
    [allocateVerb, [folder]],
    [buildVerb, [folder, "--draft", ...options]],
  ] as const) {
    const run = await runVerb(verb, args)
    if (run.status !== 0) throw new Error(`${folder} cannot be built`, { cause: run.error })
  }
}
