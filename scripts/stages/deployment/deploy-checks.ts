/** The options of a deployment from a key, and the checks before it. */
import { chainText, type Chain } from "../../core/ethereum/chains.ts"
import { DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import type { NetworkConnection } from "hardhat/types/network"
import { ledgerPlugins } from "../../../deploy/ledger.ts"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { readKey } from "../../io/transactions/signers.ts"
import { checkSignerOptions } from "../../io/terminal/signer-options.ts"
import type { ProgramContext } from "./deployment-context.ts"

export interface DeployOptions {
  readonly rpc?: string
  readonly key?: string
  readonly account?: Address
  readonly ledger?: Address
  readonly fund: boolean
  readonly confirmations?: number
  readonly yes?: boolean
  readonly verify?: boolean
}

/** True if the options name the account that signs. */
export function namesSigner({ key, account, ledger }: DeployOptions): boolean {
  return key !== undefined || account !== undefined || ledger !== undefined
}

/**
 * Returns the settings of the connection that the options decide: the accounts that sign.
 * @throws AirdropError if they name two signers, or a Ledger without its plugin
 */
export async function networkOverrides(
  { keyVariable }: Chain,
  { key, account, ledger }: DeployOptions,
): Promise<Record<string, unknown>> {
  if (key !== undefined) checkSignerOptions({ key })
  if ([key, account, ledger].filter((signer) => signer !== undefined).length > 1) {
    throw new AirdropError("--key, --account and --ledger name different signers: give one", {
      code: "usage",
    })
  }
  if (ledger !== undefined && (await ledgerPlugins()).length === 0) {
    throw new AirdropError("the Ledger plugin is not installed", {
      code: "not-ready",
      hint: "./airdrop npm install --no-save @nomicfoundation/hardhat-ledger (it builds against libusb)",
    })
  }
  return {
    accounts: account === undefined && ledger === undefined ? [await readKey(key ?? keyVariable)] : "remote",
    ...(ledger === undefined ? {} : { ledgerAccounts: [toChecksum(ledger)] }),
  }
}

/**
 * Returns the account that sends: the one named, or the network's first.
 * @throws AirdropError if there is none
 */
export async function senderOf(
  { ethers }: NetworkConnection,
  { account, ledger }: DeployOptions,
): Promise<Address> {
  const named = account ?? ledger
  if (named !== undefined) return named
  const [signer] = await ethers.getSigners()
  if (signer === undefined) {
    throw new AirdropError("no signer is named", {
      code: "usage",
      hint: "Give --key, --account or --ledger.",
    })
  }
  return parseAddress(signer.address)
}

/**
 * Requires the deterministic deployment proxy, which creates the contract at the published address.
 * @param host the node that was asked
 */
export async function assertProxy(
  { ethers }: NetworkConnection,
  { program: { chain } }: ProgramContext,
  host: string,
): Promise<void> {
  if ((await ethers.provider.getCode(DEPLOYMENT_PROXY)) !== "0x") return
  throw new AirdropError(
    `the deterministic deployment proxy ${toChecksum(DEPLOYMENT_PROXY)} is missing on ${chainText(chain)}, says ${host}`,
    {
      code: "not-ready",
      hint: "Deploy it first, as https://github.com/Arachnid/deterministic-deployment-proxy describes. Without it, the contract would not have the published address.",
    },
  )
}

export async function assertFree({ ethers }: NetworkConnection, { airdrop }: ProgramContext): Promise<void> {
  if ((await ethers.provider.getCode(airdrop)) === "0x") return
  throw new AirdropError(`the address ${toChecksum(airdrop)} is taken`, {
    code: "mismatch",
    hint: "./airdrop verify P --rpc URL shows whether it is this airdrop. If it is, ./airdrop propose P deploy funds it.",
  })
}

export async function assertFunds(
  { ethers }: NetworkConnection,
  { program, funding }: ProgramContext,
  { fund }: DeployOptions,
  sender: Address,
): Promise<void> {
  if (!fund) return
  const { token } = program
  const balance = await tokenBalance(ethers.provider, token.address, sender)
  if (balance >= funding) return
  const text = (amount: bigint): string => tokenAmount(amount, token)
  throw new AirdropError(
    `${toChecksum(sender)} holds ${text(balance)}, and the airdrop needs ${text(funding)}`,
    {
      code: "insufficient-funds",
      hint: "--no-fund creates the contract without its tokens.",
    },
  )
}
