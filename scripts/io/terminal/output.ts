import { styleText } from "node:util"
import { visible, visibleJson } from "../../core/primitives/text.ts"

/**
 * The output of a verb: plain lines for people, or one JSON object for machines. Lines may contain texts of files,
 * nodes and contracts. So control characters, line feeds included, are shown as codes.
 */
export interface Output {
  /** True if the user asked for JSON. Lines are then dropped and {@link Output.json} is printed. */
  readonly wantsJson: boolean
  /** True on a terminal that can show colour and moving bars. */
  readonly interactive: boolean
  /** Prints one line. @param tone colours its first word on a terminal, unless NO_COLOR is set */
  line(text?: string, tone?: Tone): void
  /** Prints one line on standard error, in either form. */
  warn(text: string): void
  /** Reports progress: a bar on a terminal, a line for each tenth elsewhere. `done === total` ends it. */
  progress(label: string, done: number, total: number): void
  /** Sets the verb's result. Bigints become decimal strings. Printed only under --json. */
  json(value: unknown): void
}

/** What a line says of the thing that it is about. */
export type Tone = "good" | "bad"

const COLOURS = { good: "green", bad: "red" } as const

const BAR_WIDTH = 24

/** The output of this process. */
export interface ProcessOutput extends Output {
  /** Returns whether a result was printed as JSON. */
  readonly hasResult: () => boolean
}

export function createOutput(wantsJson: boolean): ProcessOutput {
  const interactive = process.stderr.isTTY && process.env["NO_COLOR"] === undefined
  let lastTenth = -1
  let lastDrawn = 0
  let hasResult = false
  return {
    wantsJson,
    interactive,
    line: (text = "", tone) => {
      if (!wantsJson) process.stdout.write(`${toned(visible(text), tone)}\n`)
    },
    warn: printError,
    progress: (label, done, total) => {
      const ended = done >= total
      if (interactive) {
        const now = performance.now()
        if (!ended && now - lastDrawn < 50) return
        lastDrawn = now
        const filled = Math.round((BAR_WIDTH * done) / Math.max(total, 1))
        const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled)
        process.stderr.write(`\r${bar} ${visible(label)} ${done}/${total}${ended ? "\n" : ""}`)
      } else if (!wantsJson) {
        const tenth = Math.floor((10 * done) / Math.max(total, 1))
        if (tenth !== lastTenth) process.stderr.write(`${visible(label)}: ${done} of ${total}\n`)
        lastTenth = ended ? -1 : tenth
      }
    },
    json: (value) => {
      if (!wantsJson) return
      hasResult = true
      process.stdout.write(`${visibleJson(value)}\n`)
    },
    hasResult: () => hasResult,
  }
}

/** Prints a text of several lines, such as a table, one line at a time: a line feed within a line is shown as a code. */
export function printText(out: Output, text: string): void {
  for (const line of text.replace(/\n$/, "").split("\n")) out.line(line)
}

/** Colours the first word of a line. Node leaves the colour out for a pipe, a file, and where NO_COLOR is set. */
function toned(line: string, tone: Tone | undefined): string {
  if (tone === undefined) return line
  return line.replace(/[^ ]+/, (word) => styleText(COLOURS[tone], word, { stream: process.stdout }))
}

/** Prints one line on standard output. */
export function printLine(text: string): void {
  process.stdout.write(`${visible(text)}\n`)
}

/** Prints one line on standard error. */
export function printError(text: string): void {
  process.stderr.write(`${visible(text)}\n`)
}

/** Ends the process quietly when the reader of standard output, such as `head`, has read enough. */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error
    process.exit()
  })
}
