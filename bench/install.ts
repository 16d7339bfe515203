/**
 * `bench install`: what an installation of the npm package takes on the disk, without and with the optional packages that
 * simulations and the keystore need.
 */
import { execFile } from "node:child_process"
import { lstat, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { promisify } from "node:util"
import type { Command } from "commander"
import { PROJECT_ROOT } from "../scripts/io/project/processes.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { keepFigures } from "./support.ts"

interface Installation {
  readonly packages: number
  /** Bytes of all files below node_modules. */
  readonly bytes: number
}

interface InstallFigures {
  /** The size of the tarball that npm downloads. */
  readonly tarballBytes: number
  readonly light: Installation
  /** With every optional package. */
  readonly whole: Installation
}

/** npm and what it starts run under the Node that runs this. */
const ENVIRONMENT = { ...process.env, PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) }

export function define(command: Command, out: () => Output): void {
  command
    .option("--record", "keep the figures in bench/install.json and .txt")
    .action(async ({ record }: { readonly record?: boolean }) => {
      const figures = await measure()
      const printed = describe(figures)
      printText(out(), printed)
      out().json(figures)
      if (record === true) await keepFigures("install", figures, printed)
    })
}

async function measure(): Promise<InstallFigures> {
  const folder = await mkdtemp(join(tmpdir(), "airdrop-install-"))
  try {
    const packed = await npm(PROJECT_ROOT, "pack", "--json", "--pack-destination", folder)
    const [{ filename, size }] = JSON.parse(packed.slice(packed.indexOf("[\n"))) as [
      { readonly filename: string; readonly size: number },
    ]
    const { peerDependencies } = JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8")) as {
      readonly peerDependencies: Readonly<Record<string, string>>
    }
    const optional = Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`)
    const tarball = join(folder, filename)
    return {
      tarballBytes: size,
      light: await install(join(folder, "light"), [tarball]),
      whole: await install(join(folder, "whole"), [tarball, ...optional]),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function install(folder: string, packages: readonly string[]): Promise<Installation> {
  await mkdir(folder)
  await npm(folder, "install", "--no-audit", "--no-fund", "--prefer-offline", ...packages)
  const lock = JSON.parse(await readFile(join(folder, "node_modules", ".package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, unknown>>
  }
  return {
    packages: Object.keys(lock.packages).length,
    bytes: await sizeOf(join(folder, "node_modules")),
  }
}

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd, env: ENVIRONMENT, maxBuffer: 1 << 26 }
  return (await promisify(execFile)("npm", args, options)).stdout
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => (await lstat(join(parentPath, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function describe({ tarballBytes, light, whole }: InstallFigures): string {
  const line = (what: string, { packages, bytes }: Installation): string =>
    `${what.padEnd(24)}${megabytes(bytes).padStart(8)}${String(packages).padStart(10)}`
  return [
    `the npm package is ${megabytes(tarballBytes)} to download`,
    "",
    `${"installed".padEnd(24)}${"on disk".padStart(8)}${"packages".padStart(10)}`,
    line("by itself", light),
    line("with optional packages", whole),
    "",
  ].join("\n")
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
