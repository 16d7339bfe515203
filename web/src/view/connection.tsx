import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { isRpcUrl } from "../../../scripts/core/ethereum/rpc-url.ts"
import { nameRpc, writeSetting } from "../settings.ts"
import { usePage } from "./context.ts"

interface ConnectionProps {
  /** The RPC does not answer, or serves another chain. */
  readonly trouble: "down" | { readonly otherChain: number } | undefined
  readonly onRetry: () => void
}

/** Shows the RPC in use, which the user may change, and what the page sends to each server. */
export function Connection({ trouble, onRetry }: ConnectionProps): JSX.Element {
  const { t, rpc, config } = usePage()
  return (
    <details id="connection" open={trouble !== undefined}>
      <summary>
        <h2>{t("rpc.title")}</h2>
      </summary>
      {trouble !== undefined && (
        <div class="note" role="status" data-trouble={trouble === "down" ? "down" : "otherChain"}>
          <p>
            {trouble === "down"
              ? t("rpc.down")
              : t("rpc.otherChain", { chain: String(trouble.otherChain), wanted: config.chainName })}
          </p>
          <button type="button" onClick={onRetry}>
            {t("rpc.retry")}
          </button>
        </div>
      )}
      <p>{t("rpc.text")}</p>
      <UrlField id="rpc-url" label={t("rpc.label")} setting="rpc" value={rpc.url} choices={config.rpcUrls} />
      {config.chainId !== 1 && (
        <UrlField
          id="name-rpc-url"
          label={t("rpc.names")}
          setting="nameRpc"
          value={nameRpc(config) ?? ""}
          choices={[]}
        />
      )}
      <p class="hint">{t("rpc.privacy")}</p>
    </details>
  )
}

interface UrlFieldProps {
  readonly id: string
  readonly label: string
  readonly setting: "rpc" | "nameRpc"
  readonly value: string
  readonly choices: readonly string[]
}

function UrlField({ id, label, setting, value, choices }: UrlFieldProps): JSX.Element {
  const { t } = usePage()
  const [url, setUrl] = useState(value)
  const [bad, setBad] = useState(false)
  const save = (event: Event): void => {
    event.preventDefault()
    const chosen = url.trim()
    // An empty field means the page's own choice again.
    if (chosen !== "" && !isRpcUrl(chosen)) {
      setBad(true)
      return
    }
    writeSetting(setting, chosen)
    // The page has restricted itself to its RPCs. Only a reload can allow another one.
    location.reload()
  }
  return (
    <form class="look" onSubmit={save} noValidate>
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          id={id}
          type="url"
          dir="ltr"
          list={`${id}-choices`}
          value={url}
          placeholder="https://"
          spellcheck={false}
          aria-invalid={bad}
          aria-describedby={bad ? `${id}-problem` : undefined}
          onInput={({ currentTarget }) => {
            setUrl(currentTarget.value)
            setBad(false)
          }}
        />
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
        <button type="submit">{t("rpc.save")}</button>
      </div>
      {bad && (
        <p id={`${id}-problem`} class="problem" role="alert">
          {t("rpc.bad")}
        </p>
      )}
    </form>
  )
}
