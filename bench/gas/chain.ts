/** A fresh simulated chain for one measurement, and the gas of a transaction on it. */
import { BrowserProvider, Contract, ContractFactory, type TransactionResponse, type Signer } from "ethers"
import hre from "hardhat"
import { invariant } from "../../scripts/core/primitives/error.ts"
import { compile, projectSettings, readImported, type Compiled } from "../solc.ts"

/** The hard fork of Ethereum and Arbitrum One, which has the floor price of calldata. */
const HARDFORK = "prague"

/** Calls a method of a contract by its name. */
export type Send = (method: string, ...values: readonly unknown[]) => Promise<bigint>

export interface Deployed {
  readonly address: string
  readonly deploymentGas: bigint
  /** Sends a transaction and returns the gas it used. */
  readonly send: Send
  /** Encodes the calldata of that transaction. */
  readonly encode: (method: string, ...values: readonly unknown[]) => string
  /** Sends calldata as it is. */
  readonly sendRaw: (data: string) => Promise<bigint>
}

export interface Chain {
  readonly account: string
  readonly deploy: (
    code: Pick<Compiled, "abi" | "creation">,
    ...values: readonly unknown[]
  ) => Promise<Deployed>
  readonly at: (address: string, abi: string) => Deployed
  readonly close: () => Promise<void>
}

export async function openChain(): Promise<Chain> {
  const connection = await hre.network.create({ network: "embedded", override: { hardfork: HARDFORK } })
  const provider = new BrowserProvider(connection.provider, undefined, { cacheTimeout: -1 })
  const signer = await provider.getSigner()
  return {
    account: await signer.getAddress(),
    at: (address, abi) => ({ address, deploymentGas: 0n, ...callsOf(address, abi, signer) }),
    deploy: async ({ abi, creation }, ...values) => {
      const contract = await new ContractFactory(abi, creation, signer).deploy(...values)
      const transaction = contract.deploymentTransaction()
      invariant(transaction, "a deployment is a transaction")
      const address = await contract.getAddress()
      return { address, deploymentGas: await gasOf(transaction), ...callsOf(address, abi, signer) }
    },
    close: async () => {
      await connection.close()
    },
  }
}

const compiled = new Map<string, Compiled>()

/** Compiles a contract of the project or of a package once, with the project's settings or others. */
export function compileProject(path: string, name: string, settings = projectSettings()): Compiled {
  const key = JSON.stringify([path, name, settings])
  const known = compiled.get(key) ?? compile({ [path]: readImported(path) }, settings).contract(path, name)
  compiled.set(key, known)
  return known
}

/** The settings of the token and the loop. They stay when the project's settings change, like the peers' figures. */
const FIXED_SETTINGS = { evmVersion: "cancun", optimizer: { enabled: true, runs: 10_000 } }

/** Deploys the bench's token. The deployer holds all of it. */
export async function deployToken(chain: Chain): Promise<Deployed> {
  return await chain.deploy(compileProject("bench/contracts/BenchToken.sol", "BenchToken", FIXED_SETTINGS))
}

/** Deploys the loop of transfers in assembly, over packed entries. */
export async function deployPackedDrop(chain: Chain): Promise<Deployed> {
  return await chain.deploy(compileProject("bench/contracts/PackedDrop.sol", "PackedDrop", FIXED_SETTINGS))
}

/** Deploys the plain loop of transfers. */
export async function deployDisperse(chain: Chain): Promise<Deployed> {
  return await chain.deploy(compileProject("bench/contracts/Disperse.sol", "Disperse", FIXED_SETTINGS))
}

function callsOf(
  address: string,
  abi: string,
  signer: Signer,
): Pick<Deployed, "send" | "encode" | "sendRaw"> {
  const contract = new Contract(address, abi, signer)
  return {
    send: async (method, ...values) => await gasOf(await contract.getFunction(method).send(...values)),
    encode: (method, ...values) => contract.interface.encodeFunctionData(method, values),
    sendRaw: async (data) => await gasOf(await signer.sendTransaction({ to: address, data })),
  }
}

async function gasOf(transaction: TransactionResponse): Promise<bigint> {
  const receipt = await transaction.wait()
  invariant(receipt?.status === 1, "a transaction of the bench failed")
  return receipt.gasUsed
}
