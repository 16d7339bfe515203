import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import type {
  Derivation,
  DerivedContribution,
  DerivedParticipant,
} from "../../../scripts/core/publication/derivation.ts"
import type { TextKey } from "../text/en.ts"
import { countText, numberText, percentText, shortAddress } from "../text/format.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"

interface WhyDetailsProps {
  readonly derivation: Derivation
  /** False for an address that is paid nothing. Then the lines are shown at once. */
  readonly paid: boolean
}

/** Shows every line of a derivation on demand. */
export function WhyDetails({ derivation, paid }: WhyDetailsProps): JSX.Element {
  const { t } = usePage()
  const { participants } = derivation
  return (
    <details open={!paid}>
      <summary>{t(paid ? "why.show" : "why.show.contributions")}</summary>
      {participants.map((participant) => (
        <Participant
          key={participant.account}
          derivation={derivation}
          participant={participant}
          named={participants.length > 1}
          paid={paid}
        />
      ))}
    </details>
  )
}

interface ParticipantProps {
  readonly derivation: Derivation
  readonly participant: DerivedParticipant
  /** True if the account's address is shown above its lines. */
  readonly named: boolean
  readonly paid: boolean
}

/** Lines shown at first. */
const FIRST_LINES = 20

function Participant({ derivation, participant, named, paid }: ParticipantProps): JSX.Element {
  const { t, tokens, language } = usePage()
  const [all, setAll] = useState(false)
  const { basis, totalValue, totalValueText, pool, units } = derivation
  const { account, value, valueText, contributions: parts, roundedUp, capped } = participant
  const number = (text: string): string => numberText(language.locale, text)
  const shown = all ? parts : parts.slice(0, FIRST_LINES)
  const columns = [
    t(units.origin === "node" ? "why.origin.node" : "why.origin.line"),
    t("why.role"),
    units.quantity === "" ? t("why.quantity") : units.quantity,
    t("why.factor"),
    t("why.value"),
    t("why.account"),
  ]
  return (
    <>
      {named && (
        <h3>
          {t("why.person")} <Address of={account} />
        </h3>
      )}
      {paid && (
        <p>
          {basis === "share"
            ? t("why.share", {
                value: number(valueText),
                percent: percentText(language.locale, value, totalValue),
                total: number(totalValueText),
                pool: tokens(pool),
              })
            : t("why.amount")}
        </p>
      )}
      {roundedUp && <p>{t("why.rounded")}</p>}
      {capped && <p>{t("why.capped")}</p>}
      {parts.length > 0 && (
        <table>
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th key={column} scope="col" class={i > 1 && i < 5 ? "number" : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((part, i) => (
              <Row key={i} part={part} columns={columns} number={number} />
            ))}
          </tbody>
        </table>
      )}
      {shown.length < parts.length && (
        <button
          type="button"
          onClick={() => {
            setAll(true)
          }}
        >
          {t("why.all", { count: countText(language.locale, parts.length) })}
        </button>
      )}
    </>
  )
}

interface RowProps {
  readonly part: DerivedContribution
  /** The headings, which a narrow screen shows beside each value. */
  readonly columns: readonly string[]
  readonly number: (text: string) => string
}

function Row({ part, columns, number }: RowProps): JSX.Element {
  const { t } = usePage()
  const role: TextKey | undefined = ROLES[part.group]
  const cells: readonly (JSX.Element | string)[] = [
    part.origin,
    `${role === undefined ? part.group : t(role)}${part.counts ? "" : ` (${t("why.notCounted")})`}`,
    number(part.quantity),
    `× ${number(part.factor)}`,
    number(part.value),
    <code dir="ltr" title={toChecksum(part.account)}>
      {shortAddress(toChecksum(part.account))}
    </code>,
  ]
  return (
    <tr class={part.counts ? undefined : "void"}>
      {cells.map((cell, i) => (
        <td key={i} data-label={columns[i]} class={i > 1 && i < 5 ? "number" : undefined}>
          {cell}
        </td>
      ))}
    </tr>
  )
}

const ROLES: Readonly<Record<string, TextKey>> = {
  solo: "why.role.solo",
  operator: "why.role.operator",
  contributor: "why.role.contributor",
}
