import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { isBusy } from "../claim/machine.ts"
import { ensureSameAmounts, readSignedClaim } from "../claim/signed.ts"
import type { Due } from "../data/due.ts"
import { timeText } from "../text/format.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"
import { Paid } from "./paid.tsx"
import { Steps } from "./steps.tsx"
import { submitIntent, useClaim } from "./use-claim.ts"
import type { Connected, WalletsState } from "./use-wallets.ts"

interface SubmitProps {
  /** The text of a signed claim that came with the page's address. */
  readonly initial: string | undefined
  readonly wallets: WalletsState
  /** Finds the published content about the signer; undefined while no claim may be offered. */
  readonly findDue: ((account: `0x${string}`) => Promise<Due>) | undefined
  readonly onDone: () => void
}

type Read =
  | { readonly claim: SignedClaim; readonly due: Due }
  | { readonly wrong: string }
  /** The text waits until the network answers. */
  | { readonly waiting: string }
  | undefined

/** Sends a claim that another account has signed, and pays its gas. */
export function Submit({ initial, wallets, findDue, onDone }: SubmitProps): JSX.Element {
  const { t, config, rpc, language } = usePage()
  const [read, setRead] = useState<Read>()
  const [link, setLink] = useState("")
  const control = useClaim(onDone, rpc)
  const file = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDetailsElement>(null)

  const take = async (text: string): Promise<void> => {
    control.reset()
    try {
      const claim = readSignedClaim(text, config)
      if (findDue === undefined) {
        setRead({ waiting: text })
        return
      }
      const due = await findDue(claim.account)
      ensureSameAmounts(claim, due)
      setRead({ claim, due })
    } catch (error) {
      setRead({ wrong: error instanceof Error ? error.message : String(error) })
    }
  }
  const waiting = read !== undefined && "waiting" in read ? read.waiting : initial
  useEffect(() => {
    if (waiting === undefined) return
    if (box.current !== null) box.current.open = true
    void take(waiting)
  }, [initial, findDue])

  const busy = isBusy(control.state)
  const claim = read !== undefined && "claim" in read ? read.claim : undefined
  const expired = claim !== undefined && claim.deadline < BigInt(Math.floor(Date.now() / 1000))
  const start = (): void => {
    if (read === undefined || !("claim" in read)) return
    const begin = ({ wallet, account }: Connected): void => {
      control.start(
        { config, rpc, wallet: wallet.provider, sender: account, due: read.due },
        submitIntent(read.claim),
      )
    }
    if (wallets.connected === undefined) wallets.choose(begin)
    else begin(wallets.connected)
  }
  return (
    <details class="card" id="submit" ref={box}>
      <summary>
        <h2>{t("submit.title")}</h2>
      </summary>
      <p>{t("submit.text")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void take(link)
        }}
      >
        <label class="file">
          <span>{t("submit.choose")}</span>
          <input
            ref={file}
            id="signed-file"
            type="file"
            accept="application/json,.json"
            disabled={busy}
            onChange={() => {
              void file.current?.files?.[0]?.text().then(take)
            }}
          />
        </label>
        <label>
          <span>{t("submit.link")}</span>
          <textarea
            id="signed-link"
            dir="ltr"
            rows={3}
            value={link}
            disabled={busy}
            onInput={({ currentTarget }) => {
              setLink(currentTarget.value)
            }}
          />
        </label>
        <button type="submit" disabled={busy || link.trim() === ""}>
          {t("submit.read")}
        </button>
      </form>
      {read !== undefined && "wrong" in read && (
        <p class="problem" role="alert">
          {t("submit.wrong", { detail: read.wrong })}
        </p>
      )}
      {read !== undefined && "waiting" in read && (
        <p class="note" role="status" id="submit-waiting">
          {t("submit.waiting")}
        </p>
      )}
      {claim !== undefined && (
        <div class="signed-claim">
          <dl>
            <dt>{t("submit.from")}</dt>
            <dd>
              <Address of={claim.account} />
            </dd>
            <dt>{t("submit.to")}</dt>
            <dd>
              <Address of={claim.to} />
            </dd>
            <Amounts claim={claim} />
            <dt>{t("submit.until")}</dt>
            <dd>{timeText(language.locale, claim.deadline)}</dd>
          </dl>
          {expired ? (
            <p class="problem" role="alert">
              {t("submit.expired")}
            </p>
          ) : (
            control.state.at === "idle" && (
              <button id="submit-start" type="button" class="primary wide" onClick={start}>
                {t("submit.start")}
              </button>
            )
          )}
          <Steps state={control.state} onlySigned={false} onRetry={start} onReset={control.reset} />
          {control.state.at === "done" && read !== undefined && "due" in read && (
            <Paid due={read.due} state={control.state} amount={0n} />
          )}
        </div>
      )}
    </details>
  )
}

function Amounts({ claim }: { claim: SignedClaim }): JSX.Element {
  const { t, tokens } = usePage()
  return (
    <>
      {claim.automatic !== undefined && (
        <>
          <dt>{t("result.automatic")}</dt>
          <dd>{tokens(claim.automatic.amount)}</dd>
        </>
      )}
      {claim.reserve !== undefined && (
        <>
          <dt>{t("result.reserve")}</dt>
          <dd>{tokens(claim.reserve.cumulativeAmount)}</dd>
        </>
      )}
    </>
  )
}
