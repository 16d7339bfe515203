/** Rebuilds the code that a deployed contract must have, immutables and all, by running its constructor again. */
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"

/** Where and when a contract was created: its immutables can depend on all of it. */
export interface Creation {
  readonly chainId: number
  readonly address: Address
  /** Seconds since 1970, of the block. */
  readonly timestamp: number
  /** Addresses that the constructor expects code at. */
  readonly existing: readonly Address[]
}

/** STOP: the least code there is. */
const SOME_CODE = "0x00"

/**
 * Runs creation code on a fresh simulated chain, standing at the contract's own address as if it were its code, so
 * that it sees the same address, chain and time as it did then, and returns what it answers: the deployed code.
 * Nothing is masked out, so a comparison with the chain covers every byte.
 * @param code creation code with constructor arguments
 */
export async function rebuildRuntimeCode(code: Hex, creation: Creation): Promise<Hex> {
  const { default: hre } = await import("hardhat")
  const connection = await hre.network.create({
    network: "embedded",
    override: { chainId: creation.chainId, initialDate: new Date((creation.timestamp - 1) * 1000) },
  })
  const request = async (method: string, params: unknown[]): Promise<unknown> =>
    (await connection.provider.request({ method, params })) as unknown
  try {
    for (const address of creation.existing) await request("hardhat_setCode", [address, SOME_CODE])
    await request("hardhat_setCode", [creation.address, code])
    await request("evm_setNextBlockTimestamp", [creation.timestamp])
    await request("hardhat_mine", ["0x1"])
    return (await request("eth_call", [{ to: creation.address, data: "0x" }, "latest"])) as Hex
  } catch (cause) {
    throw new AirdropError("the constructor refuses these parameters", { exit: 1, cause })
  } finally {
    await connection.close()
  }
}
