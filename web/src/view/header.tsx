import type { JSX } from "preact"
import type { Theme } from "../settings.ts"
import { LANGUAGES, type LanguageCode } from "../../../scripts/core/publication/page-languages.ts"
import { isLanguage } from "../text/language.ts"
import { usePage } from "./context.ts"

interface HeaderProps {
  readonly theme: Theme
  readonly onLanguage: (code: LanguageCode) => void
  readonly onTheme: (theme: Theme) => void
}

const THEMES: readonly Theme[] = ["auto", "dark", "light"]

export function Header({ theme, onLanguage, onTheme }: HeaderProps): JSX.Element {
  const { t, config, language } = usePage()
  return (
    <header>
      <a class="skip" href="#look-address" onClick={focusSearch}>
        {t("page.skip")}
      </a>
      <div class="bar">
        <div class="choices">
          <label>
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
          <label>
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
        </div>
      </div>
      <h1>{config.title}</h1>
      <p class="lead">{t("page.lead")}</p>
    </header>
  )
}

/** The address bar's fragment belongs to the looked-up address, so the jump is made by hand. */
function focusSearch(event: Event): void {
  event.preventDefault()
  document.getElementById("look-address")?.focus()
}
