/**
 * The peers' packages. `bench gas` installs them into bench/node_modules when it runs, and nothing else needs them.
 */
import { execFile } from "node:child_process"
import { cp, readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import { promisify } from "node:util"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { ROOT } from "../solc.ts"

const FOLDER = join(ROOT, "bench")
/** A copy of the lockfile that was installed, written after npm has succeeded. */
const STAMP = join(FOLDER, "node_modules", ".installed-lock.json")

/** Resolves a path inside a peer's package. */
export const requirePeer = createRequire(join(FOLDER, "package.json"))

/**
 * Installs what bench/package-lock.json lists, unless it is installed.
 * @throws AirdropError if npm fails
 */
export async function installPeers(): Promise<void> {
  const lock = join(FOLDER, "package-lock.json")
  const wanted = await readFile(lock, "utf8")
  const installed = await readFile(STAMP, "utf8").catch(() => "")
  if (installed === wanted) return
  try {
    await promisify(execFile)("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], { cwd: FOLDER })
  } catch (cause) {
    throw new AirdropError("the peers' packages cannot be installed into bench/node_modules", {
      code: "tool-failed",
      hint: "run npm ci in bench/ to see why",
      cause,
    })
  }
  await cp(lock, STAMP)
}
