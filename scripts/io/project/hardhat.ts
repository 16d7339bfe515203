/** Hardhat, where it is installed: the npm package does without it until a verb needs it. */
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"

/**
 * Loads Hardhat.
 * @param purpose what it is needed for, such as "to simulate a transaction"
 * @throws AirdropError that names the packages to install, if one of them is missing
 */
export async function loadHardhat(purpose: string): Promise<HardhatRuntimeEnvironment> {
  try {
    return (await import("hardhat")).default
  } catch (cause) {
    if (!isMissingPackage(cause)) throw cause
    throw new AirdropError(`Hardhat is needed ${purpose}, and is not installed`, {
      code: "tool-failed",
      hint: `npm install ${(await optionalPackages()).join(" ")}`,
      cause,
    })
  }
}

/** The message of Node names the package: Hardhat itself, or one of its plugins in our settings. */
function isMissingPackage(error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : ""
  return /Cannot find package '(?:hardhat|@nomicfoundation\/[^']+)'/.test(text)
}

/** Returns the optional packages, each with its version. */
async function optionalPackages(): Promise<readonly string[]> {
  // In the npm package this file is two folders deeper, under dist/.
  for (const root of [
    join(import.meta.dirname, "..", "..", ".."),
    join(import.meta.dirname, "..", "..", "..", ".."),
  ]) {
    const text = await readFile(join(root, "package.json"), "utf8").catch(() => undefined)
    if (text === undefined) continue
    const { peerDependencies } = JSON.parse(text) as { peerDependencies: Readonly<Record<string, string>> }
    return Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`)
  }
  return []
}
