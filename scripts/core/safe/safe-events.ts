/** The events of a Safe about changes of its settings. */
import { Interface } from "ethers"
import { toChecksum } from "../primitives/address.ts"
import { addressInWord } from "../primitives/words.ts"
import { SETTING_NAMES, type SafeSetting } from "./safe-settings.ts"

/** The events. Before 1.4.1 their values were not indexed. The topic is the same. */
const EVENTS = new Interface([
  "event AddedOwner(address owner)",
  "event RemovedOwner(address owner)",
  "event ChangedThreshold(uint256 threshold)",
  "event EnabledModule(address module)",
  "event DisabledModule(address module)",
  "event ChangedGuard(address guard)",
  "event ChangedModuleGuard(address moduleGuard)",
  "event ChangedFallbackHandler(address handler)",
  "event ChangedMasterCopy(address masterCopy)",
])

interface Kind {
  readonly setting: SafeSetting
  /** Returns a sentence about the event. */
  readonly words: (value: string) => string
}

const KINDS: Readonly<Record<string, Kind>> = {
  AddedOwner: { setting: "owners", words: (owner) => `the Safe was given the owner ${owner}` },
  RemovedOwner: { setting: "owners", words: (owner) => `the Safe lost the owner ${owner}` },
  ChangedThreshold: { setting: "threshold", words: (count) => `the Safe's threshold was set to ${count}` },
  EnabledModule: { setting: "modules", words: (module) => `the Safe's module ${module} was enabled` },
  DisabledModule: { setting: "modules", words: (module) => `the Safe's module ${module} was disabled` },
  ChangedGuard: setTo("guard"),
  ChangedModuleGuard: setTo("moduleGuard"),
  ChangedFallbackHandler: setTo("fallbackHandler"),
  ChangedMasterCopy: setTo("implementation"),
}

function setTo(setting: SafeSetting): Kind {
  return { setting, words: (value) => `the Safe's ${SETTING_NAMES[setting]} was set to ${value}` }
}

/** The first topic of each event. */
export const SETTING_TOPICS: readonly string[] = EVENTS.fragments.flatMap((fragment) =>
  fragment.type === "event" ? [EVENTS.getEvent(fragment.format("sighash"))?.topicHash ?? ""] : [],
)

/** Reads the name and the value of such an event; undefined for any other event. */
export function parseSettingEvent(
  topics: readonly string[],
  data: string,
): { readonly name: string; readonly value: string } | undefined {
  const name = EVENTS.getEvent(topics[0] ?? "")?.name
  const word = topics[1] ?? (data.length >= 66 ? data.slice(0, 66) : undefined)
  if (name === undefined || word === undefined) return undefined
  const value = name === "ChangedThreshold" ? BigInt(word).toString() : addressText(BigInt(word))
  return { name, value }
}

function addressText(word: bigint): string {
  return word === 0n ? "none" : toChecksum(addressInWord(word))
}

/** Returns the setting that an event changes and the event in words. */
export function settingChange(
  name: string,
  value: string,
): { readonly setting: SafeSetting; readonly words: string } | undefined {
  const kind = KINDS[name]
  return kind === undefined ? undefined : { setting: kind.setting, words: kind.words(value) }
}
