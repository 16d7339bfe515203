import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { Address as AddressText } from "../../../scripts/core/primitives/address.ts"
import type { Payable } from "../../../scripts/core/claim/claim-state.ts"
import { isBusy } from "../claim/machine.ts"
import type { Due } from "../data/due.ts"
import type { TextKey } from "../text/en.ts"
import { shortAddress } from "../text/format.ts"
import { usePage } from "./context.ts"
import { Recipient } from "./recipient.tsx"
import { SignedOutput } from "./signed-output.tsx"
import { SignTerms } from "./sign-terms.tsx"
import { Steps } from "./steps.tsx"
import { useClaim, type Intent } from "./use-claim.ts"
import type { WalletsState } from "./use-wallets.ts"
import { Wallets } from "./wallets.tsx"

type WayName = "self" | "other" | "sign"

const WAYS: readonly WayName[] = ["self", "other", "sign"]
const DAY = 86_400

interface ClaimProps {
  readonly due: Due
  readonly claimable: Payable
  readonly wallets: WalletsState
  readonly onDone: () => void
}

/** Claims what is open for the looked-up address, in one of three ways. */
export function Claim({ due, claimable, wallets, onDone }: ClaimProps): JSX.Element {
  const { t, tokens, config, rpc } = usePage()
  const claim = useClaim(onDone)
  const [way, setWay] = useState<WayName>("self")
  const [to, setTo] = useState<AddressText>()
  const [days, setDays] = useState(30)
  const [elsewhere, setElsewhere] = useState(false)
  const total = claimable.automatic + claimable.reserve
  const { connected } = wallets
  const busy = isBusy(claim.state)
  const isAccount = connected?.account === due.account
  const asksForRecipient = way === "other" || (way === "sign" && elsewhere)
  const problem = wayProblem(way, connected?.account, due.account)

  const start = (): void => {
    const intent = intentOf(way, asksForRecipient ? to : due.account, days)
    if (connected === undefined || intent === undefined || problem !== undefined) return
    const wallet = connected.wallet.provider
    claim.start({ config, rpc, wallet, sender: connected.account, due }, intent)
  }
  if (total === 0n && claim.state.at === "idle") {
    return (
      <section class="card" aria-labelledby="claim-title">
        <h2 id="claim-title">{t("claim.title")}</h2>
        <p>{t("claim.nothing")}</p>
      </section>
    )
  }
  return (
    <section class="card" aria-labelledby="claim-title">
      <h2 id="claim-title">{t("claim.title")}</h2>
      <Wallets wallets={wallets} />
      {connected !== undefined && total > 0n && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            start()
          }}
        >
          <fieldset disabled={busy}>
            <legend>{t("claim.way")}</legend>
            {WAYS.map((name) => (
              <label key={name} class="way">
                <input
                  type="radio"
                  name="way"
                  value={name}
                  checked={way === name}
                  onChange={() => {
                    setWay(name)
                    setTo(undefined)
                    claim.reset()
                  }}
                />
                <span>
                  <strong>{t(`claim.way.${name}`)}</strong>
                  <span class="hint">
                    {t(`claim.way.${name}.hint`, { account: shortAddress(due.account) })}
                  </span>
                </span>
              </label>
            ))}
            {way === "sign" && (
              <SignTerms
                days={days}
                onDays={setDays}
                elsewhere={elsewhere}
                onElsewhere={(chosen) => {
                  setElsewhere(chosen)
                  setTo(undefined)
                }}
              />
            )}
            {asksForRecipient && <Recipient key={way} account={due.account} onChange={setTo} />}
          </fieldset>
          {problem !== undefined && (
            <p class="problem" role="alert">
              {t(problem, { account: shortAddress(due.account), wallet: shortAddress(connected.account) })}
            </p>
          )}
          {way === "self" && !isAccount && (
            <p class="note">{t("claim.pays", { account: shortAddress(due.account) })}</p>
          )}
          {way !== "sign" && claimable.automatic > 0n && claimable.reserve > 0n && (
            <p class="note">{t("claim.both")}</p>
          )}
          {claim.state.at !== "failed" && claim.state.at !== "done" && (
            <button
              id="claim-start"
              class="primary wide"
              type="submit"
              disabled={busy || problem !== undefined || (asksForRecipient && to === undefined)}
            >
              {t(`claim.start.${way}`, { amount: tokens(total) })}
            </button>
          )}
        </form>
      )}
      <Steps
        state={claim.state}
        onlySigned={claim.onlySigned}
        onRetry={start}
        onWaitAgain={() => {
          claim.waitAgain({ rpc })
        }}
        onReset={claim.reset}
      />
      {claim.state.at === "signed" && <SignedOutput text={claim.state.text} account={due.account} />}
    </section>
  )
}

function wayProblem(way: WayName, wallet: string | undefined, account: string): TextKey | undefined {
  return way === "self" || wallet === undefined || wallet === account ? undefined : "claim.needs"
}

function intentOf(way: WayName, to: AddressText | undefined, days: number): Intent | undefined {
  if (to === undefined) return undefined
  switch (way) {
    case "self":
      return { kind: "send", how: { by: "anyone" } }
    case "other":
      return { kind: "send", how: { by: "account", to } }
    case "sign":
      return { kind: "sign", to, deadline: BigInt(Math.floor(Date.now() / 1000) + days * DAY) }
  }
}
