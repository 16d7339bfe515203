/** A program with an explicit list, deployed and funded on an embedded chain behind a JSON-RPC port. */
import { ContractFactory, HDNodeWallet, JsonRpcProvider, Wallet } from "ethers"
import { join } from "node:path"
import type { MerkleAirdrop } from "../../types/MerkleAirdrop.ts"
import { merkleAirdropAt } from "../../scripts/stages/deployment/airdrop-contract.ts"
import { merkleAirdropArtifact } from "../../scripts/io/project/artifacts.ts"
import { serveEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { parseAddress, toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { formatAmount } from "../../scripts/core/primitives/amount.ts"
import { constructorParameters } from "../../scripts/core/contract/constructor-parameters.ts"
import type { Hex } from "../../scripts/core/primitives/bytes.ts"
import { writeDeployment } from "../../scripts/stages/deployment/deployment-file.ts"
import { readLeaves, rootOf } from "../../scripts/stages/publication/read-leaves.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { publishedProgram } from "./demo-program.ts"

export interface Recipient {
  readonly account: Address
  /** Base units. */
  readonly amount: bigint
}

export interface OpsStage {
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

export interface OpsOptions {
  /** A function where recipients have to be made on the chain first. */
  readonly recipients: readonly Recipient[] | ((chain: EmbeddedChain) => Promise<readonly Recipient[]>)
  /** Base units. */
  readonly reserve?: bigint
  /** Base units that the contract is given; what it needs unless said otherwise. */
  readonly funding?: bigint
}

const PHRASE = "test test test test test test test test test test test junk"
const DECIMALS = 9

/** One of the embedded chain's own accounts, with its key. */
export function knownWallet(index: number): Wallet {
  return new Wallet(HDNodeWallet.fromPhrase(PHRASE, undefined, `m/44'/60'/0'/0/${index}`).privateKey)
}

/** So many recipients with made-up addresses, spread over the whole range, and small amounts that differ. */
export function madeUpRecipients(count: number): readonly Recipient[] {
  return Array.from({ length: count }, (_, i) => {
    const account = parseAddress(
      `0x${((BigInt(i) * 0x9e3779b97f4a7c15f39cc0605cedc835n) % (1n << 160n)).toString(16).padStart(40, "1")}`,
    )
    return { account, amount: 1_000n + BigInt(i) }
  })
}

/** Deploys from a key, as test networks are: the owner is a plain account. */
export async function startOpsStage(parent: string, options: OpsOptions): Promise<OpsStage> {
  const { reserve = 50_000_000_000n } = options
  const served = await serveEmbeddedChain()
  const { chain, url } = served
  const recipients =
    typeof options.recipients === "function" ? await options.recipients(chain) : options.recipients
  const provider = new JsonRpcProvider(url, 42161, { staticNetwork: true, cacheTimeout: -1 })
  const owner = knownWallet(1).connect(provider)
  const sender = knownWallet(2).connect(provider)
  const total = recipients.reduce((sum, { amount }) => sum + amount, 0n)
  const folder = await publishedProgram(parent, {
    owner: parseAddress(owner.address),
    amounts: recipients.map(({ account, amount }) => [toChecksum(account), formatAmount(amount, DECIMALS)]),
    automatic: formatAmount(total, DECIMALS),
    reserve: formatAmount(reserve, DECIMALS),
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

/** What everybody holds now, in base units, in the order of the recipients. */
export async function balancesOf({ chain, recipients }: OpsStage, token: string): Promise<readonly bigint[]> {
  return await Promise.all(
    recipients.map(async ({ account }) => {
      const data = `0x70a08231${account.slice(2).padStart(64, "0")}`
      return BigInt(String(await chain.request("eth_call", [{ to: token, data }, "latest"])))
    }),
  )
}

/** Where events of one test are kept. */
export function cacheIn(folder: string): string {
  return join(folder, "cache")
}
