/** Lines about a node while it is asked: that it is slow, refuses, or takes only small questions. */

export type Remark = (text: string) => void

let sink: Remark = () => undefined
let last = ""

/** Sets where remarks go: nowhere, until the command line names its output. Returns where they went before. */
export function setRemarks(next: Remark): Remark {
  const before = sink
  sink = next
  last = ""
  return before
}

/** Writes a remark, unless it is the one that was written last. */
export function remark(text: string): void {
  if (text === last) return
  last = text
  sink(text)
}
