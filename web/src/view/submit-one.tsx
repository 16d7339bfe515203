import type { JSX } from "preact"
import { formatSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import type { BatchClaim } from "../claim/batch.ts"
import { timeText } from "../text/format.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"
import { Paid } from "./paid.tsx"
import { Steps } from "./steps.tsx"
import { useConnected } from "./use-connected.ts"
import { submitIntent, type ClaimControl } from "./use-claim.ts"
import type { Connected, WalletsState } from "./use-wallets.ts"

interface SubmitOneProps extends BatchClaim {
  readonly control: ClaimControl
  readonly wallets: WalletsState
}

/** Shows one signed claim, and sends it. */
export function SubmitOne({ claim, due, control, wallets }: SubmitOneProps): JSX.Element {
  const { t, config, rpc, language } = usePage()
  const expired = claim.deadline < BigInt(Math.floor(Date.now() / 1000))
  const begin = ({ wallet, account }: Connected, evenWithoutGas = false): void => {
    const run = { config, rpc, wallet: wallet.provider, sender: account, due, evenWithoutGas }
    control.start(run, submitIntent(claim))
  }
  const connectFirst = useConnected(wallets, formatSignedClaim(claim), begin)
  const start = (evenWithoutGas = false): void => {
    if (wallets.connected === undefined) connectFirst()
    else begin(wallets.connected, evenWithoutGas)
  }
  return (
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
          <button
            id="submit-start"
            type="button"
            class="primary wide"
            onClick={() => {
              start()
            }}
          >
            {t("submit.start")}
          </button>
        )
      )}
      <Steps state={control.state} onlySigned={false} onRetry={start} onReset={control.reset} />
      {control.state.at === "done" && <Paid due={due} payment={control.state.payment} />}
    </div>
  )
}

function Amounts({ claim }: { claim: SignedClaim }): JSX.Element {
  const { t, tokens } = usePage()
  return (
    <>
      {claim.automatic !== undefined && (
        <>
          <dt>{t("result.automatic")}</dt>
          <dd>
            <bdi>{tokens(claim.automatic.amount)}</bdi>
          </dd>
        </>
      )}
      {claim.reserve !== undefined && (
        <>
          <dt>{t("result.reserve")}</dt>
          <dd>
            <bdi>{tokens(claim.reserve.cumulativeAmount)}</bdi>
          </dd>
        </>
      )}
    </>
  )
}
