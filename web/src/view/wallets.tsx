import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { Address } from "./address.tsx"
import { Phone } from "./phone.tsx"
import { usePage } from "./context.ts"
import type { WalletsState } from "./use-wallets.ts"

interface WalletsProps {
  readonly wallets: WalletsState
}

/** Shows the panel under the header: the wallets found, ways to reach one, or the one in use. */
export function Wallets({ wallets }: WalletsProps): JSX.Element | null {
  const { t } = usePage()
  const { found, connected, connecting, failure, connect, cancel, disconnect, close, open } = wallets
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (open) panel.current?.focus()
  }, [open])
  if (!open) return null
  return (
    <section
      class="card wallets"
      id="wallets"
      aria-labelledby="wallets-title"
      ref={panel}
      tabIndex={-1}
      onKeyDown={({ key }) => {
        if (key !== "Escape") return
        close()
        document.getElementById("connect")?.focus()
      }}
    >
      <h2 id="wallets-title">{t(connected === undefined ? "wallet.choose" : "wallet.title")}</h2>
      {connected !== undefined && (
        <>
          <p>{t("wallet.connected", { wallet: connected.wallet.name })}</p>
          <p>
            <Address of={connected.account} link />
          </p>
        </>
      )}
      {connected === undefined && found.length > 0 && (
        <ul aria-labelledby="wallets-title">
          {found.map((wallet) => (
            <li key={wallet.id}>
              <button
                type="button"
                class="wallet"
                disabled={connecting !== undefined}
                onClick={() => {
                  connect(wallet)
                }}
              >
                {wallet.icon !== undefined && <img src={wallet.icon} alt="" width={28} height={28} />}
                {wallet.name === "" ? t("wallet.browser") : wallet.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {connected === undefined && found.length === 0 && <p>{t("wallet.none")}</p>}
      <p class="status" role="status">
        {connecting === undefined ? "" : t("wallet.connecting", { wallet: connecting.name })}
      </p>
      {failure !== undefined && (
        <p class="problem" role="alert" data-failure={failure.code}>
          {t(`fail.${failure.code}`)}
        </p>
      )}
      {connected === undefined && <Phone isOnlyWay={found.length === 0} />}
      <p class="buttons">
        {connecting !== undefined && (
          <button type="button" onClick={cancel}>
            {t("common.cancel")}
          </button>
        )}
        {connected !== undefined && (
          <button type="button" onClick={disconnect}>
            {t("wallet.disconnect")}
          </button>
        )}
        <button type="button" class="quiet" onClick={close}>
          {t("common.close")}
        </button>
      </p>
    </section>
  )
}
