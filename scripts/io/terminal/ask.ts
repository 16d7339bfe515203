import { createInterface } from "node:readline/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { visible } from "../../core/primitives/text.ts"

/** Asks on standard error. Returns true if the answer is yes. */
export async function asksYes(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question(`${visible(question)} [y/N] `)
  prompt.close()
  return /^y(es)?$/i.test(answer.trim())
}

/** Several questions in a row, on one reading of standard input: lines that come early answer later questions. */
export interface Questions {
  /**
   * Asks on standard error until the answer can be read.
   * @param usual the answer to an empty line; an empty line is asked again if undefined
   * @param read throws an Error whose message is shown before the question is asked again
   * @throws AirdropError `unanswered` if the input ends
   */
  ask<Value>(question: string, usual: string | undefined, read: (text: string) => Value): Promise<Value>
  close(): void
}

/** Opens standard input for questions. Close it when done, or the process does not end. */
export function openQuestions(): Questions {
  const input = createInterface({ input: process.stdin, output: process.stderr })
  const lines = input[Symbol.asyncIterator]()
  return {
    ask: async (question, usual, read) => {
      for (;;) {
        const shown = usual === undefined ? "" : ` [${visible(usual)}]`
        process.stderr.write(`${visible(question)}${shown}: `)
        const line = await lines.next()
        if (line.done === true)
          throw new AirdropError("the question was not answered", { code: "unanswered" })
        const text = line.value.trim() === "" ? usual : line.value.trim()
        if (text === undefined) continue
        try {
          return read(text)
        } catch (error) {
          process.stderr.write(`  ${visible(error instanceof Error ? error.message : String(error))}\n`)
        }
      }
    },
    close: () => {
      input.close()
    },
  }
}
