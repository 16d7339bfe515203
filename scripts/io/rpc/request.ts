/** Sends one JSON-RPC request. */

import type { Provider } from "ethers"

export type Request = (method: string, params?: readonly unknown[]) => Promise<unknown>

/** A provider that also takes raw requests, like those of Hardhat and ethers. */
export type RpcProvider = Provider & { send(method: string, params: unknown[]): Promise<unknown> }
