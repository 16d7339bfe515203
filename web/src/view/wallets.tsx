import type { JSX } from "preact"
import type { WalletsState } from "./use-wallets.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"

/** Lets the user choose among the wallets that have announced themselves, and shows the one in use. */
export function Wallets({ wallets }: { wallets: WalletsState }): JSX.Element {
  const { t } = usePage()
  const { found, connected, connecting, failure, connect, disconnect } = wallets
  if (connected !== undefined) {
    return (
      <div class="wallet-in-use">
        <p>
          {connected.wallet.icon !== undefined && (
            <img src={connected.wallet.icon} alt="" width={24} height={24} />
          )}
          {t("claim.connected", { wallet: connected.wallet.name })}
        </p>
        <p>
          <span class="hint">{t("claim.account")}</span> <Address of={connected.account} />
        </p>
        <button type="button" class="quiet" onClick={disconnect}>
          {t("claim.disconnect")}
        </button>
      </div>
    )
  }
  return (
    <div class="wallets">
      {found.length === 0 ? (
        <p>{t("claim.noWallet")}</p>
      ) : (
        <>
          <h3 id="wallets-title">{t("claim.wallets")}</h3>
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
                  {wallet.name}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="status" role="status">
        {connecting === undefined ? "" : t("claim.connecting", { wallet: connecting.name })}
      </p>
      {failure !== undefined && (
        <p class="problem" role="alert" data-failure={failure.code}>
          {t(`fail.${failure.code}`)}
        </p>
      )}
    </div>
  )
}
