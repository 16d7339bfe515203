/** The browser that the page's tests drive: Debian's Chromium, fetched by its package manager where it is missing. */
import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { chromium, type Browser } from "playwright-core"

const EXECUTABLE = "/usr/bin/chromium"

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

/** @throws Error of one line if there is no Chromium and it cannot be installed */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) installChromium()
  return await chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, ...flags] })
}

function installChromium(): void {
  const problem = "the page's tests need /usr/bin/chromium (Debian's package chromium)"
  if (process.getuid?.() !== 0) throw new Error(`${problem}; install it, or run the tests as root`)
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore" })
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      stdio: "ignore",
    })
  } catch (cause) {
    throw new Error(`${problem}, and apt-get could not install it`, { cause })
  }
}
