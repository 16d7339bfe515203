import { ContractFactory, type InterfaceAbi, type Signer } from "ethers"
import { createRequire } from "node:module"
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types"
import { startEmbeddedChain, type EmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { parseAddress, ZERO_ADDRESS, type Address } from "../../scripts/core/primitives/address.ts"
import { createSafe } from "../../scripts/io/safe/safe.ts"

/** An embedded chain with a Safe of which two of three owners decide. */
export interface SafeOnChain {
  readonly chain: EmbeddedChain
  readonly safe: Address
  readonly payer: HardhatEthersSigner
  readonly owners: readonly [HardhatEthersSigner, HardhatEthersSigner, HardhatEthersSigner]
  readonly stranger: HardhatEthersSigner
}

/** Starts the chain; Arbitrum One's id by default. */
export async function chainWithSafe(chainId?: number): Promise<SafeOnChain> {
  const chain = await startEmbeddedChain(chainId === undefined ? {} : { chainId })
  const [payer, first, second, third, stranger] = chain.signers
  if (!payer || !first || !second || !third || !stranger)
    throw new Error("the embedded chain has too few signers")
  const owners = [first, second, third] as const
  const safe = await createSafe(payer, { owners: owners.map(({ address }) => address), threshold: 2 })
  return { chain, safe, payer, owners, stranger }
}

/** Returns the address of a signer in this project's form. */
export function addressOf(signer: { readonly address: string }): Address {
  return parseAddress(signer.address)
}

/** Deploys OpenZeppelin's timelock, with the Safe as its proposer and executor. */
export async function deployTimelock(sender: Signer, delay: bigint, safe: Address): Promise<Address> {
  const require = createRequire(import.meta.url)
  const artifact = require("@openzeppelin/contracts/build/contracts/TimelockController.json") as {
    abi: InterfaceAbi
    bytecode: string
  }
  const factory = new ContractFactory(artifact.abi, artifact.bytecode, sender)
  const contract = await factory.deploy(delay, [safe], [safe], ZERO_ADDRESS)
  await contract.waitForDeployment()
  return parseAddress(await contract.getAddress())
}
