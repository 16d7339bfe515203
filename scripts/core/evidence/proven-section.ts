/** Reads the section of a reader from proven state: its words of storage, or its calls run over proven code. */
import { toChecksum } from "../primitives/address.ts"
import { toHex } from "../primitives/bytes.ts"
import { AirdropError, invariant } from "../primitives/error.ts"
import type { ProvenState } from "../ethereum/proven-state.ts"
import type { CallView } from "../ethereum/view-call.ts"
import { NotFollowed } from "../ethereum/view-operations.ts"
import type { CallContracts, Reader, ReaderCall } from "../readers/reader.ts"
import type { Snapshot } from "../snapshot/snapshot.ts"

export interface Proving {
  readonly snapshot: Pick<Snapshot, "chainId" | "token">
  readonly state: ProvenState
  readonly call: CallView
  readonly onProgress: (done: number, total: number) => void
}

/**
 * Returns the section as the chain has it.
 * @throws AirdropError if something it depends on is not proven, or a call cannot be followed
 */
export async function provenSection<Section>(
  reader: Reader<unknown, Section>,
  section: Section,
  { snapshot, state, call, onProgress }: Proving,
): Promise<Section> {
  if (reader.byStorage !== undefined) return reader.byStorage.read(state, section, onProgress)
  return await readAgain(reader, section, { snapshot, call: callsOver(call, onProgress) })
}

/** Reads a section anew by its reader's calls, for the settings and accounts that it was read for. */
export async function readAgain<Section>(
  reader: Reader<unknown, Section>,
  section: Section,
  { snapshot, call }: { readonly snapshot: Proving["snapshot"]; readonly call: CallContracts },
): Promise<Section> {
  invariant(reader.byCalls !== undefined, `the reader ${reader.name} reads by calls`)
  const { chainId, token } = snapshot
  const request = { chainId, token: token.address, ...reader.byCalls.again(section) }
  return await reader.byCalls.read(call, request)
}

/** Makes a reader's calls over proven code, one after the other. */
export function callsOver(
  call: CallView,
  onProgress: (done: number, total: number) => void = () => undefined,
): CallContracts {
  return async (calls) => {
    const answers: (`0x${string}` | undefined)[] = []
    for (const one of calls) {
      const { success, data } = await follow(call, one)
      answers.push(success ? toHex(data) : undefined)
      onProgress(answers.length, calls.length)
    }
    return answers
  }
}

async function follow(call: CallView, { to, data }: ReaderCall): ReturnType<CallView> {
  try {
    return await call(to, data)
  } catch (error) {
    if (!(error instanceof NotFollowed)) throw error
    throw new AirdropError(
      `the answer of ${toChecksum(to)} to ${data.slice(0, 10)} does not follow from the proven state: ${error.message}`,
      {
        code: "unresolved",
        cause: error,
        hint: "Take the snapshot without --prove. Its figures then rest on the providers: compare two by giving --rpc twice.",
      },
    )
  }
}
