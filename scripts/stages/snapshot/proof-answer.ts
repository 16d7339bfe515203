/** Reads an answer of eth_getProof, and refuses one that is not of the block that was asked about. */
import { z } from "zod"
import type { Address } from "../../core/primitives/address.ts"
import { fromHex, toHex } from "../../core/primitives/bytes.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

export interface ProofAnswer {
  /** Trie nodes as 0x-hex, repetitions among them. */
  readonly nodes: readonly string[]
  readonly codeHash: string
  /** In the order of the slots that were asked for. */
  readonly values: readonly bigint[]
}

const hex = z.string().regex(/^0x[0-9a-fA-F]*$/)
const answerSchema = z.object({
  accountProof: z.array(hex),
  codeHash: hex,
  storageProof: z.array(z.object({ key: hex, value: hex, proof: z.array(hex) })),
})

/** The code hash that providers give for an account that is not there: of no code, or zero. */
const NO_HASH = `0x${"0".repeat(64)}`
const EMPTY_CODE = toHex(keccak256(new Uint8Array()))

/** @throws RpcError if the answer is not a proof of these slots under the block's state root */
export function readProof(
  { host, block }: PinnedReader,
  address: Address,
  slots: readonly bigint[],
  answer: unknown,
): ProofAnswer {
  const parsed = answerSchema.safeParse(answer)
  if (!parsed.success) throw new RpcError("bad-answer", host, `an answer that is no proof of ${address}`)
  const { accountProof, storageProof, codeHash } = parsed.data
  const [root] = accountProof
  if (root === undefined || toHex(keccak256(fromHex(root))) !== block.stateRoot) {
    throw new RpcError("bad-answer", host, `a proof of ${address} that is not of block ${block.number}`)
  }
  const values = slots.map((slot, i) => {
    const found = storageProof[i]
    if (found === undefined || BigInt(found.key) !== slot) {
      throw new RpcError("bad-answer", host, `a proof of other slots of ${address} than were asked for`)
    }
    return BigInt(found.value === "0x" ? "0x0" : found.value)
  })
  const nodes = [...accountProof, ...storageProof.flatMap(({ proof }) => proof)].map((node) =>
    node.toLowerCase(),
  )
  return { nodes, codeHash: codeHash === NO_HASH ? EMPTY_CODE : codeHash.toLowerCase(), values }
}
