import { amounts } from "./amounts.ts"
import { conversion } from "./conversion.ts"
import { points } from "./points.ts"
import { balances } from "./erc20-balances.ts"
import { stakes } from "./session-staking.ts"
import type { Source } from "./source.ts"
import { stakeHistory } from "./stake-history.ts"

/** Every source of value, by its name under "source.kind" in program.json. */
export const SOURCES: ReadonlyMap<string, Source> = new Map<string, Source>([
  ["session-staking", stakes],
  ["erc20-balances", balances],
  ["points", points],
  ["stake-history", stakeHistory],
  ["conversion", conversion],
  ["amounts", amounts],
])
