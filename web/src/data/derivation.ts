/** Reads the derivation in a claim's file, as scripts/core/derivation.ts writes it. */
import { parseAmount } from "../../../scripts/core/amount.ts"
import { addressOf, arrayOf, objectOf, textOf, wordOf } from "../../../scripts/core/json.ts"
import type { Derivation, DerivationPart, DerivedParticipant } from "./due.ts"

/** @param decimals of the token @throws AirdropError that names the field */
export function parseDerivation(json: unknown, decimals: number): Derivation {
  const value = objectOf(json, "derivation")
  const units = objectOf(value["units"], "derivation: units")
  return {
    basis: wordOf(value["basis"], ["share", "amount"], "derivation: basis"),
    totalValue: decimalOf(value["value"], "derivation: value"),
    pool: parseAmount(textOf(value["pool"], "derivation: pool"), decimals),
    units: {
      place: textOf(units["place"], "derivation: units.place"),
      quantity: textOf(units["quantity"], "derivation: units.quantity"),
    },
    participants: arrayOf(value["participants"], "derivation: participants").map(participantOf),
  }
}

function participantOf(json: unknown): DerivedParticipant {
  const value = objectOf(json, "derivation: a participant")
  return {
    account: addressOf(value["account"], "derivation: account"),
    value: decimalOf(value["value"], "derivation: a participant's value"),
    roundedUp: value["roundedUp"] === true,
    capped: value["capped"] === true,
    parts: arrayOf(value["parts"], "derivation: parts").map(partOf),
  }
}

function partOf(json: unknown): DerivationPart {
  const value = objectOf(json, "derivation: a part")
  return {
    account: addressOf(value["account"], "derivation: a part's account"),
    place: textOf(value["place"], "derivation: a part's place"),
    group: textOf(value["group"], "derivation: a part's group"),
    quantity: decimalOf(value["quantity"], "derivation: a part's quantity"),
    factor: decimalOf(value["factor"], "derivation: a part's factor"),
    value: decimalOf(value["value"], "derivation: a part's value"),
    counts: value["not"] === undefined,
  }
}

/** A plain decimal, kept as text: its number of decimals is the source's affair. */
function decimalOf(json: unknown, what: string): string {
  const text = textOf(json, what)
  parseAmount(text, 36)
  return text
}
