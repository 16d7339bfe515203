/** Sends the transactions that record a program's lists. */
import type { JsonRpcApiProvider, Signer } from "ethers"
import { recordCall } from "../../core/contract/list-recorder.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { sendUntilSettled, type SendOptions } from "../../io/transactions/send.ts"
import type { SendRequest } from "../../io/transactions/send-machine.ts"
import type { RecordingPart } from "./plan-recording.ts"

export interface RecordingJob {
  readonly signer: Signer
  readonly provider: JsonRpcApiProvider
  /** The call that creates the recorder, if it is not deployed yet. */
  readonly creation: Call | undefined
  readonly parts: readonly RecordingPart[]
  readonly send: SendOptions
  readonly onRecorded: (part: RecordingPart, transaction: string) => void
}

/**
 * Creates the recorder where it is missing, and records the parts one after the other.
 * @throws AirdropError if a transaction fails; what was recorded before stays, and the next run goes on after it
 */
export async function recordLists(job: RecordingJob): Promise<void> {
  const { creation, parts, onRecorded } = job
  if (creation !== undefined) await sendCall(job, creation, "the recorder is created")
  for (const part of parts) {
    const what = `part ${part.number} is recorded`
    onRecorded(part, await sendCall(job, recordCall(part.root, part), what))
  }
}

async function sendCall({ signer, provider, send }: RecordingJob, call: Call, what: string): Promise<string> {
  const from = await signer.getAddress()
  const prepare = async (margin: number): Promise<SendRequest> => {
    const gas = await provider.estimateGas({ from, to: call.to, data: call.data })
    return { to: call.to, data: call.data, gasLimit: (gas * BigInt(100 + margin)) / 100n }
  }
  const outcome = await sendUntilSettled({ signer, provider, prepare }, send)
  if (outcome.kind === "mined") return outcome.receipt.hash
  const why =
    outcome.kind === "reverted"
      ? `transaction ${outcome.receipt.hash} failed`
      : outcome.kind === "too-large"
        ? `the node rejects it: ${outcome.why}`
        : "another transaction of this account took its nonce"
  throw new AirdropError(`it is not known that ${what}: ${why}`, {
    code: "unsettled",
    hint: "Run the same command again: it goes on where this one ended.",
  })
}
