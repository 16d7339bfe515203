import type { JSX } from "preact"
import { toChecksum, type Address as AddressText } from "../../../scripts/core/primitives/address.ts"
import { visible } from "../../../scripts/core/primitives/text.ts"
import type { UnpaidReason } from "../../../scripts/core/allocation/allocation.ts"
import type { Due, Elsewhere } from "../data/due.ts"
import type { TextKey } from "../text/en.ts"
import { shortAddress } from "../text/format.ts"
import { Address } from "./address.tsx"
import { Contact } from "./contact.tsx"
import { usePage } from "./context.ts"
import { Copy } from "./copy.tsx"
import { Identicon } from "./identicon.tsx"
import { openDetails } from "./trust.tsx"
import { useFocus } from "./use-focus.ts"

/** The longest reason that is shown. */
const MOST_CHARACTERS = 300

interface AbsentProps {
  readonly due: Due
  /** Set where the address is a vesting contract. */
  readonly beneficiary: AddressText | undefined
  /** Base units that can still be granted; undefined while the chain has not answered. */
  readonly reserveLeft: bigint | undefined
  /** Loads anew what could not be loaded. */
  readonly onAgain: () => void
  readonly onLook: (account: AddressText) => void
  /** Goes back to the search. */
  readonly onAnother: () => void
}

/** Shows why an address has no claim of its own, and what its holder can do. */
export function Absent({
  due,
  beneficiary,
  reserveLeft,
  onLook,
  onAgain,
  onAnother,
}: AbsentProps): JSX.Element {
  const { t } = usePage()
  const { account, elsewhere, absence } = due
  const heading = useFocus(account)
  const paidTo = elsewhere === undefined || elsewhere.paidTo.length === 0 ? undefined : elsewhere.paidTo
  const state = beneficiary !== undefined || paidTo !== undefined ? "elsewhere" : "absent"
  return (
    <section class="hero" aria-labelledby="result-title" id="absent">
      <div class="who">
        <Identicon of={account} />
        <Address of={account} link short />
        <Copy text={toChecksum(account)} what={t("common.address")} />
        <span class="pill wait" id="state" data-state={state}>
          {t(`state.${state}`)}
        </span>
      </div>
      <h1 id="result-title" class="headline" ref={heading} tabIndex={-1}>
        {t(titleOf(beneficiary !== undefined, elsewhere))}
      </h1>
      {beneficiary !== undefined && (
        <Lead text="vesting.text" to={beneficiary} button="vesting.look" onLook={onLook} />
      )}
      {beneficiary === undefined &&
        paidTo?.map((to) => (
          <Lead key={to} text="elsewhere.paid" to={to} button="elsewhere.look" onLook={onLook} />
        ))}
      {beneficiary === undefined && paidTo === undefined && (
        <>
          {due.unread.includes("explanation") && (
            <p class="note" id="unread">
              {t("why.unread")}{" "}
              <button type="button" class="link" onClick={onAgain}>
                {t("check.again")}
              </button>
            </p>
          )}
          {elsewhere === undefined ? (
            <p>{t(absence === "proved" ? "absent.proved" : "absent.looked")}</p>
          ) : (
            <Reason elsewhere={elsewhere} />
          )}
          <p>{t("absent.why")}</p>
          <ReserveAdvice left={reserveLeft} />
          <Contact />
          <p class="buttons">
            <button type="button" onClick={onAnother}>
              {t("absent.lookAnother")}
            </button>
            {due.derivation !== undefined && (
              <button
                type="button"
                id="show-contributions"
                onClick={() => {
                  openDetails("why")
                }}
              >
                {t("absent.contributions")}
              </button>
            )}
            <button
              type="button"
              onClick={() => {
                openDetails("statement")
              }}
            >
              {t("absent.sign")}
            </button>
          </p>
        </>
      )}
    </section>
  )
}

function ReserveAdvice({ left }: { left: bigint | undefined }): JSX.Element | null {
  const { t, tokens } = usePage()
  if (left === 0n) return null
  return (
    <p id="reserve-advice">
      {left === undefined ? t("absent.reserve.unknown") : t("absent.reserve", { amount: tokens(left) })}
    </p>
  )
}

interface LeadProps {
  readonly text: "vesting.text" | "elsewhere.paid"
  readonly to: AddressText
  readonly button: "vesting.look" | "elsewhere.look"
  readonly onLook: (account: AddressText) => void
}

/** Shows a button to the address that makes the claim. */
function Lead({ text, to, button, onLook }: LeadProps): JSX.Element {
  const { t } = usePage()
  return (
    <>
      <p>{t(text)}</p>
      <p>
        <Address of={to} link />
      </p>
      <button
        class="primary"
        type="button"
        onClick={() => {
          onLook(to)
        }}
      >
        {t(button, { account: shortAddress(toChecksum(to)) })}
      </button>
    </>
  )
}

function Reason({ elsewhere }: { elsewhere: Elsewhere }): JSX.Element {
  const { t } = usePage()
  const known = isKnown(elsewhere.reason) ? REASONS[elsewhere.reason] : undefined
  return (
    <>
      {known !== undefined && <p>{t(known)}</p>}
      {/* The list does not prove it, so these are never the page's own words. */}
      <details>
        <summary>{t("elsewhere.detail")}</summary>
        <p lang="en" dir="ltr">
          {visible(elsewhere.detail.slice(0, MOST_CHARACTERS))}
        </p>
      </details>
    </>
  )
}

function titleOf(isVesting: boolean, elsewhere: Elsewhere | undefined): TextKey {
  if (isVesting) return "vesting.title"
  if (elsewhere === undefined) return "absent.title"
  return elsewhere.paidTo.length > 0 ? "elsewhere.paid.title" : "elsewhere.none.title"
}

/** Returns true for a reason that this page has a text for. A newer build may publish others. */
function isKnown(reason: string): reason is UnpaidReason {
  return Object.hasOwn(REASONS, reason)
}

const REASONS: Readonly<Record<UnpaidReason, TextKey>> = {
  "not-listed": "elsewhere.reason.not-listed",
  "contributions-not-listed": "elsewhere.reason.contributions-not-listed",
  "not-registered": "elsewhere.reason.not-registered",
  "no-contribution": "elsewhere.reason.no-contribution",
  leaving: "elsewhere.reason.leaving",
  excluded: "elsewhere.reason.excluded",
  "below-minimum": "elsewhere.reason.below-minimum",
  "below-one-unit": "elsewhere.reason.below-one-unit",
}
