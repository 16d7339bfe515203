import type { ComponentChildren, JSX } from "preact"
import type { ChainView, ContractStatus } from "../chain/status.ts"
import { timeText } from "../text/format.ts"
import { usePage } from "./context.ts"

/** Shows the first screen: what the program is, and the search. */
export function Home({
  view,
  status,
  children,
}: {
  readonly view: ChainView | undefined
  readonly status: ContractStatus | undefined
  readonly children: ComponentChildren
}): JSX.Element {
  const { t, config, language } = usePage()
  return (
    <section class="home">
      <h1>{t("home.title")}</h1>
      {config.description !== undefined && (
        <p class="lead" lang="en">
          <bdi>{config.description}</bdi>
        </p>
      )}
      <p class="lead">{t("home.lead")}</p>
      {children}
      <p class="hint" id="program-state">
        {view?.kind === "absent" && t("sub.soon")}
        {status !== undefined && t(keyOf(status), { date: timeText(language.locale, status.sweepTime) })}
      </p>
    </section>
  )
}

function keyOf({ now, sweepTime, balance }: ContractStatus): "sub.ready" | "sub.late" | "sub.closed" {
  if (now < sweepTime) return "sub.ready"
  return balance > 0n ? "sub.late" : "sub.closed"
}
