/** The options of verbs that send transactions. */
import { Option, type Command } from "commander"
import { gwei, seconds } from "./options.ts"
import { addSignerOptions, type SignerOptions } from "./signer-options.ts"

export interface SendingOptions extends SignerOptions {
  /** Wei a unit of gas. */
  readonly maxFee?: bigint
  /** Milliseconds. */
  readonly replaceAfter: number
  /** Milliseconds. */
  readonly patience: number
}

/** Adds the options of {@link SendingOptions} to a verb. */
export function addSendingOptions(command: Command): Command {
  return addSignerOptions(command)
    .option("--max-fee <gwei>", "never offer more for a unit of gas", gwei)
    .addOption(
      new Option("--replace-after <seconds>", "offer more for a transaction that waits as long")
        .argParser(seconds)
        .default(30_000, "30"),
    )
    .addOption(
      new Option("--patience <seconds>", "give up on a transaction that waits as long")
        .argParser(seconds)
        .default(900_000, "900"),
    )
}
