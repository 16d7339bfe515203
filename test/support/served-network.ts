/** The sample network on an embedded chain that is served over real JSON-RPC, and a program folder that reads it. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { serveEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { readNetworkFile, type NetworkFile } from "../../scripts/dev/embedded/network-file.ts"
import { parseAddress, type Address } from "../../scripts/core/primitives/address.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

export const SAMPLE = join(PROJECT_ROOT, "programs", "sample")

export interface ServedNetwork {
  readonly chain: EmbeddedChain
  readonly url: string
  readonly network: NetworkFile
  readonly recipients: readonly Address[]
  readonly close: () => Promise<void>
}

/** Serves a network file, with a later block or two so that its own is not the latest. */
export async function serveNetwork(
  path = join(SAMPLE, "network.json"),
  recipients = join(SAMPLE, "recipients.csv"),
): Promise<ServedNetwork> {
  const network = await readNetworkFile(path)
  const { chain, url, close } = await serveEmbeddedChain({ network })
  await chain.mine(network.block.timestamp + 10)
  await chain.mine(network.block.timestamp + 20)
  const rows = (await readFile(recipients, "utf8")).trim().split("\n").slice(1)
  return { chain, url, network, recipients: rows.map(parseAddress), close }
}

/** Copies the sample program's inputs into a new folder, with some fields of program.json replaced. */
export async function copySample(
  folder: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const target = join(folder, "sample")
  await mkdir(target, { recursive: true })
  await copyFile(join(SAMPLE, "recipients.csv"), join(target, "recipients.csv"))
  const program = JSON.parse(await readFile(join(SAMPLE, "program.json"), "utf8")) as Record<string, unknown>
  await writeFile(join(target, "program.json"), JSON.stringify({ ...program, ...changes }))
  return target
}
