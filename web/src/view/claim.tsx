import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { toChecksum, type Address as AddressText } from "../../../scripts/core/primitives/address.ts"
import { isBusy } from "../claim/machine.ts"
import type { Due } from "../data/due.ts"
import type { LaterParts } from "../later/parts.ts"
import type { TextKey } from "../text/en.ts"
import { shortAddress } from "../text/format.ts"
import { usePage } from "./context.ts"
import { useConnected } from "./use-connected.ts"
import type { ClaimControl, Intent } from "./use-claim.ts"
import type { Connected, WalletsState } from "./use-wallets.ts"

type WayName = "self" | "other" | "sign"

const WAYS: readonly WayName[] = ["self", "other", "sign"]
const DAY = 86_400

interface ClaimProps {
  readonly due: Due
  /** Base units that a claim would pay now. */
  readonly amount: bigint
  readonly control: ClaimControl
  readonly wallets: WalletsState
  /** Undefined until they are loaded. */
  readonly later: LaterParts | undefined
}

/** Shows the one button. Other ways to claim are folded below it. */
export function Claim({ due, amount, control, wallets, later }: ClaimProps): JSX.Element {
  const { t, tokens, config, rpc } = usePage()
  const [way, setWay] = useState<WayName>("self")
  const [to, setTo] = useState<AddressText>()
  const [days, setDays] = useState(30)
  const [elsewhere, setElsewhere] = useState(false)
  const { state } = control
  const { connected } = wallets
  const busy = isBusy(state)
  const asksForRecipient = way === "other" || (way === "sign" && elsewhere)
  const problem = wayProblem(way, connected?.account, due.account)
  const account = shortAddress(toChecksum(due.account))

  const begin = ({ wallet, account: sender }: Connected, evenWithoutGas = false): void => {
    const intent = intentOf(way, asksForRecipient ? to : due.account, days)
    if (intent === undefined || wayProblem(way, sender, due.account) !== undefined) return
    control.start({ config, rpc, wallet: wallet.provider, sender, due, evenWithoutGas }, intent)
  }
  const connectFirst = useConnected(wallets, `${way} ${to ?? ""} ${days}`, begin)
  const start = (evenWithoutGas = false): void => {
    if (connected === undefined) connectFirst()
    else begin(connected, evenWithoutGas)
  }
  /** Takes other terms. What was signed or tried before does not belong to them. */
  const change = (recipient: AddressText | undefined): void => {
    setTo(recipient)
    control.reset()
  }
  const choose = (name: WayName): void => {
    setWay(name)
    change(undefined)
  }
  if (state.at === "done") return <>{later && <later.Paid due={due} payment={state.payment} />}</>
  const isWaiting = state.at !== "failed" && state.at !== "signed" && !busy
  const button = (
    <>
      {problem !== undefined && connected !== undefined && (
        <p class="problem" role="alert">
          {t(problem, { account, wallet: shortAddress(toChecksum(connected.account)) })}
        </p>
      )}
      {isWaiting && (
        <button
          id="claim-start"
          class="primary wide"
          type="submit"
          disabled={problem !== undefined || (asksForRecipient && to === undefined)}
        >
          {t(`claim.start.${way}`, { amount: tokens(amount), account })}
        </button>
      )}
    </>
  )
  const steps = later !== undefined && (
    <later.Steps
      state={state}
      onlySigned={control.onlySigned}
      onRetry={start}
      onReset={control.reset}
      onSponsor={
        way !== "sign" && connected?.account === due.account
          ? () => {
              choose("sign")
            }
          : undefined
      }
    />
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      {way === "self" && button}
      {way === "self" && connected !== undefined && connected.account !== due.account && (
        <p class="hint">{t("claim.pays", { account })}</p>
      )}
      {way === "self" && steps}
      {!busy && (
        <details class="ways" open={way !== "self"}>
          <summary>{t("claim.ways")}</summary>
          <fieldset>
            <legend class="unseen">{t("claim.ways")}</legend>
            {WAYS.map((name) => (
              <label key={name} class="way">
                <input
                  type="radio"
                  name="way"
                  value={name}
                  checked={way === name}
                  onChange={() => {
                    choose(name)
                  }}
                />
                <span>
                  <strong>{t(`claim.way.${name}`)}</strong>
                  <span class="hint">{t(`claim.way.${name}.hint`, { account })}</span>
                </span>
              </label>
            ))}
          </fieldset>
        </details>
      )}
      {way !== "self" && later !== undefined && (
        <fieldset disabled={busy}>
          {way === "sign" && (
            <later.SignTerms
              days={days}
              onDays={(chosen) => {
                setDays(chosen)
                control.reset()
              }}
              elsewhere={elsewhere}
              onElsewhere={(chosen) => {
                setElsewhere(chosen)
                change(undefined)
              }}
            />
          )}
          {asksForRecipient && (
            <later.Recipient
              key={way}
              id="claim-to"
              label={t("claim.to")}
              account={due.account}
              onChange={change}
            />
          )}
        </fieldset>
      )}
      {way !== "self" && button}
      {way !== "self" && steps}
      {later !== undefined && state.at === "signed" && (
        <later.SignedOutput text={state.text} account={due.account} />
      )}
    </form>
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
