/** Reads the events by which a Safe announced changes of its settings. */
import { parseSettingEvent, SETTING_TOPICS } from "../../core/safe/safe-events.ts"
import type { Address } from "../../core/primitives/address.ts"
import type { LoggedEvent } from "../../core/status/history.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { readLogs, type BlockRange } from "../../io/rpc/read-logs.ts"

/**
 * Reads these events in the chain's order; each has one value.
 * @param keep is given each piece as soon as it is whole, with the block up to which it reaches
 */
export async function readSafeEvents(
  provider: NodeProvider,
  safe: Address,
  range: BlockRange,
  keep: (events: readonly LoggedEvent[], upTo: number) => Promise<void>,
): Promise<void> {
  await readLogs(provider.rpc, { address: safe, topics: [SETTING_TOPICS] }, range, async (logs, upTo) => {
    const events: LoggedEvent[] = []
    for (const { topics, data, blockNumber, transactionHash, index } of logs) {
      const event = parseSettingEvent(topics, data)
      if (event === undefined) continue
      const { timestamp } = await provider.getBlock(blockNumber)
      events.push({
        name: event.name,
        values: [event.value],
        block: blockNumber,
        time: timestamp,
        transaction: transactionHash,
        log: index,
      })
    }
    await keep(events, upTo)
  })
}
