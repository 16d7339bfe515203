/** A small program with an owner of the test's choice, allocated and published in a folder. */
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { runAllocate } from "../../scripts/commands/allocate.ts"
import { runBuild } from "../../scripts/commands/build.ts"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import type { Output } from "../../scripts/io/terminal/output.ts"

export interface DemoProgram {
  readonly name?: string
  readonly owner: Address
  /** Account and amount in tokens; 100 and 250 to two made-up accounts unless given. */
  readonly amounts?: readonly (readonly [account: string, amount: string])[]
  readonly automatic?: string
  readonly reserve?: string
  readonly sweepTime?: string
}

const SILENT: Output = {
  wantsJson: false,
  interactive: false,
  line: () => undefined,
  warn: () => undefined,
  progress: () => undefined,
  json: () => undefined,
}

const TWO: readonly (readonly [string, string])[] = [
  [`0x${"a1".repeat(20)}`, "100"],
  [`0x${"b2".repeat(20)}`, "250"],
]

/** Writes, allocates and publishes the program; its folder is `parent/name`. */
export async function publishedProgram(parent: string, given: DemoProgram): Promise<string> {
  const name = given.name ?? "small"
  const folder = join(parent, name)
  const program = {
    format: "merkle-airdrop/program@1",
    name,
    chainId: 42161,
    token: { address: toChecksum(SESSION.token), symbol: "SESH", decimals: 9 },
    tranches: { automatic: given.automatic ?? "350", reserve: given.reserve ?? "50" },
    source: { kind: "amounts", file: "amounts.csv" },
    contract: {
      owner: toChecksum(given.owner),
      reserveDelay: 86_400,
      sweepTime: given.sweepTime ?? "2030-03-17T17:46:40Z",
    },
  }
  const rows = (given.amounts ?? TWO).map((row) => `${row.join(",")}\n`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, "program.json"), JSON.stringify(program))
  await writeFile(join(folder, "amounts.csv"), `account,amount\n${rows.join("")}`)
  await runAllocate(folder, SILENT)
  await runBuild(folder, {}, SILENT)
  return folder
}
