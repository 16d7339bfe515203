import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { AirdropError } from "../../core/primitives/error.ts"

const run = promisify(execFile)

/**
 * Installs packages with apt-get, which needs root.
 * @param need says what they are for, as the beginning of the error
 * @throws AirdropError if this is not Debian, not root, or apt-get fails
 */
export async function installDebianPackages(need: string, packages: readonly string[]): Promise<void> {
  const hint = `Install Debian's package ${packages.join(" ")}, or run this as root on Debian or Ubuntu.`
  if (process.getuid?.() !== 0) throw new AirdropError(need, { code: "tool-failed", hint })
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  try {
    await run("apt-get", ["update", "-qq"])
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
      env: environment,
      maxBuffer: 1 << 26,
    })
  } catch (cause) {
    throw new AirdropError(`${need}, and apt-get could not install it`, { code: "tool-failed", hint, cause })
  }
}
