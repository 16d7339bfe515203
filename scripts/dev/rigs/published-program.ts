/** A small program over a list of amounts, with an owner of the caller's choice, allocated and published in a folder. */
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { allocate } from "../../core/allocation/allocate.ts"
import { ARBITRUM_ONE, type ChainTerms } from "../../core/ethereum/chains.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { SESSION } from "../../core/session/contracts.ts"
import { proofsFolder } from "../../io/project/folders.ts"
import { writeAllocation } from "../../stages/allocation/allocation-files.ts"
import { loadInputs } from "../../stages/allocation/load-inputs.ts"
import { airdropAddresses, creationCodeHash } from "../../stages/deployment/expected-address.ts"
import { loadProgram } from "../../stages/program/load-program.ts"
import { publicationOf } from "../../stages/publication/make-publication.ts"
import { publish } from "../../stages/publication/publish.ts"

export interface ProgramOptions {
  /** The name of the program and of its folder; "small" by default. */
  readonly name?: string
  readonly owner: Address
  /** Account and amount in tokens; 100 and 250 to two made-up accounts by default. */
  readonly amounts?: readonly (readonly [account: string, amount: string])[]
  readonly automatic?: string
  readonly reserve?: string
  readonly sweepTime?: string
  /** Arbitrum One unless given. */
  readonly chainId?: number
  /** The value of "chain" in program.json. */
  readonly chain?: ChainTerms
  /** The content of other input files beside program.json, by name. */
  readonly files?: Readonly<Record<string, string>>
}

const TWO: readonly (readonly [string, string])[] = [
  [`0x${"a1".repeat(20)}`, "100"],
  [`0x${"b2".repeat(20)}`, "250"],
]

/** Writes, allocates and publishes the program; returns its folder, `parent/name`. */
export async function publishProgram(parent: string, options: ProgramOptions): Promise<string> {
  const folder = await writeProgram(parent, options)
  const loaded = await loadProgram(folder)
  const inputs = await loadInputs(loaded)
  const allocation = allocate(inputs)
  await writeAllocation(folder, allocation, inputs.hashes)
  const publication = await publicationOf(loaded, allocation, inputs.hashes, {
    contract: async (root, leafCount) => (await airdropAddresses(loaded, root, leafCount))[0],
    creationCode: await creationCodeHash(),
  })
  await publish(proofsFolder(folder), publication)
  return folder
}

async function writeProgram(parent: string, options: ProgramOptions): Promise<string> {
  const { name = "small", owner, amounts = TWO, automatic = "350", reserve = "50" } = options
  const folder = join(parent, name)
  const program = {
    format: "merkle-airdrop/program@1",
    name,
    chainId: options.chainId ?? ARBITRUM_ONE,
    chain: options.chain,
    token: { address: toChecksum(SESSION.token), symbol: "SESH", decimals: 9 },
    tranches: { automatic, reserve },
    source: { kind: "amounts", file: "amounts.csv" },
    contract: {
      owner: toChecksum(owner),
      reserveDelay: 86_400,
      sweepTime: options.sweepTime ?? "2030-03-17T17:46:40Z",
    },
  }
  const rows = amounts.map((row) => `${row.join(",")}\n`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, "program.json"), JSON.stringify(program))
  for (const [file, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, file), text)
  await writeFile(join(folder, "amounts.csv"), `account,amount\n${rows.join("")}`)
  return folder
}
