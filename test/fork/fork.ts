/** A fork of the upstream chain with what the tests need on it: a Safe of impersonated owners, and an endpoint. */
import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types"
import hre from "hardhat"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { serveProvider } from "../../scripts/dev/embedded/serve.ts"
import { safeHashes } from "../../scripts/core/safe/safe-transaction.ts"
import { readSafeTransaction } from "../../scripts/stages/multisig/transaction-file.ts"
import { approvedHashSignature, executeSafeTransaction } from "../../scripts/io/safe/execute.ts"
import { SAFE } from "../../scripts/io/safe/safe.ts"
import type { UpstreamChain } from "./upstream.ts"

export interface Fork {
  readonly url: string
  readonly ethers: HardhatEthers
  /** Acts as an address that exists on the upstream chain, with ether for gas. */
  as(address: Address): Promise<HardhatEthersSigner>
  /** Lets time pass up to a moment, in seconds since 1970, and mines. */
  waitUntil(timestamp: number): Promise<void>
  now(): Promise<number>
  close(): Promise<void>
}

export async function forkOf({ url, block }: UpstreamChain): Promise<Fork> {
  const connection = await hre.network.create({
    network: "arbitrumFork",
    chainType: "generic",
    override: { forking: { enabled: true, url, blockNumber: block } },
  })
  const { ethers, provider } = connection
  const request = async (method: string, params: readonly unknown[] = []): Promise<unknown> => {
    const result: unknown = await provider.request({ method, params: [...params] })
    return result
  }
  const served = await serveProvider(request)
  return {
    url: served.url,
    ethers,
    as: async (address) => {
      await request("hardhat_setBalance", [address, "0x56bc75e2d63100000"])
      return await ethers.getImpersonatedSigner(toChecksum(address))
    },
    waitUntil: async (timestamp) => {
      await request("evm_setNextBlockTimestamp", [`0x${timestamp.toString(16)}`])
      await request("hardhat_mine", ["0x1"])
    },
    now: async () => (await ethers.provider.getBlock("latest"))?.timestamp ?? 0,
    close: async () => {
      await served.close()
      await connection.close()
    },
  }
}

/**
 * Executes what `propose` wrote, as owners without keys can: each approves the hash on chain, then the Safe is
 * told to execute. What is approved is what the file says; what is executed is hashed by the Safe itself.
 */
export async function approveAndExecute(fork: Fork, path: string, owners: readonly Address[]): Promise<void> {
  const file = await readSafeTransaction(path)
  if (file === undefined) throw new AirdropError(`${path} is not there`, { code: "file-missing" })
  const { safe, transaction } = file
  const data = SAFE.encodeFunctionData("approveHash", [safeHashes(safe, transaction).safe])
  for (const owner of owners) {
    await (await (await fork.as(owner)).sendTransaction({ to: safe.address, data })).wait()
  }
  const [first] = owners
  if (first === undefined) throw new AirdropError("nobody approves", { code: "refused" })
  await executeSafeTransaction(safe, transaction, owners.map(approvedHashSignature), await fork.as(first))
}
