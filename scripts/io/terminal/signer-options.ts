/** The options that name the account that signs. */
import type { Command } from "commander"
import { quote } from "../../core/primitives/text.ts"
import { AirdropError } from "../../core/primitives/error.ts"

/** The location of the signing key. Exactly one is given, and none of them contains the key itself. */
export interface SignerOptions {
  /** Name of a variable of the environment or of Hardhat's keystore that holds a private key. */
  readonly key?: string
  /** Address of an account that the node, or the wallet behind `wallet`, signs for. */
  readonly account?: string
  /** URL of a wallet that answers JSON-RPC; the node itself if absent. */
  readonly wallet?: string
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/
/** The format of a private key. */
export const PRIVATE_KEY = /^(0x)?[0-9a-fA-F]{64}$/

/** Adds the options of {@link SignerOptions} to a verb. */
export function addSignerOptions(command: Command): Command {
  return command
    .option("--key <name>", "variable that holds the key: of the environment, else of Hardhat's keystore")
    .option("--account <address>", "an account that the node or the wallet signs for")
    .option(
      "--wallet <url>",
      "a wallet's JSON-RPC, such as Frame's with a Ledger behind it: http://127.0.0.1:1248",
    )
}

/**
 * Checks the options before anything is read.
 * @throws AirdropError `usage` if not exactly one signer is named, or a key is given in place of a name
 */
export function checkSignerOptions({ key, account, wallet }: SignerOptions): void {
  if (key === undefined && account === undefined && wallet === undefined) {
    throw new AirdropError("no signer is named", {
      code: "usage",
      hint: "Give --key NAME (./airdrop hardhat keystore set NAME stores one), --account ADDRESS or --wallet URL.",
    })
  }
  if (key !== undefined && (account !== undefined || wallet !== undefined)) {
    throw new AirdropError("--key and --account or --wallet name two different signers: give one", {
      code: "usage",
    })
  }
  if (key !== undefined && PRIVATE_KEY.test(key)) {
    throw new AirdropError("--key takes the name of a variable, not a key", {
      code: "usage",
      hint: "Treat that key as compromised: it is in the history of the shell. Move what it holds to another key.",
    })
  }
  if (key !== undefined && !VARIABLE.test(key)) {
    throw new AirdropError(`${quote(key)} is not the name of a variable`, { code: "usage" })
  }
  if (wallet !== undefined && !/^https?:$/.test(URL.parse(wallet)?.protocol ?? "")) {
    throw new AirdropError("--wallet is not a URL that begins with http:// or https://", {
      code: "usage",
      hint: "Give the URL where the wallet answers JSON-RPC. A key is given with --key NAME.",
    })
  }
}
