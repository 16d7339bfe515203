/** Reads the section of one reader. */
import { invariant } from "../../core/primitives/error.ts"
import { fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import type { CallContracts, Reader, ReaderCall, ReadRequest } from "../../core/readers/reader.ts"
import { sessionStaking, type StakingSettings } from "../../core/readers/session-staking.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"
import { multicall } from "../../io/rpc/multicall.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { readStakingNetwork } from "./read-nodes.ts"

/** Calls in the first request. Reading a balance costs some 10,000 gas. Requests that do not fit are halved. */
const CALLS_PER_REQUEST = 500

/** Receives what is being read, and how much of it is done. */
export type OnProgress = (label: string, done: number, total: number) => void

export interface SectionReading {
  readonly reader: Reader<unknown, unknown>
  readonly request: ReadRequest<unknown>
  readonly onProgress: OnProgress
}

/**
 * Reads a section at the reader's block, by the calls of its reader. Session's nodes have a way of their own: it follows
 * their list, however long, in as few requests as the provider takes.
 * @throws AirdropError if the contracts do not answer as the reader expects
 */
export async function readSection(
  rpc: PinnedReader,
  { reader, request, onProgress }: SectionReading,
): Promise<unknown> {
  const progress = (label: string) => (done: number, total: number) => {
    onProgress(label, done, total)
  }
  if (reader.name === sessionStaking.name) {
    const { stakingContract, reviewed } = request.settings as StakingSettings
    return await readStakingNetwork(rpc, { ...request, stakingContract, reviewed }, progress("nodes"))
  }
  invariant(reader.byCalls !== undefined, `the reader ${reader.name} reads by calls`)
  return await reader.byCalls.read(callsAt(rpc, progress(reader.name)), request)
}

/**
 * Makes a reader's calls through Multicall3, in as many requests as the provider needs. A request fails with any of its
 * calls, so that no call seems to revert that only ran out of gas. A call that fails alone has reverted.
 */
function callsAt(rpc: PinnedReader, onProgress: (done: number, total: number) => void): CallContracts {
  return async (calls) => {
    const answers = await askInPieces<ReaderCall, { readonly data: Hex | undefined }>(
      calls,
      async (piece) =>
        await multicall(
          rpc,
          piece.map((call) => ({ ...call, mayFail: false })),
          (all) => all.map(({ data }) => ({ data: toHex(fromHex(data)) })),
        ),
      {
        size: CALLS_PER_REQUEST,
        what: "calls in a request",
        host: rpc.host,
        rescue: (_, error) => (isRevert(error) ? { data: undefined } : undefined),
        onProgress,
      },
    )
    return answers.map(({ data }) => data)
  }
}

function isRevert(error: unknown): boolean {
  return error instanceof RpcError && error.cause instanceof RpcError && error.cause.kind === "reverted"
}
