import { AirdropError } from "../primitives/error.ts"

/** A discrepancy, with the file that shows it. */
export interface Finding {
  readonly file: string
  readonly problem: string
}

/** Gathers discrepancies, the first of each file. Later ones in a damaged file only repeat it. */
export interface Findings {
  readonly add: (file: string, problem: string) => void
  /**
   * Runs a check. An AirdropError that it throws becomes a finding.
   * @returns undefined if it threw
   */
  readonly trying: <Value>(file: string, check: () => Value | Promise<Value>) => Promise<Value | undefined>
  readonly all: () => readonly Finding[]
}

export function createFindings(): Findings {
  const byFile = new Map<string, string>()
  const add = (file: string, problem: string): void => {
    if (!byFile.has(file)) byFile.set(file, problem)
  }
  return {
    add,
    trying: async (file, check) => {
      try {
        return await check()
      } catch (error) {
        if (!(error instanceof AirdropError)) throw error
        add(file, withoutName(error.message, file))
        return undefined
      }
    },
    all: () => Array.from(byFile, ([file, problem]) => ({ file, problem })),
  }
}

/** Removes the file's name from the start of a message, because the finding has it already. */
function withoutName(message: string, file: string): string {
  return message.startsWith(`${file}:`) ? message.slice(file.length + 1).trimStart() : message
}
