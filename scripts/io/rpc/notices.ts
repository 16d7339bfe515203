/** Lines about a node while it is asked: that it is slow, refuses, or takes only small questions. */

export type NoticeSink = (text: string) => void

let sink: NoticeSink = () => undefined
let last = ""

/** Sets where notices go: nowhere, until the command line names its output. Returns where they went before. */
export function setNoticeSink(next: NoticeSink): NoticeSink {
  const before = sink
  sink = next
  last = ""
  return before
}

/** Writes a notice, unless it is the one that was written last. */
export function notice(text: string): void {
  if (text === last) return
  last = text
  sink(text)
}
