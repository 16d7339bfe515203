import { AirdropError } from "../primitives/error.ts"
import { faultsOf } from "./faults.ts"

/**
 * Reads each line of a JSON Lines file. The last line has to end too: an interrupted write leaves one that does not.
 * @param shown the path of the file as errors show it
 * @param parse reads one line; throws AirdropError without file and line
 * @throws AirdropError with one `file:line: …` for each fault
 */
export function parseLines<Entry>(
  text: string,
  shown: string,
  parse: (line: string) => Entry,
): readonly Entry[] {
  const faults = faultsOf(shown)
  const lines = text.split("\n")
  if (lines.pop() !== "")
    faults.add(lines.length + 1, "does not end with a line feed; the line is not complete")
  const entries: Entry[] = []
  for (const [i, line] of lines.entries()) {
    try {
      entries.push(parse(line))
    } catch (error) {
      if (!(error instanceof AirdropError)) throw error
      faults.add(i + 1, error.message)
    }
  }
  faults.throwIfAny()
  return entries
}
