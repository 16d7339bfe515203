/**
 * Reads the state of one block: by the block's hash if the provider takes one (EIP-1898), otherwise by its number.
 */
import type { VerifiedHeader } from "../../core/ethereum/block-header.ts"
import type { Journal } from "./journal.ts"
import { RpcError } from "./rpc-error.ts"
import type { RpcAnswer } from "./attempts.ts"
import type { RpcClient } from "./client.ts"

/** Reads an answer, or throws if it cannot be right. The answer is then requested again, and never stored. */
export type Accept<T> = (result: unknown) => T

export interface PinnedReader {
  readonly host: string
  readonly block: VerifiedHeader
  /** Methods that did not take a hash and were called with the number. */
  readonly byNumber: ReadonlySet<string>
  /**
   * Calls a method at the block.
   * @param params those before the block, which comes last in every such method
   */
  ask<T>(method: string, params: readonly unknown[], accept: Accept<T>): Promise<T>
  /** Calls one method several times in one request, like {@link ask}. Throws the first error. */
  askAll<T>(
    method: string,
    params: readonly (readonly unknown[])[],
    accept: (result: unknown, index: number) => T,
  ): Promise<readonly T[]>
}

/** The number of attempts if an answer cannot be right. Several nodes may share one address. */
const ATTEMPTS = 5
const PAUSE = 100

export function pinTo(rpc: RpcClient, block: VerifiedHeader, journal: Journal): PinnedReader {
  const byNumber = new Set<string>()
  const byHash = new Set<string>()
  const tagFor = (method: string): unknown =>
    byNumber.has(method) ? `0x${block.number.toString(16)}` : { blockHash: block.hash }

  /** Sends with the hash, and again with the number if this method has never taken a hash. */
  const send = async <T>(method: string, run: (tag: unknown) => Promise<T>): Promise<T> => {
    const startedByNumber = byNumber.has(method)
    try {
      const result = await run(tagFor(method))
      if (!byNumber.has(method)) byHash.add(method)
      return result
    } catch (error) {
      if (!isRefusedHash(error) || byHash.has(method) || startedByNumber) throw error
      byNumber.add(method)
      return await run(tagFor(method))
    }
  }
  const keyOf = (method: string, params: readonly unknown[]): string =>
    `${rpc.host} ${method} ${JSON.stringify(params)} ${block.hash}`
  /** Returns the answer of the journal, or asks until an answer is acceptable. */
  const accepted = async <T>(key: string, run: () => Promise<unknown>, accept: Accept<T>): Promise<T> => {
    const known = await journal.get(key)
    if (known !== undefined) return accept(known)
    for (let attempt = 1; ; attempt++) {
      const result = await run()
      try {
        const value = accept(result)
        await journal.put(key, result)
        return value
      } catch (error) {
        if (attempt >= ATTEMPTS) throw error
        await new Promise((resolve) => setTimeout(resolve, PAUSE * 2 ** attempt))
      }
    }
  }
  return {
    host: rpc.host,
    block,
    byNumber,
    ask: async (method, params, accept) =>
      await accepted(
        keyOf(method, params),
        async () => await send(method, async (tag) => await rpc.call(method, [...params, tag])),
        accept,
      ),
    askAll: async (method, params, accept) =>
      await accepted(
        keyOf(method, params),
        async () =>
          await send(method, async (tag) =>
            resultsOf(await rpc.batch(params.map((some) => ({ method, params: [...some, tag] })))),
          ),
        (results) => (results as readonly unknown[]).map(accept),
      ),
  }
}

function resultsOf(answers: readonly RpcAnswer[]): readonly unknown[] {
  return answers.map((answer) => {
    if (!answer.ok) throw answer.error
    return answer.result
  })
}

/** Returns true for a refusal by a provider that knows block numbers only: it calls the parameter invalid. */
function isRefusedHash(error: unknown): boolean {
  return error instanceof RpcError && error.kind === "refused"
}
