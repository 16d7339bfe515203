/** A program over a list of amounts, deployed and funded on an embedded chain with a JSON-RPC endpoint. */
import { ContractFactory, HDNodeWallet, JsonRpcProvider, Wallet } from "ethers"
import { join } from "node:path"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { merkleAirdropAt } from "../../stages/deployment/airdrop-contract.ts"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import { serveEmbeddedChain, type EmbeddedChain } from "../embedded/embedded-chain.ts"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { formatAmount } from "../../core/primitives/amount.ts"
import { constructorParameters } from "../../core/contract/constructor-parameters.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { readOwnerRecord } from "../../stages/deployment/record-owner.ts"
import { writeDeployment } from "../../stages/deployment/deployment-file.ts"
import { readLeaves, rootOf } from "../../stages/publication/read-leaves.ts"
import { loadProgram } from "../../stages/program/load-program.ts"
import { publishProgram } from "./published-program.ts"

export interface Recipient {
  readonly account: Address
  /** Base units. */
  readonly amount: bigint
}

export interface DeployedProgram {
  readonly chain: EmbeddedChain
  readonly url: string
  /** The program's folder. */
  readonly folder: string
  readonly airdrop: MerkleAirdrop
  readonly recipients: readonly Recipient[]
  readonly owner: Wallet
  readonly sender: Wallet
  close(): Promise<void>
}

export interface DeployedOptions {
  /** A function if the recipients depend on the chain, such as contracts to be deployed on it first. */
  readonly recipients: readonly Recipient[] | ((chain: EmbeddedChain) => Promise<readonly Recipient[]>)
  /** Base units. */
  readonly reserve?: bigint
  /** Base units sent to the contract; automatic and reserve tranche together by default. */
  readonly funding?: bigint
  /** The content of other input files beside program.json, by name. */
  readonly files?: Readonly<Record<string, string>>
}

const PHRASE = "test test test test test test test test test test test junk"
const DECIMALS = 9

/** Returns one of the embedded chain's funded accounts, with its key. */
export function knownWallet(index: number): Wallet {
  return new Wallet(HDNodeWallet.fromPhrase(PHRASE, undefined, `m/44'/60'/0'/0/${index}`).privateKey)
}

/** Returns recipients at made-up addresses, spread over the whole range, with small amounts that all differ. */
export function madeUpRecipients(count: number): readonly Recipient[] {
  return Array.from({ length: count }, (_, i) => {
    const account = parseAddress(
      `0x${((BigInt(i) * 0x9e3779b97f4a7c15f39cc0605cedc835n) % (1n << 160n)).toString(16).padStart(40, "1")}`,
    )
    return { account, amount: 1_000n + BigInt(i) }
  })
}

/** Starts a chain, deploys the program from a key and funds it. The owner is a plain account. */
export async function startDeployedProgram(
  parent: string,
  options: DeployedOptions,
): Promise<DeployedProgram> {
  const { reserve = 50_000_000_000n } = options
  const served = await serveEmbeddedChain()
  const { chain, url } = served
  const recipients =
    typeof options.recipients === "function" ? await options.recipients(chain) : options.recipients
  const provider = new JsonRpcProvider(url, 42161, { staticNetwork: true, cacheTimeout: -1 })
  const owner = knownWallet(1).connect(provider)
  const sender = knownWallet(2).connect(provider)
  const total = recipients.reduce((sum, { amount }) => sum + amount, 0n)
  const folder = await publishProgram(parent, {
    owner: parseAddress(owner.address),
    amounts: recipients.map(({ account, amount }) => [toChecksum(account), formatAmount(amount, DECIMALS)]),
    automatic: formatAmount(total, DECIMALS),
    reserve: formatAmount(reserve, DECIMALS),
    ...(options.files && { files: options.files }),
  })
  const loaded = await loadProgram(folder)
  const leaves = await readLeaves(loaded)
  const parameters = constructorParameters(loaded.program, rootOf(leaves) as Hex, recipients.length)
  const { abi, bytecode } = await merkleAirdropArtifact()
  const contract = await new ContractFactory(abi, bytecode, owner).deploy(parameters)
  const receipt = await contract.deploymentTransaction()?.wait()
  const address = parseAddress(await contract.getAddress())
  await writeDeployment(
    folder,
    {
      chainId: 42161,
      address,
      automaticRoot: parameters.automaticRoot,
      parameters,
      salt: undefined,
      deployedBy: "key",
      transaction: (receipt?.hash ?? "0x") as Hex,
      block: receipt?.blockNumber ?? 0,
      ownerHistory: [await readOwnerRecord(provider, address, "deployment")],
    },
    DECIMALS,
  )
  const funding = options.funding ?? total + reserve
  if (funding > 0n) await chain.fund(address, funding)
  return {
    chain,
    url,
    folder,
    airdrop: await merkleAirdropAt(address, provider),
    recipients,
    owner,
    sender,
    close: async () => {
      provider.destroy()
      await served.close()
    },
  }
}

/** Reads each recipient's balance, in base units and in the order of the recipients. */
export async function balancesOf(
  { chain, recipients }: DeployedProgram,
  token: string,
): Promise<readonly bigint[]> {
  return await Promise.all(
    recipients.map(async ({ account }) => {
      const data = `0x70a08231${account.slice(2).padStart(64, "0")}`
      return BigInt(String(await chain.request("eth_call", [{ to: token, data }, "latest"])))
    }),
  )
}

/** Returns the folder for the event cache of one test. */
export function cacheIn(folder: string): string {
  return join(folder, "cache")
}
