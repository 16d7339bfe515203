import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { resolveName } from "../chain/ens.ts"
import { createRpc, type Rpc } from "../chain/rpc.ts"
import { readAccount, readContract, type ChainView, type ContractStatus } from "../chain/status.ts"
import { readAddressText } from "../data/address-text.ts"
import { disagreements } from "../claim/disagreements.ts"
import { isBusy } from "../claim/machine.ts"
import { keptPaid, keptSent } from "../claim/kept.ts"
import type { Payment } from "../claim/sent.ts"
import { standingOf, type Standing } from "../claim/standing.ts"
import { openPublication, type Publication } from "../data/publication.ts"
import { webSource, type DataSource } from "../data/source.ts"
import type { LaterParts } from "../later/parts.ts"
import { chosenRpc, isOnDisk, nameRpc, spareRpc } from "../settings.ts"
import type { Verdict, Verdicts } from "./trust.tsx"
import { useAsync, valueOf } from "./use-async.ts"
import { useClaim, type ClaimControl } from "./use-claim.ts"
import { useHash, type HashControl } from "./use-hash.ts"
import { useLater } from "./use-later.ts"
import { faultOf, NameProblem, useLookup, type LookupControl, type LookupState } from "./use-lookup.ts"
import { useWallets, type WalletsState } from "./use-wallets.ts"
import { isMishap, type Warning } from "./warnings.tsx"

/** What the page knows, and what can be done with it. */
export interface PageState {
  readonly rpc: Rpc
  readonly wallets: WalletsState
  readonly hash: HashControl
  readonly lookup: LookupControl
  readonly claim: ClaimControl
  /** The folder of the published files; undefined until one is chosen in a page that was opened from a disk. */
  readonly source: DataSource | undefined
  readonly setSource: (source: DataSource) => void
  readonly publication: Publication | undefined
  /** What the chain says of the contract; undefined until it answers. */
  readonly view: ChainView | undefined
  /** The contract's status, where the contract is the one of the page. */
  readonly status: ContractStatus | undefined
  readonly found: Extract<LookupState, { at: "found" }> | undefined
  /** Whether something is due to the account that was found. */
  readonly isDue: boolean
  readonly standing: Standing | undefined
  /** The payment to the account that this tab has seen. */
  readonly payment: Payment | undefined
  readonly warnings: readonly Warning[]
  readonly verdicts: Verdicts
  /** The account to which the wallet has changed and the page with it. */
  readonly followed: Address | undefined
  /** Whether the RPC does not answer. */
  readonly isDown: boolean
  /** Whether the files cannot be read. */
  readonly isUnreadable: boolean
  /** The parts that the first answer does not need; undefined until they are loaded. */
  readonly later: LaterParts | undefined
  /** Whether the check of everything is open. */
  readonly checkingAll: boolean
  readonly setCheckingAll: (checking: boolean) => void
  /** Looks a text up that the user has typed or pasted, or goes home if it is empty. */
  readonly look: (text: string) => void
  /** Repeats what has failed. */
  readonly again: () => void
  /** Reads the contract anew. */
  readonly refresh: () => void
  /** Reads the contract and the account anew. */
  readonly retry: () => void
}

/** Holds the state of chain, files, wallets and the looked-up address. */
export function usePageState(config: PageConfig): PageState {
  const [source, setSource] = useState<DataSource | undefined>(() =>
    isOnDisk() ? undefined : webSource(new URL("data/", document.baseURI).href),
  )
  const [checkingAll, setCheckingAll] = useState(false)
  const rpc = useMemo(() => createRpc(chosenRpc(config), spareRpc(config)), [config])
  const wallets = useWallets(config.safeOrigins)
  const resumed = useMemo(() => keptSent(config.contract)[0], [config])

  const chain = useAsync(async () => await readContract(rpc, config), [rpc])
  const files = useAsync(source && (async () => await openPublication(source, config)), [source])
  const publication = valueOf(files.result)
  const resolve = useNames(config, rpc)
  const lookup = useLookup(publication, { rpc, chainId: config.chainId, resolveName: resolve })
  const hash = useHash((subject) => {
    lookup.look(subject === "" && resumed !== undefined ? resumed.account : subject)
  })
  const inSafe = wallets.connected?.wallet.id === "safe-app" ? wallets.connected.account : undefined
  useEffect(() => {
    if (inSafe !== undefined && hash.subject === "") lookup.look(inSafe)
  }, [inSafe])

  const view = valueOf(chain.result)
  const problems = view === undefined ? [] : disagreements(config, view)
  const status = view?.kind === "contract" && problems.length === 0 ? view.status : undefined
  const found = lookup.state.at === "found" ? lookup.state : undefined
  const due = found?.due
  const isDue = due?.automatic !== undefined || due?.reserve !== undefined
  const account = useAsync(
    isDue && status !== undefined
      ? async () => await readAccount(rpc, config.contract, due.account, due.automatic?.index)
      : undefined,
    [due, status],
  )
  const isDown = chain.result.state === "failed" || account.result.state === "failed"
  const claim = useClaim(chain.again, rpc, config.contract)
  useEffect(() => {
    claim.turnTo(due?.account)
  }, [due])
  const lastConnected = useRef<Address>()
  const [followed, setFollowed] = useState<Address>()
  useEffect(() => {
    const last = lastConnected.current
    const now = wallets.connected?.account
    lastConnected.current = now
    // Who looks at the wallet's account and changes it there looks at the other one.
    if (last === undefined || now === undefined || last === now || due?.account !== last) return
    if (isBusy(claim.state)) return
    hash.set(toChecksum(now))
    lookup.look(now)
    setFollowed(now)
  }, [wallets.connected?.account])
  const reopenedFor = useRef<string>()
  const faulty = lookup.state.at === "fault" ? lookup.state : undefined
  useEffect(() => {
    // The files were opened anew, and may have what was missing or did not fit.
    if (due !== undefined && due.unread.length > 0) lookup.look(due.account)
    else if (faulty?.account !== undefined) lookup.look(faulty.account)
  }, [publication])
  useEffect(() => {
    // A page that was opened before an update of the reserve has the manifest of before.
    if (faulty?.account === undefined || faulty.key !== "check.bad.reserve") return
    if (reopenedFor.current === faulty.account) return
    reopenedFor.current = faulty.account
    files.again()
  }, [faulty])
  const filesFault = files.result.state === "failed" ? faultOf(files.result.error, undefined) : undefined
  const standing =
    due === undefined
      ? undefined
      : standingOf(due, {
          view,
          account: valueOf(account.result),
          down: isDown,
          disagrees: problems.length > 0,
        })
  const isAnswered = ["found", "fault", "malformed"].includes(lookup.state.at)
  const isUnderWay = isAnswered ? isDue && standing?.at === "checking" : lookup.state.at !== "none"
  const isWanted =
    checkingAll || wallets.open || isOnDisk() || hash.signed !== undefined || filesFault !== undefined
  const later = useLater(isWanted || (isAnswered && !isUnderWay) ? "now" : isUnderWay ? "answering" : "idle")
  return {
    rpc,
    wallets,
    hash,
    lookup,
    claim,
    source,
    setSource,
    publication,
    view,
    status,
    found,
    isDue,
    standing,
    payment:
      due !== undefined && standing?.at === "paid" ? keptPaid(config.contract, due.account) : undefined,
    warnings: [
      ...problems.map((key) => ({ key, values: {} })),
      ...(filesFault === undefined ? [] : [{ key: filesFault.key, values: { detail: filesFault.detail } }]),
      ...(lookup.state.at === "fault"
        ? [{ key: lookup.state.key, values: { detail: lookup.state.detail } }]
        : []),
    ],
    verdicts: {
      contract: contractVerdict(view?.kind, problems.length, isDown),
      list: listVerdict(lookup.state.at === "fault" ? lookup.state.key : filesFault?.key, publication),
    },
    followed,
    isDown,
    isUnreadable: filesFault !== undefined,
    later,
    checkingAll,
    setCheckingAll,
    look: (text) => {
      claim.turnTo(undefined)
      setFollowed(undefined)
      // What is no address stays out of the page's own: it may be a private key that was pasted.
      if (text.trim() === "" || readAddressText(text, config.chainId).kind !== "problem")
        hash.set(text.trim())
      lookup.look(text)
    },
    again: () => {
      chain.again()
      files.again()
      const { state } = lookup
      if (state.at === "fault" && state.account !== undefined) lookup.look(state.account)
    },
    refresh: chain.again,
    retry: () => {
      chain.again()
      account.again()
    },
  }
}

/** Looks names up through the user's RPC of Ethereum, and through no other. */
function useNames(config: PageConfig, rpc: Rpc): (name: string) => Promise<`0x${string}`> {
  return useCallback(
    async (name: string) => {
      const url = nameRpc(config)
      if (url === undefined) throw new NameProblem("look.name.rpc")
      const address = await resolveName(url === rpc.url ? rpc : createRpc(url), name)
      if (address === undefined) throw new NameProblem("look.name.unknown")
      return address
    },
    [config, rpc],
  )
}

function contractVerdict(kind: string | undefined, problems: number, down: boolean): Verdict {
  if (kind === "contract") return problems === 0 ? "good" : "bad"
  return kind === undefined && !down ? "checking" : "unknown"
}

function listVerdict(fault: Warning["key"] | undefined, publication: Publication | undefined): Verdict {
  if (fault !== undefined) return isMishap(fault) ? "unknown" : "bad"
  return publication === undefined ? "checking" : "good"
}
