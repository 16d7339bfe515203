/** The settings that decide who can act for a Safe, and their differences from the recorded ones. */
import { toChecksum, type Address } from "../primitives/address.ts"
import { quote } from "../primitives/text.ts"

/** A Safe's settings at one block. */
export interface SafeSettings {
  /** The answer to VERSION(). */
  readonly version: string
  /** The contract whose code the Safe's proxy runs. */
  readonly implementation: Address
  readonly threshold: number
  /** In ascending order, as are the modules. */
  readonly owners: readonly Address[]
  /** Contracts that act for the Safe without signatures. */
  readonly modules: readonly Address[]
  /** Contracts that check each transaction, and each call of a module; undefined if none is set. */
  readonly guard: Address | undefined
  readonly moduleGuard: Address | undefined
  /** The contract that answers calls which the Safe does not implement, such as isValidSignature(). */
  readonly fallbackHandler: Address | undefined
}

export type SafeSetting = keyof SafeSettings

/** The name of each setting in sentences. */
export const SETTING_NAMES: Readonly<Record<SafeSetting, string>> = {
  version: "version",
  implementation: "implementation",
  threshold: "threshold",
  owners: "owners",
  modules: "modules",
  guard: "guard",
  moduleGuard: "module guard",
  fallbackHandler: "fallback handler",
}

const SETTINGS = Object.keys(SETTING_NAMES) as readonly SafeSetting[]

/** Returns the settings that differ. */
export function changedSettings(recorded: SafeSettings, current: SafeSettings): readonly SafeSetting[] {
  return SETTINGS.filter((setting) => settingText(recorded, setting) !== settingText(current, setting))
}

/** Writes the value of a setting: a number, an address, a list of addresses or "none". */
export function settingText(settings: SafeSettings, setting: SafeSetting): string {
  const value = settings[setting]
  if (value === undefined) return "none"
  if (setting === "version") return quote(settings.version)
  if (typeof value === "number") return value.toString()
  if (typeof value === "string") return toChecksum(value as Address)
  return value.length === 0 ? "none" : value.map(toChecksum).join(", ")
}

/** Writes a Safe in a few words: "a Safe 1.4.1, 2 of 3 owners, no module, no guard". */
export function settingsSummary(settings: SafeSettings): string {
  const { version, threshold, owners, modules, guard, moduleGuard } = settings
  const count = (number: number, noun: string): string =>
    number === 0 ? `no ${noun}` : `${number} ${noun}${number === 1 ? "" : "s"}`
  const guards = [guard, moduleGuard].filter((one) => one !== undefined).length
  return `a Safe ${version}, ${threshold} of ${owners.length} owners, ${count(modules.length, "module")}, ${count(guards, "guard")}`
}
