import type { Output } from "../../io/terminal/output.ts"
import type { FileResult } from "./file-result.ts"

/** Says what a run of tests is doing, in plain lines, and sums it up in the end. */
export interface TestProgress {
  readonly started: (file: string) => void
  readonly done: (result: FileResult) => void
  /** Counts a failure that belongs to no test, such as a component that cannot be installed. */
  readonly broken: (reason: string) => void
  /** Shows a line that a test printed. */
  readonly printed: (line: string) => void
  /** Prints every failure and the line "N passed, N failed", and returns the two numbers. */
  readonly end: () => { readonly passed: number; readonly failed: number }
}

/** After so much silence a line says what is running. Milliseconds. */
const SILENCE = 20_000

/**
 * Starts the progress of a run.
 * @param files how many there are
 * @param listsTests whether each passed test gets a line
 */
export function startProgress(out: Output, files: number, listsTests: boolean): TestProgress {
  const running = new Map<string, number>()
  const results: FileResult[] = []
  const reasons: string[] = []
  let spoke = Date.now()
  const say = (line: string): void => {
    spoke = Date.now()
    out.line(line)
  }
  const timer = setInterval(() => {
    if (Date.now() - spoke < SILENCE || running.size === 0) return
    const names = [...running].map(([file, since]) => `${file} (${seconds(Date.now() - since)})`)
    say(`         ${results.length} of ${files} done; running ${names.join(", ")}`)
  }, 1_000)
  timer.unref()
  return {
    started: (file) => {
      running.set(file, Date.now())
    },
    done: (result) => {
      running.delete(result.file)
      results.push(result)
      const { file, passed, failed, milliseconds } = result
      const count = `${results.length}/${files}`.padStart(7)
      const outcome = failed === 0 ? `${passed.length} passed` : `${passed.length} passed, ${failed} FAILED`
      say(`${count}  ${file}  ${outcome} (${seconds(milliseconds)})`)
      if (listsTests) for (const title of passed) say(`           ✔ ${title}`)
    },
    broken: (reason) => {
      reasons.push(reason)
      say(`FAILED   ${reason}`)
    },
    printed: (line) => {
      if (line.trim() !== "") say(`           ${line.trim()}`)
    },
    end: () => {
      clearInterval(timer)
      for (const { file, failed, details } of results) {
        if (failed === 0) continue
        out.line()
        out.line(`${file}: ${failed} failed`)
        for (const line of details.split("\n")) out.line(line)
      }
      if (reasons.length > 0) out.line()
      for (const reason of reasons) out.line(`FAILED   ${reason}`)
      const passed = results.reduce((sum, result) => sum + result.passed.length, 0)
      const failed = results.reduce((sum, result) => sum + result.failed, reasons.length)
      out.line()
      out.line(`${passed} passed, ${failed} failed`)
      return { passed, failed }
    },
  }
}

function seconds(milliseconds: number): string {
  return milliseconds < 100_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.round(milliseconds / 60_000)} min`
}
