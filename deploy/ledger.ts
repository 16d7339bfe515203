/** Signing with a Ledger is an option: its plugin builds native code against libusb, which not every machine has. */
import type { HardhatPlugin } from "hardhat/types/plugins"

/** Install it with `./airdrop npm install --no-save @nomicfoundation/hardhat-ledger`. */
const PLUGIN = ["@nomicfoundation", "hardhat-ledger"].join("/")

/** Returns the plugin, or an empty list if it is not installed. */
export async function ledgerPlugins(): Promise<HardhatPlugin[]> {
  try {
    const { default: plugin } = (await import(PLUGIN)) as { default: HardhatPlugin }
    return [plugin]
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return []
    throw error
  }
}
