import { useCallback, useEffect, useRef, useState } from "preact/hooks"
import { parseAddress, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Rpc } from "../chain/rpc.ts"
import { readBeneficiary } from "../chain/vesting.ts"
import type { Due } from "../data/due.ts"
import { PublicationFault } from "../data/fault.ts"
import type { Publication } from "../data/publication.ts"
import { DataUnreachable } from "../data/source.ts"
import { isAddressText } from "../data/text.ts"
import type { TextKey } from "../text/en.ts"

export type LookupState =
  | { readonly at: "none" }
  | { readonly at: "busy"; readonly account: Address }
  | { readonly at: "malformed"; readonly text: string; readonly problem: TextKey }
  | {
      readonly at: "fault"
      readonly account: Address | undefined
      readonly key: TextKey
      readonly detail: string
    }
  | { readonly at: "found"; readonly due: Due; readonly beneficiary: Address | undefined }

export interface LookupControl {
  readonly state: LookupState
  readonly look: (text: string) => void
  /** Shows what was found by other means, such as a proof file opened by hand. */
  readonly show: (due: () => Due) => void
}

/** Looks addresses up; one that comes before the publication is open waits for it. */
export function useLookup(publication: Publication | undefined, rpc: Rpc): LookupControl {
  const [state, setState] = useState<LookupState>({ at: "none" })
  const newest = useRef(0)
  const waiting = state.at === "busy" ? state.account : undefined

  useEffect(() => {
    if (publication === undefined || waiting === undefined) return
    const mine = ++newest.current
    find(publication, rpc, waiting).then(
      (found) => {
        if (newest.current === mine) setState(found)
      },
      (error: unknown) => {
        if (newest.current === mine) setState(faultOf(error, waiting))
      },
    )
  }, [publication, waiting, rpc])

  const look = useCallback((text: string) => {
    newest.current++
    setState(readAddress(text))
  }, [])
  const show = useCallback((due: () => Due) => {
    newest.current++
    try {
      setState({ at: "found", due: due(), beneficiary: undefined })
    } catch (error) {
      setState(faultOf(error, undefined))
    }
  }, [])
  return { state, look, show }
}

async function find(publication: Publication, rpc: Rpc, account: Address): Promise<LookupState> {
  const due = await publication.findDue(account)
  const isAbsent = due.automatic === undefined && due.reserve === undefined
  // Without an answer of the chain the address is shown as what the files say it is.
  const beneficiary = isAbsent ? await readBeneficiary(rpc, account).catch(() => undefined) : undefined
  return { at: "found", due, beneficiary }
}

function readAddress(text: string): LookupState {
  if (!isAddressText(text)) return { at: "malformed", text, problem: "look.malformed" }
  try {
    return { at: "busy", account: parseAddress(text) }
  } catch {
    return { at: "malformed", text, problem: "look.checksum" }
  }
}

export function faultOf(error: unknown, account: Address | undefined): Extract<LookupState, { at: "fault" }> {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof PublicationFault) return { at: "fault", account, key: error.key, detail }
  if (error instanceof DataUnreachable) return { at: "fault", account, key: "check.bad.data", detail }
  return { at: "fault", account, key: "check.bad.format", detail }
}
