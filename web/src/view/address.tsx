import type { JSX } from "preact"
import { toChecksum, type Address as AddressText } from "../../../scripts/core/primitives/address.ts"
import { usePage } from "./context.ts"

/** An address in full, checksummed, always from left to right; a link to the explorer where there is one. */
export function Address({ of, link = false }: { of: AddressText; link?: boolean }): JSX.Element {
  const { config, t } = usePage()
  const text = (
    <code class="address" dir="ltr">
      {toChecksum(of)}
    </code>
  )
  if (!link || config.explorer === undefined) return text
  return <ExplorerLink path={`address/${of}`} title={t("common.new")} content={text} />
}

export function Transaction({ hash }: { hash: string }): JSX.Element {
  const { config, t } = usePage()
  const text = (
    <code class="hash" dir="ltr">
      {hash}
    </code>
  )
  return config.explorer === undefined ? (
    text
  ) : (
    <ExplorerLink path={`tx/${hash}`} title={t("common.new")} content={text} />
  )
}

function ExplorerLink({
  path,
  title,
  content,
}: {
  path: string
  title: string
  content: JSX.Element
}): JSX.Element {
  const { config } = usePage()
  return (
    <a href={`${config.explorer ?? ""}/${path}`} target="_blank" rel="noopener noreferrer" title={title}>
      {content}
    </a>
  )
}
