import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import type { TextKey } from "../text/en.ts"
import { usePage } from "./context.ts"

interface LookupProps {
  readonly initial: string
  readonly busy: boolean
  readonly problem: TextKey | undefined
  readonly onLook: (text: string) => void
}

/** The search: one field, one button, and what is wrong with the text right below it. */
export function Lookup({ initial, busy, problem, onLook }: LookupProps): JSX.Element {
  const { t } = usePage()
  const [text, setText] = useState(initial)
  useEffect(() => {
    setText(initial)
  }, [initial])
  const submit = (event: Event): void => {
    event.preventDefault()
    onLook(text.trim())
  }
  return (
    <section class="card hero" aria-labelledby="look-title">
      <h2 id="look-title">{t("look.title")}</h2>
      <form class="look" onSubmit={submit} noValidate>
        <label for="look-address">{t("look.label")}</label>
        <div class="field-row">
          <input
            id="look-address"
            type="text"
            dir="ltr"
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value)
            }}
            placeholder="0x…"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby={problem === undefined ? "look-hint" : "look-problem look-hint"}
            aria-invalid={problem !== undefined}
          />
          <button class="primary" type="submit" disabled={busy}>
            {t("look.button")}
          </button>
        </div>
        {problem !== undefined && (
          <p id="look-problem" class="problem" role="alert">
            {t(problem)}
          </p>
        )}
        <p id="look-hint" class="hint">
          {t("look.hint")}
        </p>
      </form>
      <p class="status" role="status">
        {busy ? t("look.busy") : ""}
      </p>
    </section>
  )
}
