import { createInterface } from "node:readline/promises"
import { visible } from "../../core/primitives/text.ts"

/** Asks on standard error. Returns true if the answer is yes. */
export async function asksYes(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question(`${visible(question)} [y/N] `)
  prompt.close()
  return /^y(es)?$/i.test(answer.trim())
}
