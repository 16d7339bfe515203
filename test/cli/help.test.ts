import { CommanderError } from "commander"
import { expect } from "chai"
import { runVerb, VERBS } from "../../scripts/cli/verbs.ts"

/** Returns what a verb prints for --help. */
async function helpOf(name: string): Promise<string> {
  const original = process.stdout.write.bind(process.stdout)
  let printed = ""
  process.stdout.write = (text: string | Uint8Array): boolean => {
    printed += String(text)
    return true
  }
  try {
    await runVerb(name, ["--help"], () => {
      throw new Error("help needs no output of a verb")
    })
  } catch (error) {
    if (!(error instanceof CommanderError) || !error.code.startsWith("commander.help")) throw error
  } finally {
    process.stdout.write = original
  }
  return printed
}

describe("--help", () => {
  for (const [name, { summary }] of Object.entries(VERBS)) {
    it(`of ${name} says what it does, and shows each option without remains of code`, async () => {
      const help = await helpOf(name)
      expect(help).to.include(`Usage: ./airdrop ${name}`).and.include(summary).and.include("--json")
      expect(help.replace(/\s+/g, " ")).to.not.match(/default: (?:\[|")|undefined|NaN/)
    })
  }
})
