import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { loadScript } from "../security.ts"
import { isPhone, mobileLinks } from "../wallet/mobile.ts"
import { isOnDisk } from "../settings.ts"
import { Copy } from "./copy.tsx"
import { usePage } from "./context.ts"

declare global {
  /** Set by qr.js: rows of dark and light modules. */
  var airdropQr: ((text: string) => readonly (readonly boolean[])[]) | undefined
}

/**
 * Shows links that open this page in a wallet's browser on a phone. Elsewhere shows a QR code for the phone's
 * camera, at once if there is no other way to a wallet.
 */
export function Phone({ isOnlyWay }: { readonly isOnlyWay: boolean }): JSX.Element {
  const { t } = usePage()
  const [scanning, setScanning] = useState(isOnlyWay)
  const page = location.href
  if (isOnDisk()) return <p class="hint">{t("wallet.disk")}</p>
  return (
    <div class="phone">
      {isPhone() ? (
        <>
          <p>{t("wallet.phone")}</p>
          <p class="buttons">
            {mobileLinks(page).map(({ name, href }) => (
              <a key={name} class="button" href={href} rel="noopener noreferrer">
                {name}
              </a>
            ))}
          </p>
        </>
      ) : (
        <details
          open={isOnlyWay}
          onToggle={({ currentTarget }) => {
            setScanning(currentTarget.open)
          }}
        >
          <summary>{t("wallet.scan")}</summary>
          {scanning && <QrCode text={page} />}
        </details>
      )}
      <p>
        {t("wallet.copyLink")} <Copy text={page} what={t("wallet.link")} />
      </p>
    </div>
  )
}

function QrCode({ text }: { text: string }): JSX.Element | null {
  const { t } = usePage()
  const [rows, setRows] = useState<readonly (readonly boolean[])[]>()
  useEffect(() => {
    loadScript("qr.js").then(
      () => {
        setRows(globalThis.airdropQr?.(text))
      },
      () => undefined,
    )
  }, [text])
  if (rows === undefined) return null
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("")
  return (
    <svg
      class="qr"
      viewBox={`-2 -2 ${rows.length + 4} ${rows.length + 4}`}
      role="img"
      aria-label={t("wallet.scan")}
    >
      <rect x={-2} y={-2} width={rows.length + 4} height={rows.length + 4} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
