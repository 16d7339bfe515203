/** Debian's Chromium, which the tests and benches of the page drive. Installed with apt-get where it is missing. */
import { existsSync } from "node:fs"
import { chromium, type Browser } from "playwright-core"
import { installDebianPackages } from "./debian-packages.ts"

const EXECUTABLE = "/usr/bin/chromium"

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

/**
 * Starts Chromium without a window.
 * @throws AirdropError if it is missing and cannot be installed
 */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  await installChromium()
  return await chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, ...flags] })
}

/** Installs Chromium if it is missing. @throws AirdropError if that is impossible */
export async function installChromium(): Promise<void> {
  if (!existsSync(EXECUTABLE)) await installDebianPackages("the page's tests need Chromium", ["chromium"])
}
