import type { Output } from "./output.ts"

/** The least number of files for progress. With fewer, a stage ends before its progress could be read. */
const WORTH_SHOWING = 5_000

/** Reports the progress of a stage that works through files, if there are enough of them. */
export function fileProgress(out: Output, label: string): (done: number, total: number) => void {
  return (done, total) => {
    if (total >= WORTH_SHOWING) out.progress(label, done, total)
  }
}
