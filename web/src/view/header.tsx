import type { JSX } from "preact"
import type { Theme } from "../settings.ts"
import { LANGUAGES, type LanguageCode } from "../../../scripts/core/publication/page-languages.ts"
import { isLanguage } from "../text/language.ts"
import { shortAddress } from "../text/format.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { usePage } from "./context.ts"
import { Identicon } from "./identicon.tsx"
import type { WalletsState } from "./use-wallets.ts"

interface HeaderProps {
  readonly theme: Theme
  readonly wallets: WalletsState
  readonly onLanguage: (code: LanguageCode) => void
  readonly onTheme: (theme: Theme) => void
  readonly onConnect: () => void
  readonly onHome: () => void
}

const THEMES: readonly Theme[] = ["auto", "dark", "light"]

/** Shows the program's name, the choices of language and theme, and the wallet. */
export function Header(props: HeaderProps): JSX.Element {
  const { theme, wallets, onLanguage, onTheme, onConnect, onHome } = props
  const { t, config, language } = usePage()
  const { connected } = wallets
  return (
    <header>
      <a class="skip" href="#look-address" onClick={focusSearch}>
        {t("page.skip")}
      </a>
      <a
        class="wordmark"
        href="#"
        onClick={(event) => {
          event.preventDefault()
          onHome()
        }}
      >
        <img class="mark" src="./icon.svg" alt="" width={32} height={32} />
        <span>{config.title}</span>
      </a>
      <label class="icon" title={t("page.language")}>
        <Icon path="M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M1.5 8h13M8 1.5c-5 4-5 9 0 13c5-4 5-9 0-13" />
        <span class="unseen">{t("page.language")}</span>
        <select
          id="language"
          value={language.code}
          onChange={({ currentTarget }) => {
            if (isLanguage(currentTarget.value)) onLanguage(currentTarget.value)
          }}
        >
          {Object.entries(LANGUAGES).map(([code, { name }]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="icon" title={t("page.theme")}>
        <Icon path="M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 1 1 0 13" />
        <span class="unseen">{t("page.theme")}</span>
        <select
          id="theme"
          value={theme}
          onChange={({ currentTarget }) => {
            onTheme(THEMES.find((one) => one === currentTarget.value) ?? "auto")
          }}
        >
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`page.theme.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" id="connect" aria-expanded={wallets.open} onClick={onConnect}>
        {connected === undefined ? (
          t("wallet.connect")
        ) : (
          <span class="wallet-in-use" dir="ltr" title={toChecksum(connected.account)}>
            <Identicon of={connected.account} />
            {shortAddress(toChecksum(connected.account))}
          </span>
        )}
      </button>
    </header>
  )
}

/** A line drawing in front of a choice that covers it. */
function Icon({ path }: { path: string }): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" width={18} height={18} aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

/** Moves the focus to the search. A link cannot do it, because the fragment holds the looked-up address. */
function focusSearch(event: Event): void {
  event.preventDefault()
  const field = document.getElementById("look-address")
  const fold = field?.closest("details")
  if (fold) fold.open = true
  field?.focus()
}
