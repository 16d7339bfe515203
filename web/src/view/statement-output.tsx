import type { JSX } from "preact"
import type { Statement } from "../../../scripts/core/statements/statement.ts"
import { saveFile } from "../data/save.ts"
import { timeText } from "../text/format.ts"
import { Copy } from "./copy.tsx"
import { usePage } from "./context.ts"

interface StatementOutputProps {
  /** The text of the file. */
  readonly text: string
  readonly statement: Statement
}

/** Offers a signed statement as a file, or as a text to copy, with what to do with it. */
export function StatementOutput({ text, statement }: StatementOutputProps): JSX.Element {
  const { t, language } = usePage()
  const until = timeText(language.locale, Math.floor(statement.deadline.getTime() / 1000))
  return (
    <div class="signed" id="statement-signed" role="status">
      <p>{t("statement.done", { date: until })}</p>
      <p class="buttons">
        <button
          type="button"
          class="primary"
          onClick={() => {
            saveFile(`${statement.kind}-${statement.from}.json`, text, "application/json")
          }}
        >
          {t("signed.file")}
        </button>
        <Copy text={text} what={t("statement.text")} />
      </p>
      <textarea
        id="statement-text"
        readOnly
        dir="ltr"
        rows={5}
        aria-label={t("statement.text")}
        value={text}
      />
    </div>
  )
}
