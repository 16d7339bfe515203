/** Where a verb writes. Plain lines for people, or one JSON object for machines. */
export interface Output {
  /** True when the user asked for JSON: lines are then dropped and {@link Output.json} is printed. */
  readonly wantsJson: boolean
  /** True on a terminal that can show colour and moving bars. */
  readonly interactive: boolean
  line(text?: string): void
  /** A remark on standard error, shown in either form. */
  warn(text: string): void
  /** Reports progress: a bar on a terminal, a line for each tenth elsewhere. `done === total` ends it. */
  progress(label: string, done: number, total: number): void
  /** The verb's result. Bigints become decimal strings. Printed only under --json. */
  json(value: unknown): void
}

const BAR_WIDTH = 24

export function createOutput(wantsJson: boolean): Output {
  const interactive = process.stderr.isTTY && process.env["NO_COLOR"] === undefined
  let lastTenth = -1
  let lastDrawn = 0
  return {
    wantsJson,
    interactive,
    line: (text = "") => {
      if (!wantsJson) process.stdout.write(`${text}\n`)
    },
    warn: (text) => process.stderr.write(`${text}\n`),
    progress: (label, done, total) => {
      const ended = done >= total
      if (interactive) {
        const now = performance.now()
        if (!ended && now - lastDrawn < 50) return
        lastDrawn = now
        const filled = Math.round((BAR_WIDTH * done) / Math.max(total, 1))
        const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled)
        process.stderr.write(`\r${bar} ${label} ${done}/${total}${ended ? "\n" : ""}`)
      } else if (!wantsJson) {
        const tenth = Math.floor((10 * done) / Math.max(total, 1))
        if (tenth !== lastTenth) process.stderr.write(`${label}: ${done} of ${total}\n`)
        lastTenth = ended ? -1 : tenth
      }
    },
    json: (value) => {
      if (wantsJson) process.stdout.write(`${JSON.stringify(value, bigintsAsText, 2)}\n`)
    },
  }
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value
}
