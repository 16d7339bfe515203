import { createRequire } from "node:module"

/**
 * Returns the version of this software, as its package has it. It is found by the package's own name, because a clone and
 * an installed package have this file in different places.
 */
export function packageVersion(): string {
  const manifest = createRequire(import.meta.url)("merkle-airdrop/package.json") as { version: string }
  return manifest.version
}
