import type { SendingOptions } from "../io/terminal/sending-options.ts"
import type { Output } from "../io/terminal/output.ts"
import type { SendOptions } from "../io/transactions/send.ts"

/** Returns how a verb sends: by the options of the user, with hashes and notices printed at once. */
export function sendOptions({ maxFee, replaceAfter, patience }: SendingOptions, out: Output): SendOptions {
  return {
    maxFee,
    replaceAfter,
    patience,
    onNotice: (text) => {
      out.warn(text)
    },
    onSent: (hash) => {
      out.warn(`sent: transaction ${hash}`)
    },
  }
}
