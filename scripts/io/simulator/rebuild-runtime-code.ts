/** Rebuilds the code of a deployed contract, immutables included, by running its constructor again. */
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"

/** The circumstances of a contract's creation. Its immutables may depend on all of them. */
export interface Creation {
  readonly chainId: number
  readonly address: Address
  /** Time of the block, in seconds since 1970. */
  readonly timestamp: number
  /** Addresses at which the constructor expects code. */
  readonly existing: readonly Address[]
}

/** STOP. */
const SOME_CODE = "0x00"

/**
 * Runs creation code on a fresh simulated chain and returns the deployed code. The creation code runs at the
 * contract's own address, so that it sees the same address, chain and time as at the deployment. No byte is masked
 * out.
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
    throw new AirdropError("the constructor refuses these parameters", { code: "mismatch", cause })
  } finally {
    await connection.close()
  }
}
