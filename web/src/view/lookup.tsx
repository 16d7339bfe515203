import type { JSX } from "preact"
import { useLayoutEffect, useState } from "preact/hooks"
import type { LookupProblem } from "./use-lookup.ts"
import { usePage } from "./context.ts"

interface LookupProps {
  readonly initial: string
  /** False below a result, whose button comes first. */
  readonly isFirst: boolean
  readonly busy: boolean
  readonly problem: LookupProblem | undefined
  readonly onLook: (text: string) => void
}

/**
 * Shows the search: one field, one button, and the fault in the text right below it. Give it the initial text as its key:
 * an effect that sets the text later could replace what was typed meanwhile.
 */
export function Lookup({ initial, isFirst, busy, problem, onLook }: LookupProps): JSX.Element {
  const { t } = usePage()
  const [text, setText] = useState(initial)
  // What may be a private key is not even painted.
  useLayoutEffect(() => {
    if (problem?.key === "look.hash") setText("")
  }, [problem])
  const submit = (event: Event): void => {
    event.preventDefault()
    onLook(text)
  }
  return (
    <form class="look" onSubmit={submit} noValidate role="search">
      <label for="look-address" id="look-title">
        {t("look.label")}
      </label>
      <div class="field-row">
        <input
          id="look-address"
          type="text"
          dir="ltr"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value)
          }}
          placeholder={t("look.placeholder")}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby={problem === undefined ? undefined : "look-problem"}
          aria-invalid={problem !== undefined}
        />
        <button class={isFirst ? "primary" : undefined} type="submit">
          {t("look.button")}
        </button>
      </div>
      {problem !== undefined && (
        <p id="look-problem" class="problem" role="alert">
          {t(problem.key, { found: problem.found })}
        </p>
      )}
      <p class="status" role="status">
        {busy ? t("look.busy") : ""}
      </p>
    </form>
  )
}
