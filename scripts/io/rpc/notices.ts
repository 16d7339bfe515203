/** Notices about a node while it is asked: that it is slow, refuses, or takes only small requests. */

export type NoticeSink = (text: string) => void

let sink: NoticeSink = () => undefined
let last = ""

/**
 * Sets the receiver of notices. There is none until the command line sets its output. Returns the previous receiver.
 */
export function setNoticeSink(next: NoticeSink): NoticeSink {
  const before = sink
  sink = next
  last = ""
  return before
}

/** Writes a notice, unless it equals the last one. */
export function notice(text: string): void {
  if (text === last) return
  last = text
  sink(text)
}
