import type { JSX } from "preact"
import { toChecksum, type Address as AddressText } from "../../../scripts/core/primitives/address.ts"
import { shortAddress } from "../text/format.ts"
import { usePage } from "./context.ts"

interface AddressProps {
  readonly of: AddressText
  /** Links to the explorer, if there is one. */
  readonly link?: boolean
  /** Shows the first and last characters; the whole address is in the title. */
  readonly short?: boolean
}

/** Shows an address with its checksum, always from left to right. */
export function Address({ of, link = false, short = false }: AddressProps): JSX.Element {
  const { config } = usePage()
  const whole = toChecksum(of)
  const text = (
    <code class="address" dir="ltr" title={whole} aria-label={whole}>
      {short ? shortAddress(whole) : whole}
    </code>
  )
  if (!link || config.explorer === undefined) return text
  return <ExplorerLink path={`address/${of}`} content={text} />
}

export function Transaction({ hash }: { hash: string }): JSX.Element {
  const { config, t } = usePage()
  if (config.explorer !== undefined)
    return <ExplorerLink path={`tx/${hash}`} content={<>{t("claim.transaction")}</>} button />
  return (
    <span class="transaction">
      {t("claim.transaction")}{" "}
      <code class="hash" dir="ltr">
        {hash}
      </code>
    </span>
  )
}

function ExplorerLink({
  path,
  content,
  button = false,
}: {
  path: string
  content: JSX.Element
  button?: boolean
}): JSX.Element {
  const { config, t } = usePage()
  return (
    <a
      class={button ? "button" : undefined}
      href={`${config.explorer ?? ""}/${path}`}
      target="_blank"
      rel="noopener noreferrer"
    >
      {content}
      <span class="unseen"> ({t("common.new")})</span>
    </a>
  )
}
