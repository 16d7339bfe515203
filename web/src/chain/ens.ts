/** Looks up an ENS name (ENSIP-1) through the RPC of Ethereum that the user has entered. */
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { concatBytes, toHex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "../keccak.ts"
import { RpcRefused, type Rpc } from "./rpc.ts"
import { view } from "./status.ts"
import { asAddress, callData, wordsOf } from "./words.ts"

/** The address of the ENS registry: the same on Ethereum and its test networks. */
const REGISTRY = "0x00000000000c2e074ec69a0dfb2997ba6c7d2e1e"

const encoder = new TextEncoder()

/** Returns the ENS node (namehash) of a name. @throws Error for a name with an empty label */
export function nameHash(name: string): string {
  let node: Uint8Array = new Uint8Array(32)
  for (const label of name.normalize("NFC").toLowerCase().split(".").reverse()) {
    if (label === "") throw new Error(`${name} has an empty label`)
    node = keccak256(concatBytes([node, keccak256(encoder.encode(label))]))
  }
  return toHex(node)
}

/** Returns the address that a name's own resolver gives, or undefined. @throws RpcUnreachable */
export async function resolveName(rpc: Rpc, name: string): Promise<Address | undefined> {
  const node = nameHash(name)
  const ask = async (to: string, signature: string): Promise<Address | undefined> => {
    const { params } = view(to, callData(signature, node))
    const answer = await rpc.send("eth_call", ...params).catch((error: unknown) => {
      if (error instanceof RpcRefused && error.isRevert) return undefined
      throw error
    })
    const word = wordsOf(answer, 1)?.[0]
    return word === undefined || word === 0n ? undefined : asAddress(word)
  }
  const resolver = await ask(REGISTRY, "resolver(bytes32)")
  return resolver === undefined ? undefined : await ask(resolver, "addr(bytes32)")
}
