/** Determines who deploys and from which network, and refuses deployments that would fail. */
import { tokenAmount } from "../../core/primitives/token.ts"
import { configVariable } from "hardhat/config"
import type { NetworkConnection } from "hardhat/types/network"
import { ledgerPlugins } from "../../../deploy/ledger.ts"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { tokenBalance } from "../../io/transactions/token.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { ProgramContext } from "./deployment-context.ts"

export interface DeployOptions {
  readonly network: string
  readonly rpc?: string
  readonly key?: string
  readonly account?: Address
  readonly ledger?: Address
  readonly fund: boolean
  readonly confirmations?: number
  readonly yes?: boolean
  readonly verify?: boolean
}

/**
 * Returns the network settings that the command line overrides.
 * @throws AirdropError if options exclude each other
 */
export async function overrides({
  rpc,
  key,
  account,
  ledger,
}: DeployOptions): Promise<Record<string, unknown>> {
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
    ...(rpc === undefined ? {} : { url: rpc }),
    ...(key === undefined ? {} : { accounts: [configVariable(key)] }),
    ...(account === undefined ? {} : { accounts: "remote" }),
    ...(ledger === undefined ? {} : { accounts: "remote", ledgerAccounts: [toChecksum(ledger)] }),
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

export async function assertChain(
  { ethers }: NetworkConnection,
  { program, name }: ProgramContext,
): Promise<void> {
  const { chainId } = await ethers.provider.getNetwork()
  if (Number(chainId) === program.chainId) return
  throw new AirdropError(`the node serves chain ${chainId}, but ${name} is on chain ${program.chainId}`, {
    code: "wrong-chain",
  })
}

export async function assertFree({ ethers }: NetworkConnection, { airdrop }: ProgramContext): Promise<void> {
  if ((await ethers.provider.getCode(airdrop)) === "0x") return
  throw new AirdropError(`the address ${toChecksum(airdrop)} is taken`, {
    code: "mismatch",
    hint: "./airdrop verify --rpc shows whether it is this airdrop.",
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
