import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { dueOfFile } from "../data/publication.ts"
import { applyTheme, isOnDisk, readTheme, writeSetting } from "../settings.ts"
import type { Language } from "../text/language.ts"
import { loadLanguage } from "../text/load.ts"
import { Absent } from "./absent.tsx"
import { Claim } from "./claim.tsx"
import { Page } from "./context.ts"
import { Header } from "./header.tsx"
import { Home } from "./home.tsx"
import { Lookup } from "./lookup.tsx"
import { Result } from "./result.tsx"
import { Trust } from "./trust.tsx"
import { usePageState, type PageState } from "./use-page-state.ts"
import { Warnings } from "./warnings.tsx"
import { Why } from "./why.tsx"

/** Shows the whole page. */
export function App({ config, initial }: { config: PageConfig; initial: Language }): JSX.Element {
  const [language, setLanguage] = useState(initial)
  const [theme, setTheme] = useState(readTheme)
  const page = usePageState(config)
  const { rpc, wallets, hash, look } = page
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
              if (page.found === undefined && hash.subject === "" && hash.signed === undefined)
                look(toChecksum(connected))
            })
        }}
        onHome={() => {
          look("")
        }}
      />
      <main>
        {page.later !== undefined && <page.later.Wallets wallets={wallets} />}
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
        <Warnings warnings={page.warnings} onAgain={page.again} />
        <Parts config={config} page={page} />
      </main>
    </Page.Provider>
  )
}

/** The parts of the page: first the answer, then those that are loaded after it. */
function Parts({ config, page }: { config: PageConfig; page: PageState }): JSX.Element {
  const { wallets, hash, lookup, claim, source, status, found, isDue, standing, verdicts, look } = page
  const isSafe = page.warnings.length === 0 && !wallets.framed
  const { later, checkingAll, setCheckingAll } = page
  const showLookup = (
    <Lookup
      key={hash.subject}
      initial={hash.subject}
      busy={
        lookup.state.at === "naming" ||
        (lookup.state.at === "busy" && !page.isUnreadable && source !== undefined)
      }
      problem={lookup.state.at === "malformed" ? lookup.state.problem : undefined}
      onLook={look}
    />
  )
  return (
    <>
      {isOnDisk() && later !== undefined && (
        <later.Folder
          onOpen={page.setSource}
          onProofFile={(text, name) => {
            lookup.show(() => dueOfFile(text, name, config))
          }}
        />
      )}
      {found === undefined && <Home>{showLookup}</Home>}
      {found !== undefined && isDue && standing !== undefined && (
        <Result
          key={found.due.account}
          due={found.due}
          name={found.name}
          standing={standing}
          status={status}
          claim={claim.state}
        >
          {isSafe && (standing.at === "ready" || claim.state.at !== "idle") && (
            <Claim due={found.due} amount={standing.amount} control={claim} wallets={wallets} later={later} />
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
      {found !== undefined && (isDue || found.due.derivation !== undefined) && (
        <Why due={found.due} paid={isDue} Details={later?.WhyDetails} />
      )}
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
      {later !== undefined && source !== undefined && checkingAll && (
        <later.CheckAll
          source={source}
          onClose={() => {
            setCheckingAll(false)
          }}
        />
      )}
      {later !== undefined && <later.Progress status={status} onRefresh={page.refresh} />}
      {found !== undefined && <div class="card">{showLookup}</div>}
      {later !== undefined && (
        <>
          <later.Submit
            initial={hash.signed}
            wallets={wallets}
            findDue={isSafe && status !== undefined ? page.publication?.findDue : undefined}
            onDone={page.refresh}
          />
          <later.Checks {...verdicts} />
          <later.Connection trouble={troubleOf(page)} onRetry={page.retry} />
        </>
      )}
    </>
  )
}

function troubleOf({ view, isDown }: PageState): { otherChain: number } | "down" | undefined {
  if (view?.kind === "otherChain") return { otherChain: view.chainId }
  return isDown ? "down" : undefined
}
