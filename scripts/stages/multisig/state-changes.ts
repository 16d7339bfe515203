/** Reads the changes of a transaction, account by account, from the node's own trace. */
import { z } from "zod"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { RpcProvider } from "../../io/rpc/request.ts"

export interface AccountChange {
  readonly address: Address
  /** Bytes of code newly deployed at an address without code. */
  readonly created: number | undefined
  /** Wei. */
  readonly balance: Change<bigint> | undefined
  readonly slots: readonly (Change<string> & { readonly slot: string })[]
}

export interface Change<Value> {
  readonly before: Value
  readonly after: Value
}

const account = z.looseObject({
  balance: z.string().optional(),
  code: z.string().optional(),
  storage: z.record(z.string(), z.string()).optional(),
})
const TRACE = z.looseObject({
  pre: z.record(z.string(), account),
  post: z.record(z.string(), account),
})

const ZERO_WORD = `0x${"0".repeat(64)}`

/** Reads the difference that a mined transaction made. */
export async function stateChanges(provider: RpcProvider, transaction: string): Promise<AccountChange[]> {
  const answer = await provider.send("debug_traceTransaction", [
    transaction,
    { tracer: "prestateTracer", tracerConfig: { diffMode: true } },
  ])
  const trace = TRACE.safeParse(answer)
  if (!trace.success)
    throw new AirdropError("the node's trace does not show what changed", { code: "rpc-answer" })
  const { pre, post } = trace.data
  const addresses = [...new Set([...Object.keys(pre), ...Object.keys(post)])].sort()
  return addresses.map((key) => {
    const [before, after] = [pre[key], post[key]]
    const slots = [
      ...new Set([...Object.keys(before?.storage ?? {}), ...Object.keys(after?.storage ?? {})]),
    ].sort()
    const code = before?.code === undefined || before.code === "0x" ? after?.code : undefined
    return {
      address: parseAddress(key.toLowerCase()),
      created: code === undefined || code === "0x" ? undefined : code.length / 2 - 1,
      balance:
        after?.balance === undefined
          ? undefined
          : { before: BigInt(before?.balance ?? 0), after: BigInt(after.balance) },
      slots: slots.map((slot) => ({
        slot,
        before: before?.storage?.[slot] ?? ZERO_WORD,
        after: after?.storage?.[slot] ?? ZERO_WORD,
      })),
    }
  })
}
