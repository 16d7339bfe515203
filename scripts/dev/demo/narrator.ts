import type { Output } from "../../io/terminal/output.ts"
import type { RunVerb } from "../../io/terminal/captured-run.ts"

/** Prints the demo's story: each step, its command, and the command's output. */
export interface Narrator {
  chapter(title: string, ...lines: readonly string[]): void
  say(...lines: readonly string[]): void
  /** Runs a verb as the command line would and shows both; returns what it answers to --json. */
  run(verb: string, ...args: readonly string[]): Promise<unknown>
}

/** At most so many lines of an answer are shown: some verbs have pages to say. */
const MOST_LINES = 48

/** @param secret what is replaced in the shown command lines: a URL that differs from run to run. */
export function createNarrator(
  out: Output,
  runVerb: RunVerb,
  secret: { readonly text: string; readonly shownAs: string },
): Narrator {
  let chapters = 0
  return {
    chapter: (title, ...lines) => {
      out.line()
      out.line(`${++chapters}. ${title}`)
      for (const line of lines) out.line(`   ${line}`)
    },
    say: (...lines) => {
      for (const line of lines) out.line(line === "" ? "" : `   ${line}`)
    },
    run: async (verb, ...args) => {
      const shown = args.map((arg) =>
        arg === secret.text ? secret.shownAs : arg.includes(" ") ? `"${arg}"` : arg,
      )
      out.line(`   $ ./airdrop ${[verb, ...shown].join(" ")}`)
      const { lines, json } = await runVerb(verb, args)
      for (const line of lines.slice(0, MOST_LINES)) out.line(line === "" ? "" : `     ${line}`)
      if (lines.length > MOST_LINES) out.line(`     … and ${lines.length - MOST_LINES} more lines`)
      return json
    },
  }
}
