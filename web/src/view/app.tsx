import type { JSX } from "preact"
import { useMemo, useState } from "preact/hooks"
import { createRpc } from "../chain/rpc.ts"
import { readAccount, readContract } from "../chain/status.ts"
import { claimStatesOf, payableNow } from "../../../scripts/core/claim/claim-state.ts"
import { disagreements } from "../claim/disagreements.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { dueOfFile, openPublication } from "../data/publication.ts"
import { webSource, type DataSource } from "../data/source.ts"
import { applyTheme, chosenRpc, readTheme, writeSetting } from "../settings.ts"
import type { Language } from "../text/language.ts"
import { loadLanguage } from "../text/load.ts"
import { Absent } from "./absent.tsx"
import { Checks, isOnDisk } from "./checks.tsx"
import { Claim } from "./claim.tsx"
import { Connection } from "./connection.tsx"
import { Page } from "./context.ts"
import { Folder } from "./folder.tsx"
import { Header } from "./header.tsx"
import { Lookup } from "./lookup.tsx"
import { Progress } from "./progress.tsx"
import { Result } from "./result.tsx"
import { Submit } from "./submit.tsx"
import { useAsync, valueOf } from "./use-async.ts"
import { useHash } from "./use-hash.ts"
import { faultOf, useLookup } from "./use-lookup.ts"
import { useWallets } from "./use-wallets.ts"
import { isMishap, Warnings, type Warning } from "./warnings.tsx"

/** The whole page: what is known of chain, files and the looked-up address, and the parts that show it. */
export function App({ config, initial }: { config: PageConfig; initial: Language }): JSX.Element {
  const [language, setLanguage] = useState(initial)
  const [theme, setTheme] = useState(readTheme)
  const [source, setSource] = useState<DataSource | undefined>(() =>
    isOnDisk() ? undefined : webSource(new URL("data/", document.baseURI).href),
  )
  const rpc = useMemo(() => createRpc(chosenRpc(config)), [config])
  const wallets = useWallets()

  const chain = useAsync(async () => await readContract(rpc, config), [rpc])
  const files = useAsync(source && (async () => await openPublication(source, config)), [source])
  const publication = valueOf(files.result)
  const lookup = useLookup(publication, rpc)
  const hash = useHash((address) => {
    lookup.look(address)
  })

  const view = valueOf(chain.result)
  const problems = view === undefined ? [] : disagreements(config, view)
  const status = view?.kind === "contract" && problems.length === 0 ? view.status : undefined
  const due = lookup.state.at === "found" ? lookup.state.due : undefined
  const isDue = due?.automatic !== undefined || due?.reserve !== undefined
  const account = useAsync(
    isDue && status !== undefined
      ? async () => await readAccount(rpc, config.contract, due.account, due.automatic?.index)
      : undefined,
    [due, status],
  )
  const chainDown = chain.result.state === "failed" || account.result.state === "failed"
  const accountStatus = valueOf(account.result)
  const known = accountStatus && status ? { account: accountStatus, status } : undefined
  const filesFault = files.result.state === "failed" ? faultOf(files.result.error, undefined) : undefined
  const filesAgree =
    filesFault === undefined ? publication && true : isMishap(filesFault.key) ? undefined : false
  const warnings: Warning[] = [
    ...problems.map((key) => ({
      key,
      values: { chain: view?.kind === "otherChain" ? String(view.chainId) : "" },
    })),
    ...(filesFault === undefined ? [] : [{ key: filesFault.key, values: { detail: filesFault.detail } }]),
    ...(lookup.state.at === "fault"
      ? [{ key: lookup.state.key, values: { detail: lookup.state.detail } }]
      : []),
  ]
  const findDue = warnings.length === 0 && status !== undefined ? publication?.findDue : undefined
  const again = (): void => {
    chain.again()
    files.again()
    if (lookup.state.at === "fault" && lookup.state.account !== undefined) lookup.look(lookup.state.account)
  }
  const look = (text: string): void => {
    hash.set(text)
    lookup.look(text)
  }
  return (
    <Page.Provider value={{ config, language, rpc }}>
      <Header
        theme={theme}
        onTheme={(chosen) => {
          writeSetting("theme", chosen)
          applyTheme(chosen)
          setTheme(chosen)
        }}
        onLanguage={(code) => {
          writeSetting("language", code)
          void loadLanguage(code).then(setLanguage)
        }}
      />
      <main>
        {config.draft && (
          <p class="note" id="draft">
            {language.t("check.draft")}
          </p>
        )}
        <Warnings warnings={warnings} onAgain={again} />
        {isOnDisk() && (
          <Folder
            onOpen={setSource}
            onProofFile={(text, name) => {
              lookup.show(() => dueOfFile(text, name, config))
            }}
          />
        )}
        <Lookup
          initial={hash.address}
          busy={lookup.state.at === "busy" && files.result.state !== "failed" && source !== undefined}
          problem={lookup.state.at === "malformed" ? lookup.state.problem : undefined}
          onLook={look}
        />
        {due !== undefined && isDue && <Result key={due.account} due={due} chain={known} />}
        {lookup.state.at === "found" && !isDue && (
          <Absent
            key={lookup.state.due.account}
            due={lookup.state.due}
            beneficiary={lookup.state.beneficiary}
            reserveCap={status?.reserveCap}
            onLook={look}
          />
        )}
        {due !== undefined && known !== undefined && warnings.length === 0 && (
          <Claim
            key={`claim-${due.account}`}
            due={due}
            claimable={payableNow(claimStatesOf(due, known.account, known.status))}
            wallets={wallets}
            onDone={chain.again}
          />
        )}
        <Submit initial={hash.signed} wallets={wallets} findDue={findDue} onDone={chain.again} />
        <Progress status={status} />
        <Checks
          chainAgrees={view === undefined ? undefined : problems.length === 0}
          chainDown={chainDown}
          filesAgree={filesAgree}
        />
      </main>
      <Connection down={chainDown} onRetry={chain.again} />
    </Page.Provider>
  )
}
