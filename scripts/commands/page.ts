import { plural } from "../core/primitives/plural.ts"
import type { Command } from "commander"
import { join, resolve } from "node:path"
import { SESSION } from "../core/session/contracts.ts"
import { parseAddress, toChecksum } from "../core/primitives/address.ts"
import { readDeployment } from "../stages/deployment/deployment-file.ts"
import { buildPage, type PageTerms } from "../stages/page/build-page.ts"
import { servePage } from "../stages/page/serve.ts"
import { isArchive } from "../stages/publication/car.ts"
import { writeFolderCar } from "../stages/publication/folder-cid.ts"
import { requireOutput } from "../stages/program/output-file.ts"
import { shownPath } from "../io/disk/paths.ts"
import { type LoadedProgram, loadProgram } from "../stages/program/load-program.ts"
import { pageFolder, proofsFolder } from "../io/project/folders.ts"
import { filePath, port } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"

interface Options {
  readonly out?: string
  readonly rpc: readonly string[]
  readonly title?: string
  readonly contact?: string
  readonly car?: string | true
  readonly force?: boolean
  readonly serve?: true
  readonly port: number
}

const DEFAULT_PORT = 4173

/** Builds the claim page of a published program, and serves it for a look. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one; run `build` first")
    .option(
      "--out <folder>",
      "folder for the page; replaces an earlier page (default: web/dist/P, or page/ in a program's folder elsewhere)",
      filePath,
    )
    .option("--rpc <url>", "RPC that the page uses; may be given more than once", collect, [])
    .option("--title <text>", "the page's heading (default: the program's name)")
    .option("--contact <url>", "where recipients reach the team: https://…, or mailto:…")
    .option("--car [file]", "also write the page as an IPFS archive (default: FOLDER.car)", filePath)
    .option("--force", "with --car: replace an existing file that is not an archive")
    .option("--serve", "serve the page on this computer until interrupted")
    .option("--port <number>", "port to serve on", port, DEFAULT_PORT)
    .action(async (nameOrPath: string, options: Options) => {
      await runPage(nameOrPath, options, out())
    })
}

async function runPage(nameOrPath: string, options: Options, out: Output): Promise<void> {
  const loaded = await loadProgram(nameOrPath)
  const folder = options.out === undefined ? pageFolder(loaded.folder) : resolve(options.out)
  const car = options.car === true ? `${folder}.car` : options.car
  if (car !== undefined) await requireOutput(car, isArchive, options)
  const terms = await termsOf(loaded, options)
  const { config, fingerprint, files } = await buildPage(folder, terms)
  const cid = car === undefined ? undefined : await writeFolderCar(car, folder)
  const server = options.serve === true ? await servePage(folder, options.port) : undefined
  out.line(`${config.title}: claim page for ${plural(config.leafCount, "recipient")} on ${config.chainName}`)
  out.line(`  folder       ${shownPath(folder)}`)
  out.line(`  contract     ${toChecksum(config.contract)}`)
  out.line(`  RPC          ${config.rpcUrls.join(", ")}`)
  out.line(`  fingerprint  ${fingerprint}`)
  if (car !== undefined) out.line(`  archive      ${shownPath(car)}, ipfs://${cid ?? ""}`)
  if (config.draft) out.line("  draft        the program has unconfirmed terms; the page says so")
  if (server !== undefined) out.line(`  served at    ${server.url} (Ctrl-C ends)`)
  out.json({
    folder,
    fingerprint,
    ...config,
    files,
    ...(cid === undefined ? {} : { car, cid }),
    ...(server === undefined ? {} : { url: server.url }),
  })
  if (server === undefined) return
  await new Promise<void>((done) => process.once("SIGINT", done).once("SIGTERM", done))
  await server.close()
}

async function termsOf({ folder, program }: LoadedProgram, options: Options): Promise<PageTerms> {
  const deployment = await readDeployment(folder)
  const { stakingContract } = program.source
  const network = typeof stakingContract === "string" ? parseAddress(stakingContract) : undefined
  return {
    title: options.title ?? titleOf(program.name),
    description: program.description,
    contact: options.contact,
    icon: program.icon === undefined ? undefined : join(folder, program.icon),
    rpcUrls: options.rpc,
    chain: program.chain,
    deployment,
    network:
      network === undefined
        ? undefined
        : { stakingContract: network, rewardPool: network === SESSION.rewards ? SESSION.pool : undefined },
    publication: proofsFolder(folder),
    program: folder,
  }
}

/** Writes a program's name as a title: "Community Rewards" for "community-rewards". */
function titleOf(name: string): string {
  return name.replace(
    /(^|-)([a-z])/g,
    (_, dash: string, letter: string) => (dash === "" ? "" : " ") + letter.toUpperCase(),
  )
}

function collect(url: string, before: readonly string[]): readonly string[] {
  return [...before, url]
}
