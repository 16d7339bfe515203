import type { JSX } from "preact"
import { useMemo, useState } from "preact/hooks"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { ContractStatus } from "../chain/status.ts"
import type { Tranche } from "../claim/standing.ts"
import type { Due } from "../data/due.ts"
import { dueOfFile } from "../data/publication.ts"
import { applyTheme, isOnDisk, readTheme, writeSetting } from "../settings.ts"
import type { LaterParts } from "../later/parts.ts"
import type { Language } from "../text/language.ts"
import { loadLanguage } from "../text/load.ts"
import { Absent } from "./absent.tsx"
import { Claim } from "./claim.tsx"
import { Page, usePage } from "./context.ts"
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
    <Page.Provider
      value={{
        config,
        language,
        rpc,
        wallet: wallets.connected?.wallet.provider,
        isSafe: wallets.connected?.wallet.id === "safe-app",
      }}
    >
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
  const { t } = usePage()
  const { hash, lookup, source, status, found, verdicts, look, later } = page
  const search = (
    <Lookup
      key={hash.subject}
      initial={hash.subject}
      isFirst={found === undefined}
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
      {found !== undefined && <Answer page={page} found={found} />}
      {found === undefined && hash.signed === undefined && (
        <Home view={page.view} status={status}>
          {search}
        </Home>
      )}
      {hash.signed !== undefined && later !== undefined && (
        <div class="card folds">
          <SubmitSigned page={page} later={later} />
        </div>
      )}
      <Trust
        {...verdicts}
        Fingerprint={later?.CopyFingerprint}
        onCheckAll={
          source === undefined
            ? undefined
            : () => {
                page.setCheckingAll(true)
              }
        }
      />
      {later !== undefined && source !== undefined && page.checkingAll && (
        <later.CheckAll
          source={source}
          onClose={() => {
            page.setCheckingAll(false)
          }}
        />
      )}
      {later !== undefined && <later.Progress status={status} onRefresh={page.refresh} />}
      {(found !== undefined || later !== undefined) && (
        <div class="card folds">
          {(found !== undefined || hash.signed !== undefined) && (
            <details id="another">
              <summary>
                <h2>{t("absent.lookAnother")}</h2>
              </summary>
              {search}
            </details>
          )}
          {later !== undefined && <More page={page} later={later} />}
        </div>
      )}
    </>
  )
}

/** What was found: the amount and what to do, or why there is none. */
function Answer({ page, found }: { page: PageState; found: Found }): JSX.Element {
  const { wallets, claim, status, isDue, standing, look, later } = page
  const { due, name, beneficiary } = found
  const isClaimable = standing?.at === "ready" || claim.state.at !== "idle"
  const only = standing?.at === "ready" ? standing.only : undefined
  const claimed = useMemo(() => onlyOf(due, only), [due, only])
  const since = useMemo(() => performance.now(), [due])
  return (
    <>
      {isDue && standing !== undefined && (
        <Result
          key={due.account}
          due={due}
          name={name}
          standing={standing}
          status={status}
          claim={claim.state}
          isFollowed={page.followed === due.account}
          onAgain={page.again}
        >
          {later !== undefined && (standing.at === "checking" || standing.at === "unknown") && (
            <later.Reach
              key={standing.at}
              since={standing.at === "checking" ? since : undefined}
              onRetry={page.retry}
            />
          )}
          {isSafe(page) && isClaimable && (
            <Claim due={claimed} amount={standing.amount} control={claim} wallets={wallets} later={later} />
          )}
          {claim.state.at === "idle" && later !== undefined && page.payment !== undefined && (
            <later.Paid due={due} payment={page.payment} />
          )}
          {claim.state.at === "idle" &&
            later !== undefined &&
            page.payment === undefined &&
            standing.at === "paid" && <later.Payments account={due.account} />}
        </Result>
      )}
      {!isDue && (
        <Absent
          key={due.account}
          due={due}
          beneficiary={beneficiary}
          reserveLeft={status && reserveLeft(status)}
          onLook={look}
          onAgain={page.again}
          onAnother={() => {
            look("")
          }}
        />
      )}
      {(isDue || (due.derivation !== undefined && later !== undefined)) && (
        <Why due={due} paid={isDue} Details={later?.WhyDetails} onAgain={page.again} />
      )}
    </>
  )
}

/** Leaves the tranche for which the contract does not hold enough out of a claim. */
function onlyOf(due: Due, only: Tranche | undefined): Due {
  if (only === undefined) return due
  return only === "automatic" ? { ...due, reserve: undefined } : { ...due, automatic: undefined }
}

/** What few visitors need, folded: signed claims of others, the checks one by one, and the RPC. */
function More({ page, later }: { page: PageState; later: LaterParts }): JSX.Element {
  return (
    <>
      {page.hash.signed === undefined && <SubmitSigned page={page} later={later} />}
      <later.SignStatement program={page.publication?.automatic.program} wallets={page.wallets} />
      <later.Checks {...page.verdicts} />
      <later.Connection trouble={troubleOf(page)} onRetry={page.retry} />
    </>
  )
}

/** Returns what the reserve can still grant. After the deadline the owner may have taken everything back. */
function reserveLeft({ reserveCap, reservePaid, balance, now, sweepTime }: ContractStatus): bigint {
  return now >= sweepTime && balance === 0n ? 0n : reserveCap - reservePaid
}

function SubmitSigned({ page, later }: { page: PageState; later: LaterParts }): JSX.Element {
  return (
    <later.Submit
      initial={page.hash.signed}
      wallets={page.wallets}
      findDue={isSafe(page) && page.status !== undefined ? page.publication?.findDue : undefined}
      onDone={page.refresh}
    />
  )
}

type Found = NonNullable<PageState["found"]>

function isSafe({ warnings, wallets }: PageState): boolean {
  return warnings.length === 0 && !wallets.framed
}

function troubleOf({ view, isDown, isDue }: PageState): { otherChain: number } | "down" | undefined {
  if (view?.kind === "otherChain") return { otherChain: view.chainId }
  // Beside an amount it is said already.
  return isDown && !isDue ? "down" : undefined
}
