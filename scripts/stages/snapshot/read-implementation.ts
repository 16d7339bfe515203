import type { Address } from "../../core/primitives/address.ts"
import { wordHex } from "../../core/primitives/words.ts"
import { IMPLEMENTATION_SLOT, implementationOf } from "../../core/ethereum/proxy.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

/**
 * Reads which code runs behind a contract.
 * @throws AirdropError if a proxy's slot does not hold an address
 */
export async function readImplementation(reader: PinnedReader, contract: Address): Promise<Address> {
  const word = await reader.ask("eth_getStorageAt", [contract, wordHex(IMPLEMENTATION_SLOT)], (answer) => {
    if (typeof answer === "string" && /^0x[0-9a-f]{1,64}$/i.test(answer)) return BigInt(answer)
    throw new RpcError("bad-answer", reader.host, `an answer that is not a word of storage of ${contract}`)
  })
  return implementationOf(contract, word)
}
