import { sessionStaking } from "./session-staking.ts"
import type { Source } from "./source.ts"

/** Every source of value, by its name under "source.kind" in program.json. */
export const SOURCES: ReadonlyMap<string, Source> = new Map<string, Source>([
  ["session-staking", sessionStaking],
])
