import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { parseAddress, toChecksum } from "../../../scripts/core/primitives/address.ts"
import { formatAmount } from "../../../scripts/core/primitives/amount.ts"
import type { Payment } from "../claim/sent.ts"
import { saveFile } from "../data/save.ts"
import type { Due } from "../data/due.ts"
import { shortAddress, timeText } from "../text/format.ts"
import { Transaction } from "./address.tsx"
import { usePage } from "./context.ts"

interface PaidProps {
  readonly due: Due
  readonly payment: Payment
}

/** Shows the payment: the amount, the recipient and the receipt. */
export function Paid({ due, payment: { sent, hash, time } }: PaidProps): JSX.Element {
  const { t, tokens, config, language, wallet } = usePage()
  const [watched, setWatched] = useState(false)
  const to = parseAddress(sent.to)
  const paid = BigInt(sent.amount)
  const receipt = {
    program: config.title,
    account: toChecksum(due.account),
    // Who was paid is known from this page's own transaction only.
    to: hash === undefined && to !== due.account ? "" : toChecksum(to),
    amount: formatAmount(paid, config.token.decimals),
    token: config.token.symbol,
    tokenAddress: toChecksum(config.token.address),
    contract: toChecksum(config.contract),
    chainId: config.chainId,
    transaction: hash ?? "",
    time: new Date(time * 1000).toISOString(),
    source: location.href.split("#")[0] ?? "",
  }
  const addToken = async (): Promise<void> => {
    const { address, symbol, decimals } = config.token
    const added = await wallet
      ?.request({
        method: "wallet_watchAsset",
        params: { type: "ERC20", options: { address: toChecksum(address), symbol, decimals } },
      })
      .catch(() => false)
    setWatched(added === true)
  }
  const name = `receipt-${due.account.slice(0, 10)}`
  return (
    <div class="paid" id="claim-steps" data-at="done">
      <p role="status">
        {hash === undefined && to !== due.account
          ? t("paid.other", { amount: tokens(paid) })
          : t("paid.text", {
              amount: tokens(paid),
              to: shortAddress(toChecksum(to)),
              when: timeText(language.locale, time),
            })}
      </p>
      <p class="buttons">
        {hash !== undefined && <Transaction hash={hash} />}
        {wallet !== undefined && (
          <button
            type="button"
            onClick={() => {
              void addToken()
            }}
          >
            {t(watched ? "paid.added" : "paid.add", { token: config.token.symbol })}
          </button>
        )}
      </p>
      <p class="links">
        <span>{t("paid.receipt")}</span>
        <button
          type="button"
          class="link"
          onClick={() => {
            saveFile(`${name}.csv`, csvOf(receipt), "text/csv")
          }}
        >
          CSV
        </button>
        <button
          type="button"
          class="link"
          onClick={() => {
            saveFile(`${name}.json`, `${JSON.stringify(receipt, undefined, 2)}\n`, "application/json")
          }}
        >
          JSON
        </button>
      </p>
    </div>
  )
}

function csvOf(row: Readonly<Record<string, string | number>>): string {
  const cell = (value: string | number): string => {
    const text = String(value)
    // A spreadsheet would read a cell that begins with one of these as a formula.
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const line = (values: readonly (string | number)[]): string => values.map(cell).join(",")
  return `${line(Object.keys(row))}\r\n${line(Object.values(row))}\r\n`
}
