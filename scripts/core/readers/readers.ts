import { erc20Balances } from "./erc20-balances.ts"
import { sessionStaking } from "./session-staking.ts"
import type { Reader } from "./reader.ts"

/** Every reader of the chain, by the name of its section in snapshot.json. */
export const READERS: ReadonlyMap<string, Reader<unknown, unknown>> = new Map(
  [sessionStaking, erc20Balances].map((reader) => [reader.name, reader as Reader<unknown, unknown>]),
)
