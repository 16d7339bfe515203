/** The failures of sending a transaction, as errors in words. */
import { AirdropError } from "../../core/primitives/error.ts"
import type { SendFailure } from "./send-machine.ts"

const AGAIN = "Run the same command again: it reads from the chain what is done and continues from there."

/**
 * Returns the error for a transaction that cannot be settled.
 * @param waited milliseconds since the sending began
 */
export function failureError(
  failure: SendFailure,
  { address, nonce }: { readonly address: string; readonly nonce: number },
  waited: number,
): AirdropError {
  const after = `after ${Math.round(waited / 1000)} s`
  switch (failure.kind) {
    case "no-funds":
      return new AirdropError(`${address} cannot pay the gas of a transaction: ${failure.why}`, {
        code: "insufficient-funds",
      })
    case "declined":
      return new AirdropError(`the wallet declined and nothing was sent: ${failure.why}`, {
        code: "unanswered",
      })
    case "cannot-replace":
      return new AirdropError(
        `the transaction of ${address} with nonce ${nonce} cannot be replaced: ${failure.why}`,
        {
          code: "unsettled",
        },
      )
    case "not-taken":
      return new AirdropError(
        `the node took no transaction of ${address} with nonce ${nonce} ${after}: ${failure.why}`,
        { code: "unsettled", hint: AGAIN },
      )
    case "not-mined": {
      const why = failure.why === undefined ? "" : `: ${failure.why}`
      return new AirdropError(`transaction ${failure.hash} is not mined ${after}${why}`, {
        code: "unsettled",
        hint: AGAIN,
      })
    }
  }
}
