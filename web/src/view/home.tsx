import type { ComponentChildren, JSX } from "preact"
import { usePage } from "./context.ts"

/** Shows the first screen: what the program is, and the search. */
export function Home({ children }: { children: ComponentChildren }): JSX.Element {
  const { t, config } = usePage()
  return (
    <section class="home">
      <h1>{t("home.title")}</h1>
      {config.description !== undefined && (
        <p class="lead" lang="en">
          {config.description}
        </p>
      )}
      <p class="lead">{t("home.lead")}</p>
      {children}
    </section>
  )
}
