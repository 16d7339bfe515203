import type { JSX } from "preact"
import { useCallback, useEffect, useMemo, useState } from "preact/hooks"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { resolveName } from "../chain/ens.ts"
import { createRpc, type Rpc } from "../chain/rpc.ts"
import { readAccount, readContract } from "../chain/status.ts"
import { disagreements } from "../claim/disagreements.ts"
import { keptSent } from "../claim/follow.ts"
import { standingOf } from "../claim/standing.ts"
import { dueOfFile, openPublication } from "../data/publication.ts"
import { webSource, type DataSource } from "../data/source.ts"
import { applyTheme, chosenRpc, isOnDisk, nameRpc, readTheme, spareRpc, writeSetting } from "../settings.ts"
import type { Language } from "../text/language.ts"
import { loadLanguage } from "../text/load.ts"
import { Absent } from "./absent.tsx"
import { Claim } from "./claim.tsx"
import { Page } from "./context.ts"
import { Header } from "./header.tsx"
import { Home } from "./home.tsx"
import { Lookup } from "./lookup.tsx"
import { Result } from "./result.tsx"
import { Trust, type Verdict, type Verdicts } from "./trust.tsx"
import { useAsync, valueOf } from "./use-async.ts"
import { useClaim } from "./use-claim.ts"
import { useHash } from "./use-hash.ts"
import { useLater } from "./use-later.ts"
import { faultOf, NameProblem, useLookup } from "./use-lookup.ts"
import { useWallets } from "./use-wallets.ts"
import { Wallets } from "./wallets.tsx"
import { isMishap, Warnings, type Warning } from "./warnings.tsx"
import { Why } from "./why.tsx"

/** Shows the whole page: the state of chain, files and the looked-up address, and the parts that present it. */
export function App({ config, initial }: { config: PageConfig; initial: Language }): JSX.Element {
  const [language, setLanguage] = useState(initial)
  const [theme, setTheme] = useState(readTheme)
  const [source, setSource] = useState<DataSource | undefined>(() =>
    isOnDisk() ? undefined : webSource(new URL("data/", document.baseURI).href),
  )
  const [checkingAll, setCheckingAll] = useState(false)
  const rpc = useMemo(() => createRpc(chosenRpc(config), spareRpc(config)), [config])
  const wallets = useWallets(config.safeOrigins)
  const resumed = useMemo(() => keptSent(config.contract), [config])

  const chain = useAsync(async () => await readContract(rpc, config), [rpc])
  const files = useAsync(source && (async () => await openPublication(source, config)), [source])
  const publication = valueOf(files.result)
  const lookup = useLookup(publication, {
    rpc,
    chainId: config.chainId,
    resolveName: useNames(config, rpc),
  })
  const hash = useHash((subject) => {
    lookup.look(subject === "" && resumed !== undefined ? resumed.account : subject)
  })
  const inSafe = wallets.connected?.wallet.id === "safe-app" ? wallets.connected.account : undefined
  useEffect(() => {
    if (inSafe !== undefined && hash.subject === "") lookup.look(inSafe)
  }, [inSafe])

  const isAnswered = ["found", "fault", "malformed"].includes(lookup.state.at)
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
  const down = chain.result.state === "failed" || account.result.state === "failed"
  const claim = useClaim(chain.again, rpc, resumed)
  const filesFault = files.result.state === "failed" ? faultOf(files.result.error, undefined) : undefined
  const warnings: Warning[] = [
    ...problems.map((key) => ({ key, values: {} })),
    ...(filesFault === undefined ? [] : [{ key: filesFault.key, values: { detail: filesFault.detail } }]),
    ...(lookup.state.at === "fault"
      ? [{ key: lookup.state.key, values: { detail: lookup.state.detail } }]
      : []),
  ]
  const findDue =
    warnings.length === 0 && !wallets.framed && status !== undefined ? publication?.findDue : undefined
  const again = (): void => {
    chain.again()
    files.again()
    if (lookup.state.at === "fault" && lookup.state.account !== undefined) lookup.look(lookup.state.account)
  }
  const look = (text: string): void => {
    claim.reset()
    hash.set(text.trim())
    lookup.look(text)
  }
  const standing =
    due === undefined ? undefined : standingOf(due, { view, account: valueOf(account.result), down })
  const isWanted = checkingAll || isOnDisk() || hash.signed !== undefined || files.result.state === "failed"
  const isUnderWay = isAnswered ? standing?.at === "checking" : lookup.state.at !== "none"
  const parts = useLater(isWanted || (isAnswered && !isUnderWay) ? "now" : isUnderWay ? "answering" : "idle")
  const verdicts: Verdicts = {
    contract: contractVerdict(view?.kind, problems.length, down),
    list:
      filesFault === undefined
        ? publication === undefined
          ? "checking"
          : "good"
        : faultVerdict(filesFault.key),
  }
  const showLookup = (
    <Lookup
      key={hash.subject}
      initial={hash.subject}
      busy={
        lookup.state.at === "naming" ||
        (lookup.state.at === "busy" && files.result.state !== "failed" && source !== undefined)
      }
      problem={lookup.state.at === "malformed" ? lookup.state.problem : undefined}
      onLook={look}
    />
  )
  const isHome = due === undefined
  return (
    <Page.Provider value={{ config, language, rpc, wallet: wallets.connected?.wallet.provider }}>
      <Header
        theme={theme}
        wallets={wallets}
        onTheme={(chosen) => {
          writeSetting("theme", chosen)
          applyTheme(chosen)
          setTheme(chosen)
        }}
        onLanguage={(code) => {
          writeSetting("language", code)
          void loadLanguage(code).then(setLanguage)
        }}
        onConnect={() => {
          if (wallets.open) wallets.close()
          else
            wallets.choose(({ account: connected }) => {
              // A user who looks at an address stays there.
              if (isHome && hash.subject === "" && hash.signed === undefined) look(toChecksum(connected))
            })
        }}
        onHome={() => {
          look("")
        }}
      />
      <main>
        <Wallets wallets={wallets} />
        {config.draft && (
          <p class="note" id="draft">
            {language.t("check.draft")}
          </p>
        )}
        {wallets.framed && (
          <p class="note" id="framed">
            {language.t("page.framed")}{" "}
            <a href={location.href} target="_blank" rel="noopener noreferrer">
              {language.t("page.framed.open")}
            </a>
          </p>
        )}
        <Warnings warnings={warnings} onAgain={again} />
        {isOnDisk() && parts !== undefined && (
          <parts.Folder
            onOpen={setSource}
            onProofFile={(text, name) => {
              lookup.show(() => dueOfFile(text, name, config))
            }}
          />
        )}
        {isHome && <Home>{showLookup}</Home>}
        {due !== undefined && isDue && standing !== undefined && (
          <Result
            key={due.account}
            due={due}
            name={found?.name}
            standing={standing}
            status={status}
            claim={claim.state}
          >
            {warnings.length === 0 &&
              !wallets.framed &&
              (standing.at === "ready" || claim.state.at !== "idle") && (
                <Claim due={due} amount={standing.amount} control={claim} wallets={wallets} />
              )}
          </Result>
        )}
        {found !== undefined && !isDue && (
          <Absent
            key={found.due.account}
            due={found.due}
            beneficiary={found.beneficiary}
            reserveCap={status?.reserveCap}
            onLook={look}
            onAnother={() => {
              look("")
            }}
          />
        )}
        {due !== undefined && (isDue || due.derivation !== undefined) && <Why due={due} paid={isDue} />}
        <Trust
          {...verdicts}
          onCheckAll={
            source === undefined
              ? undefined
              : () => {
                  setCheckingAll(true)
                }
          }
        />
        {parts !== undefined && source !== undefined && checkingAll && (
          <parts.CheckAll
            source={source}
            onClose={() => {
              setCheckingAll(false)
            }}
          />
        )}
        {parts !== undefined && <parts.Progress status={status} onRefresh={chain.again} />}
        {!isHome && <div class="card">{showLookup}</div>}
        {parts !== undefined && (
          <>
            <parts.Submit initial={hash.signed} wallets={wallets} findDue={findDue} onDone={chain.again} />
            <parts.Checks {...verdicts} />
            <parts.Connection
              trouble={view?.kind === "otherChain" ? { otherChain: view.chainId } : down ? "down" : undefined}
              onRetry={() => {
                chain.again()
                account.again()
              }}
            />
          </>
        )}
      </main>
    </Page.Provider>
  )
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

function faultVerdict(key: Warning["key"]): Verdict {
  return isMishap(key) ? "unknown" : "bad"
}
