import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"

export interface AmountsProgram {
  /** The list, with its header. */
  readonly csv: string
  /** The automatic tranche, in tokens. */
  readonly pool: string
  /** The reserve tranche, in tokens. */
  readonly reserve?: string
  readonly decimals?: number
  /** Further fields of "source". */
  readonly source?: object
  readonly exclude?: readonly string[]
  /** Further rules. */
  readonly rules?: object
}

/** Writes a program that pays an explicit list into a folder, which is made. */
export async function writeAmountsProgram(folder: string, given: AmountsProgram): Promise<void> {
  const { csv, pool, reserve, decimals = 9, source = {}, exclude = [], rules = {} } = given
  await mkdir(folder, { recursive: true })
  const program = {
    format: "merkle-airdrop/program@1",
    name: "list",
    chainId: 42161,
    token: { address: "0x10Ea9E5303670331Bdddfa66A4cEA47dae4fcF3b", symbol: "SESH", decimals },
    tranches: { automatic: pool, reserve },
    source: { kind: "amounts", file: "list.csv", ...source },
    rules: { exclude: exclude.map((account) => ({ account, reason: "has no key" })), ...rules },
    contract: {
      owner: "0xF5580c254EC78375b2b9405cf1a305977845bA67",
      reserveDelay: 86400,
      sweepTime: "2030-01-01T00:00:00Z",
    },
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
  await writeFile(join(folder, "list.csv"), csv)
}

/** Returns a distinguishable address that is not reserved. */
export function testAddress(number: number): string {
  return `0x${(0xa11c_e000_0000n + BigInt(number)).toString(16).padStart(12, "0")}${"0".repeat(28)}`
}

/** Returns a list of `count` accounts, with 1 token for the first, 2 for the second and so on. */
export function ascendingList(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => `${testAddress(i)},${i + 1}`)
  return `${["account,amount", ...rows].join("\n")}\n`
}
