import type { JSX } from "preact"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { scaledDecimal } from "../data/derivation.ts"
import type { Derivation, DerivedContribution, DerivedParticipant } from "../data/due.ts"
import type { TextKey } from "../text/en.ts"
import { numberText, percentText, shortAddress } from "../text/format.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"

interface WhyProps {
  readonly derivation: Derivation | undefined
  /** False for an address that has something and is paid nothing: then there is no share to explain. */
  readonly paid?: boolean
}

/** How the amount comes about, in words and in figures. */
export function Why({ derivation, paid = true }: WhyProps): JSX.Element {
  const { t } = usePage()
  return (
    <details class="why" id="why" open={derivation !== undefined}>
      <summary>{t(paid ? "why.title" : "why.has")}</summary>
      {derivation === undefined ? (
        <p>{t("why.none")}</p>
      ) : (
        derivation.participants.map((participant) => (
          <Participant
            key={participant.account}
            derivation={derivation}
            participant={participant}
            named={derivation.participants.length > 1}
            paid={paid}
          />
        ))
      )}
    </details>
  )
}

interface ParticipantProps {
  readonly derivation: Derivation
  readonly participant: DerivedParticipant
  /** Whether to say whose amount this is. */
  readonly named: boolean
  readonly paid: boolean
}

function Participant({ derivation, participant, named, paid }: ParticipantProps): JSX.Element {
  const { t, tokens, language } = usePage()
  const { basis, totalValue, pool, units } = derivation
  const { account, value, contributions, roundedUp, capped } = participant
  const number = (text: string): string => numberText(language.locale, text)
  return (
    <>
      {named && (
        <h4>
          {t("why.person")} <Address of={account} />
        </h4>
      )}
      {paid && (
        <p>
          {basis === "share"
            ? t("why.share", {
                value: number(value),
                percent: percentText(language.locale, scaledDecimal(value), scaledDecimal(totalValue)),
                total: number(totalValue),
                pool: tokens(pool),
              })
            : t("why.amount")}
        </p>
      )}
      {roundedUp && <p>{t("why.rounded")}</p>}
      {capped && <p>{t("why.capped")}</p>}
      {contributions.length > 0 && (
        <>
          <p>{t("why.sum", { value: number(value) })}</p>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("why.title")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t(units.origin === "node" ? "why.origin.node" : "why.origin.line")}</th>
                  <th scope="col">{t("why.role")}</th>
                  <th scope="col" class="number">
                    {units.quantity === "" ? t("why.quantity") : units.quantity}
                  </th>
                  <th scope="col" class="number">
                    {t("why.factor")}
                  </th>
                  <th scope="col" class="number">
                    {t("why.value")}
                  </th>
                  <th scope="col">{t("why.account")}</th>
                </tr>
              </thead>
              <tbody>
                {contributions.map((part, i) => (
                  <Row key={i} part={part} number={number} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  )
}

function Row({ part, number }: { part: DerivedContribution; number: (text: string) => string }): JSX.Element {
  const { t } = usePage()
  const role: TextKey | undefined = ROLES[part.group]
  return (
    <tr class={part.counts ? undefined : "void"}>
      <td>{part.origin}</td>
      <td>
        {role === undefined ? part.group : t(role)}
        {!part.counts && ` (${t("why.notCounted")})`}
      </td>
      <td class="number">{number(part.quantity)}</td>
      <td class="number">× {number(part.factor)}</td>
      <td class="number">{number(part.value)}</td>
      <td>
        <code dir="ltr" title={toChecksum(part.account)}>
          {shortAddress(toChecksum(part.account))}
        </code>
      </td>
    </tr>
  )
}

const ROLES: Readonly<Record<string, TextKey>> = {
  solo: "why.role.solo",
  operator: "why.role.operator",
  contributor: "why.role.contributor",
}
