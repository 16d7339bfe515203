import type { JSX } from "preact"
import { countText } from "../text/format.ts"
import { usePage } from "./context.ts"

const DEADLINES = [7, 30, 90]

interface SignTermsProps extends Omit<DeadlineProps, "id"> {
  readonly elsewhere: boolean
  readonly onElsewhere: (elsewhere: boolean) => void
}

/** Shows the inputs for a signature's lifetime and for another address to pay. */
export function SignTerms({ days, onDays, elsewhere, onElsewhere }: SignTermsProps): JSX.Element {
  const { t } = usePage()
  return (
    <>
      <Deadline id="claim-deadline" days={days} onDays={onDays} />
      <label class="check deadline">
        <input
          id="sign-elsewhere"
          type="checkbox"
          checked={elsewhere}
          onChange={({ currentTarget }) => {
            onElsewhere(currentTarget.checked)
          }}
        />
        <span>{t("claim.sign.elsewhere")}</span>
      </label>
    </>
  )
}

interface DeadlineProps {
  readonly id: string
  readonly days: number
  readonly onDays: (days: number) => void
}

/** Asks how long a signature is to be valid. */
export function Deadline({ id, days, onDays }: DeadlineProps): JSX.Element {
  const { t, language } = usePage()
  return (
    <label class="deadline">
      <span>{t("claim.deadline")}</span>
      <select
        id={id}
        value={days}
        onChange={({ currentTarget }) => {
          onDays(Number(currentTarget.value))
        }}
      >
        {DEADLINES.map((choice) => (
          <option key={choice} value={choice}>
            {t("claim.deadline.days", { days: countText(language.locale, choice) })}
          </option>
        ))}
      </select>
    </label>
  )
}
