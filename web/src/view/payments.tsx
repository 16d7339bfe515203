import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { toChecksum, type Address as AddressText } from "../../../scripts/core/primitives/address.ts"
import { readPayments } from "../chain/payment.ts"
import { timeText } from "../text/format.ts"
import { Address, Transaction } from "./address.tsx"
import { usePage } from "./context.ts"
import { useAsync, valueOf } from "./use-async.ts"

/** Shows, once asked for, the transactions that paid an account and that this tab has not seen. */
export function Payments({ account }: { account: AddressText }): JSX.Element {
  const { t, tokens, language, rpc, config } = usePage()
  const [asked, setAsked] = useState(false)
  const { result, again } = useAsync(
    asked ? async () => await readPayments(rpc, config, account) : undefined,
    [asked, rpc, account],
  )
  const payments = valueOf(result)
  if (!asked) {
    return (
      <p class="buttons">
        <button
          type="button"
          id="show-payment"
          onClick={() => {
            setAsked(true)
          }}
        >
          {t("paid.show")}
        </button>
      </p>
    )
  }
  if (payments === undefined && result.state !== "failed") return <p class="status">{t("paid.searching")}</p>
  if (payments === undefined || payments.length === 0) {
    return (
      <div class="note" role="status" id="no-payment">
        <p>
          {t("paid.unseen")} <Address of={account} link />
        </p>
        <button type="button" onClick={again}>
          {t("check.again")}
        </button>
      </div>
    )
  }
  return (
    <ul class="payments" id="payments" aria-label={toChecksum(account)}>
      {payments.map(({ hash, amount, time }) => (
        <li key={hash}>
          <span>
            <bdi>{tokens(amount)}</bdi>, {timeText(language.locale, time)}
          </span>
          <Transaction hash={hash} />
        </li>
      ))}
    </ul>
  )
}
