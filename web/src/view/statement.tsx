import type { JSX } from "preact"
import { useRef, useState } from "preact/hooks"
import { parseAddress, toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Statement, StatementTerms } from "../../../scripts/core/statements/statement.ts"
import { ClaimFailure, failureOf, type Failure } from "../claim/failure.ts"
import type { WalletDigest } from "../claim/machine.ts"
import { isAddressText } from "../data/text.ts"
import { loadStatementCode } from "../statement/code-types.ts"
import { signingAccountOf, signTerms } from "../statement/sign.ts"
import { shortAddress, timeText } from "../text/format.ts"
import { Address as AddressView } from "./address.tsx"
import { usePage } from "./context.ts"
import { Digests } from "./digests.tsx"
import { Recipient } from "./recipient.tsx"
import { Deadline } from "./sign-terms.tsx"
import { StatementOutput } from "./statement-output.tsx"
import { useConnected } from "./use-connected.ts"
import type { Connected, WalletsState } from "./use-wallets.ts"

type Kind = "link" | "redirect" | "consent"

type SigningState =
  | { readonly at: "idle" }
  | { readonly at: "signing"; readonly digests: readonly WalletDigest[] }
  | { readonly at: "failed"; readonly failure: Failure }
  | { readonly at: "signed"; readonly text: string; readonly statement: Statement }

const DAY_MS = 86_400_000

interface SignStatementProps {
  /** The program's name in signatures; undefined until the published files are read. */
  readonly program: string | undefined
  readonly wallets: WalletsState
}

/**
 * Signs that two addresses belong to one person, or that an amount is to be paid elsewhere. The result is a file for the
 * team; no server takes part. Before the list is final a redirect changes it; afterwards a signed claim does the same.
 */
export function SignStatement({ program, wallets }: SignStatementProps): JSX.Element {
  const { t, config, rpc } = usePage()
  const kinds: readonly Kind[] = config.draft ? ["link", "redirect", "consent"] : ["link", "consent"]
  const [kind, setKind] = useState<Kind>("link")
  const [fromText, setFromText] = useState("")
  const [to, setTo] = useState<Address>()
  const [days, setDays] = useState(30)
  const [isPlain, setPlain] = useState(false)
  const [earlier, setEarlier] = useState<Statement>()
  const [state, setState] = useState<SigningState>({ at: "idle" })
  const abort = useRef(new AbortController())
  const own = wallets.connected?.account
  const typed = fromText.trim()
  const from = typed === "" ? own : readAddress(typed)
  const isFromBad = typed !== "" && from === undefined
  const isReady = kind === "consent" ? earlier !== undefined : to !== undefined && !isFromBad

  const stop = (): void => {
    abort.current.abort()
    abort.current = new AbortController()
    setState({ at: "idle" })
  }
  const choose = (chosen: Kind): void => {
    stop()
    setKind(chosen)
  }
  const sign = async ({ wallet, account }: Connected): Promise<void> => {
    const { signal } = abort.current
    const terms = kind === "consent" ? earlier : newTerms(kind, typed === "" ? account : from)
    if (terms === undefined) return
    setState({ at: "signing", digests: [] })
    try {
      const signer = kind === "consent" ? terms.to : await signingAccountOf(rpc, terms.from)
      if (signer !== account) throw new ClaimFailure("wrongAccount", shortAddress(toChecksum(signer)))
      const signature = await signTerms(terms, {
        ...{ config, rpc, wallet: wallet.provider, account, isPlain, signal },
        onDigests: (digests) => {
          setState({ at: "signing", digests })
        },
      })
      if (signal.aborted) return
      const statement: Statement =
        kind === "consent" && earlier !== undefined
          ? { ...earlier, consent: signature }
          : { ...terms, ...signature, consent: undefined }
      const { format } = await loadStatementCode()
      setState({ at: "signed", text: `${format(statement)}\n`, statement })
    } catch (error) {
      if (!signal.aborted) setState({ at: "failed", failure: failureOf(error) })
    }
  }
  const newTerms = (chosen: "link" | "redirect", signed: Address | undefined): StatementTerms | undefined => {
    if (program === undefined || signed === undefined || to === undefined) return undefined
    // Whole seconds: a signature holds no fractions of one.
    const deadline = new Date(1000 * Math.floor((Date.now() + days * DAY_MS) / 1000))
    return { kind: chosen, program, chainId: config.chainId, from: signed, to, deadline }
  }
  const asked = `${kind} ${typed} ${to ?? ""} ${days} ${isPlain}`
  const connectFirst = useConnected(wallets, asked, (connected) => {
    void sign(connected)
  })
  const start = (): void => {
    if (wallets.connected === undefined) connectFirst()
    else void sign(wallets.connected)
  }
  const isBusy = state.at === "signing"
  return (
    <details id="statement">
      <summary>
        <h2>{t("statement.title")}</h2>
      </summary>
      <p>{t(config.draft ? "statement.draft" : "statement.final")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <fieldset disabled={isBusy}>
          <legend class="unseen">{t("statement.title")}</legend>
          {kinds.map((name) => (
            <label key={name} class="way">
              <input
                type="radio"
                name="statement"
                value={name}
                checked={kind === name}
                onChange={() => {
                  choose(name)
                }}
              />
              <span>
                <strong>{t(`statement.${name}`)}</strong>
                <span class="hint">{t(`statement.${name}.hint`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {kind === "consent" ? (
          <LinkFile
            program={program}
            statement={earlier}
            onRead={(read) => {
              stop()
              setEarlier(read)
            }}
          />
        ) : (
          <fieldset disabled={isBusy} class="wide">
            <label for="statement-from">{t(`statement.${kind}.from`)}</label>
            <input
              id="statement-from"
              type="text"
              dir="ltr"
              value={fromText}
              placeholder={own === undefined ? "0x…" : toChecksum(own)}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-invalid={isFromBad}
              aria-describedby="statement-from-hint"
              onInput={({ currentTarget }) => {
                stop()
                setFromText(currentTarget.value)
              }}
            />
            <p id="statement-from-hint" class={isFromBad ? "problem" : "hint"}>
              {t(isFromBad ? "look.malformed" : "statement.from.hint")}
            </p>
            <Recipient
              key={kind}
              id="statement-to"
              label={t(`statement.${kind}.to`)}
              account={from}
              onChange={(chosen) => {
                stop()
                setTo(chosen)
              }}
            />
            <Deadline id="statement-deadline" days={days} onDays={setDays} />
          </fieldset>
        )}
        <label class="check">
          <input
            id="statement-plain"
            type="checkbox"
            checked={isPlain}
            disabled={isBusy}
            onChange={({ currentTarget }) => {
              setPlain(currentTarget.checked)
            }}
          />
          <span>{t("statement.plain")}</span>
        </label>
        {!isBusy && state.at !== "signed" && (
          <button id="statement-sign" class="wide" type="submit" disabled={!isReady || program === undefined}>
            {t("statement.sign")}
          </button>
        )}
      </form>
      {state.at === "signing" && (
        <div class="steps">
          <p class="status" role="status">
            {t("claim.now.signing")}
          </p>
          {state.digests.length > 0 && <Digests of={state.digests} />}
          <button type="button" onClick={stop}>
            {t("common.cancel")}
          </button>
        </div>
      )}
      {state.at === "failed" && <Trouble failure={state.failure} />}
      {state.at === "signed" && <StatementOutput text={state.text} statement={state.statement} />}
    </details>
  )
}

function readAddress(text: string): Address | undefined {
  try {
    return isAddressText(text) ? parseAddress(text) : undefined
  } catch {
    return undefined
  }
}

function Trouble({ failure }: { failure: Failure }): JSX.Element {
  const { t, config, rpc } = usePage()
  const values = { chain: config.chainName, currency: config.currency, rpc: rpc.url }
  return (
    <div class="trouble" role="alert" data-failure={failure.code}>
      <p>{failure.code === "badSignature" ? t("statement.notSigned") : t(`fail.${failure.code}`, values)}</p>
      {failure.detail !== undefined && (
        <p class="detail" dir="ltr">
          {failure.detail}
        </p>
      )}
    </div>
  )
}

/** Reads the link that the old address has signed. */
function LinkFile({
  program,
  statement,
  onRead,
}: {
  readonly program: string | undefined
  readonly statement: Statement | undefined
  readonly onRead: (statement: Statement | undefined) => void
}): JSX.Element {
  const { t, config, language } = usePage()
  const [problem, setProblem] = useState<string>()
  const read = async (file: File | undefined): Promise<void> => {
    setProblem(undefined)
    onRead(undefined)
    if (file === undefined) return
    try {
      const { parse } = await loadStatementCode()
      const found = parse(await file.text())
      const isOwn = found.program === program && found.chainId === config.chainId
      if (found.kind !== "link" || !isOwn) throw new Error(`${found.kind} ${found.program} ${found.chainId}`)
      onRead(found)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <>
      <label class="file">
        <span>{t("statement.file")}</span>
        <input
          id="statement-file"
          type="file"
          accept="application/json,.json"
          onChange={({ currentTarget }) => {
            void read(currentTarget.files?.[0])
          }}
        />
      </label>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {t("statement.file.bad", { detail: problem })}
        </p>
      )}
      {statement !== undefined && (
        <dl>
          <dt>{t("statement.link.from")}</dt>
          <dd>
            <AddressView of={statement.from} />
          </dd>
          <dt>{t("statement.link.to")}</dt>
          <dd>
            <AddressView of={statement.to} />
          </dd>
          <dt>{t("claim.deadline")}</dt>
          <dd>{timeText(language.locale, Math.floor(statement.deadline.getTime() / 1000))}</dd>
        </dl>
      )}
    </>
  )
}
