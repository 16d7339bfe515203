import { useCallback, useEffect, useRef, useState } from "preact/hooks"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import type { Rpc } from "../chain/rpc.ts"
import { readBeneficiary } from "../chain/vesting.ts"
import { readAddressText } from "../data/address-text.ts"
import type { Due } from "../data/due.ts"
import { PublicationFault } from "../data/fault.ts"
import type { Publication } from "../data/publication.ts"
import { DataUnreachable } from "../data/source.ts"
import type { TextKey } from "../text/en.ts"

export interface LookupProblem {
  readonly key: Extract<TextKey, `look.${string}`>
  /** The part of the text that the message names. */
  readonly found: string
}

export type LookupState =
  | { readonly at: "none" }
  | { readonly at: "busy"; readonly account: Address; readonly name: string | undefined }
  | { readonly at: "naming"; readonly name: string }
  | { readonly at: "malformed"; readonly problem: LookupProblem }
  | {
      readonly at: "fault"
      readonly account: Address | undefined
      readonly key: Extract<TextKey, `check.bad.${string}`>
      readonly detail: string
    }
  | {
      readonly at: "found"
      readonly due: Due
      readonly beneficiary: Address | undefined
      /** The ENS name that led to the address. */
      readonly name: string | undefined
    }

export interface LookupControl {
  readonly state: LookupState
  readonly look: (text: string) => void
  /** Shows a result from another source, such as a proof file that the user opened. */
  readonly show: (due: () => Due) => void
}

/** The sources that a look-up asks besides the published files. */
export interface LookupSources {
  readonly rpc: Rpc
  readonly chainId: number
  /** Resolves a name. @throws Error whose message is a key of the texts */
  readonly resolveName: (name: string) => Promise<Address>
}

/** Looks addresses up. A look-up before the publication is open waits for it. */
export function useLookup(publication: Publication | undefined, sources: LookupSources): LookupControl {
  const { rpc, chainId, resolveName } = sources
  const [state, setState] = useState<LookupState>({ at: "none" })
  const newest = useRef(0)
  const waiting = state.at === "busy" ? state : undefined

  useEffect(() => {
    if (publication === undefined || waiting === undefined) return
    const mine = ++newest.current
    find(publication, rpc, waiting.account, waiting.name).then(
      (found) => {
        if (newest.current === mine) setState(found)
      },
      (error: unknown) => {
        if (newest.current === mine) setState(faultOf(error, waiting.account))
      },
    )
  }, [publication, waiting, rpc])

  const look = useCallback(
    (text: string) => {
      const mine = ++newest.current
      if (text.trim() === "") {
        setState({ at: "none" })
        return
      }
      const read = readAddressText(text, chainId)
      if (read.kind === "address") setState({ at: "busy", account: read.address, name: undefined })
      else if (read.kind === "problem")
        setState({ at: "malformed", problem: { key: read.problem, found: read.found } })
      else {
        setState({ at: "naming", name: read.name })
        resolveName(read.name).then(
          (account) => {
            if (newest.current === mine) setState({ at: "busy", account, name: read.name })
          },
          (error: unknown) => {
            if (newest.current === mine)
              setState({ at: "malformed", problem: { key: nameProblem(error), found: read.name } })
          },
        )
      }
    },
    [chainId, resolveName],
  )
  const show = useCallback((due: () => Due) => {
    newest.current++
    try {
      setState({ at: "found", due: due(), beneficiary: undefined, name: undefined })
    } catch (error) {
      setState(faultOf(error, undefined))
    }
  }, [])
  return { state, look, show }
}

/** Thrown by a name's resolver. */
export class NameProblem extends Error {
  readonly key: Extract<TextKey, `look.name.${string}`>

  constructor(key: Extract<TextKey, `look.name.${string}`>) {
    super(key)
    this.key = key
  }
}

function nameProblem(error: unknown): LookupProblem["key"] {
  return error instanceof NameProblem ? error.key : "look.name.down"
}

async function find(
  publication: Publication,
  rpc: Rpc,
  account: Address,
  name: string | undefined,
): Promise<LookupState> {
  const due = await publication.findDue(account)
  const isAbsent = due.automatic === undefined && due.reserve === undefined
  // If the chain does not answer, the result is what the files say about the address.
  const beneficiary = isAbsent ? await readBeneficiary(rpc, account).catch(() => undefined) : undefined
  return { at: "found", due, beneficiary, name }
}

export function faultOf(error: unknown, account: Address | undefined): Extract<LookupState, { at: "fault" }> {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof PublicationFault) return { at: "fault", account, key: error.key, detail }
  if (error instanceof DataUnreachable) return { at: "fault", account, key: "check.bad.data", detail }
  return { at: "fault", account, key: "check.bad.format", detail }
}
