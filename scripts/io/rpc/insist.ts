import { setTimeout as sleep } from "node:timers/promises"

const ATTEMPTS = 5
const PAUSE = 100

/**
 * Repeats a request, a limited number of times, for something that must exist: `null` may come from a node that
 * lags.
 * @returns null if that is the answer each time
 */
export async function insist<T>(ask: () => Promise<T | null>): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask()
    if (answer !== null || attempt === ATTEMPTS) return answer
    await sleep(PAUSE * 2 ** attempt)
  }
}
