import type { JSX } from "preact"
import { usePage } from "./context.ts"

/** Shows where the team is reached, if the page was built with a contact. */
export function Contact(): JSX.Element | null {
  const { t, config } = usePage()
  const { contact } = config
  if (contact === undefined) return null
  return (
    <p id="contact">
      {t("contact.team")}{" "}
      <a href={contact} target="_blank" rel="noopener noreferrer" dir="ltr">
        {contact.replace(/^(?:https:\/\/|mailto:)/, "")}
      </a>
    </p>
  )
}
