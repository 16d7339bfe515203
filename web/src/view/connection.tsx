import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { isRpcUrl } from "../../../scripts/core/publication/page-config.ts"
import { writeSetting } from "../settings.ts"
import { usePage } from "./context.ts"

/** The RPC in use, which the user may change, and what the page tells to whom. */
export function Connection({ down, onRetry }: { down: boolean; onRetry: () => void }): JSX.Element {
  const { t, rpc, config } = usePage()
  const [url, setUrl] = useState(rpc.url)
  const [bad, setBad] = useState(false)
  const save = (event: Event): void => {
    event.preventDefault()
    const chosen = url.trim()
    if (!isRpcUrl(chosen)) {
      setBad(true)
      return
    }
    writeSetting("rpc", chosen)
    // The page has bound itself to one RPC; only a fresh start can bind it to another.
    location.reload()
  }
  return (
    <footer class="card" aria-labelledby="rpc-title" id="connection">
      <h2 id="rpc-title">{t("rpc.title")}</h2>
      {down && (
        <div class="trouble" role="alert">
          <p>{t("rpc.down")}</p>
          <button type="button" onClick={onRetry}>
            {t("rpc.retry")}
          </button>
        </div>
      )}
      <p>{t("rpc.text")}</p>
      <form class="look" onSubmit={save} noValidate>
        <label for="rpc-url">{t("rpc.label")}</label>
        <div class="field-row">
          <input
            id="rpc-url"
            type="url"
            dir="ltr"
            list="rpc-choices"
            value={url}
            spellcheck={false}
            aria-invalid={bad}
            aria-describedby={bad ? "rpc-problem" : undefined}
            onInput={({ currentTarget }) => {
              setUrl(currentTarget.value)
              setBad(false)
            }}
          />
          <datalist id="rpc-choices">
            {config.rpcUrls.map((choice) => (
              <option key={choice} value={choice} />
            ))}
          </datalist>
          <button type="submit">{t("rpc.save")}</button>
        </div>
        {bad && (
          <p id="rpc-problem" class="problem" role="alert">
            {t("rpc.bad")}
          </p>
        )}
      </form>
      <p class="hint">{t("rpc.privacy")}</p>
    </footer>
  )
}
