import { summaryOf } from "../core/snapshot/snapshot.ts"
import { join } from "node:path"
import type { Command } from "commander"
import { parseAddress, toChecksum } from "../core/primitives/address.ts"
import { allocate } from "../core/allocation/allocate.ts"
import { formatAmount } from "../core/primitives/amount.ts"
import { concernedBy, explain, type Covered, type Explanation } from "../core/allocation/explain.ts"
import { explanationLines } from "../core/report/explanation-text.ts"
import { contributionRow, participantRow } from "../core/allocation/allocation-json.ts"
import type { Allocation, Participant } from "../core/allocation/allocation.ts"
import {
  fractionOf,
  missedBy,
  roundedOf,
  shareOnceLargerAreCapped,
  stakerShares,
  type Rounded,
} from "../core/allocation/explain-rounding.ts"
import { readEntries } from "../stages/allocation/allocation-files.ts"
import type { LoadedInputs } from "../core/allocation/read-inputs.ts"
import { loadInputs } from "../stages/allocation/load-inputs.ts"
import { loadProgram } from "../stages/program/load-program.ts"
import type { Output } from "../io/terminal/output.ts"

/** Shows how one address's amount comes about, computed anew from the inputs. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .argument("<address>", "whose amount to explain")
    .action(async (nameOrPath: string, text: string) => {
      const output = out()
      const account = parseAddress(text)
      const loaded = await loadProgram(nameOrPath)
      const inputs = await loadInputs(loaded)
      const allocation = allocate(inputs, {
        about: concernedBy(inputs.program, inputs.people, inputs.redirects, account),
      })
      const explanation = explain(allocation, inputs.people, coveredBy(inputs), account)
      for (const line of explanationLines(allocation, explanation)) output.line(line)
      output.json(explanationJson(allocation, explanation))
      const written = await writtenAmount(loaded.folder, allocation, account)
      if (written !== undefined && written !== explanation.amount) {
        output.warn("allocation.csv says otherwise: it was written from other inputs")
      }
    })
}

/** Returns the amount of the address in allocation.csv, zero if it has no row; undefined if there is no such file. */
async function writtenAmount(
  folder: string,
  { token }: Allocation,
  account: string,
): Promise<bigint | undefined> {
  const read = await readEntries(join(folder, "allocation.csv"), token.decimals).catch(() => undefined)
  return read === undefined
    ? undefined
    : (read.entries.find((entry) => entry.account === account)?.amount ?? 0n)
}

function coveredBy({ program, snapshot, hashes }: LoadedInputs): Covered {
  const others = Object.keys(hashes).filter(
    (file) => file !== "program.json" && file !== program.eligibility?.file,
  )
  return {
    inputs:
      snapshot === undefined
        ? others.join(" or ")
        : `the ${summaryOf(snapshot)} at block ${snapshot.block.number}`,
    list: program.eligibility?.file,
  }
}

function explanationJson(allocation: Allocation, explanation: Explanation): unknown {
  const { token, units } = allocation
  const amount = (value: bigint): string => formatAmount(value, token.decimals)
  const { account, person, participant, unpaid, others, forOthers, reason, ownReason } = explanation
  const contributions = participant?.contributions ?? unpaid?.contributions ?? []
  const missed = unpaid === undefined ? undefined : missedBy(allocation, unpaid)
  return {
    program: allocation.program,
    account: toChecksum(account),
    person: toChecksum(person),
    amount: amount(explanation.amount),
    reason,
    ownReason,
    value: formatAmount(participant?.value ?? unpaid?.value ?? 0n, units.valueDecimals),
    totalValue: formatAmount(allocation.totalValue, units.valueDecimals),
    pool: amount(allocation.pool),
    shared: {
      pool: amount(allocation.uncapped.pool),
      value: formatAmount(allocation.uncapped.value, units.valueDecimals),
    },
    roundedUp: participant?.roundedUp ?? false,
    capped: participant?.capped ?? false,
    ...(participant === undefined
      ? missed === undefined
        ? {}
        : roundedJson(allocation, missed)
      : sharesJson(allocation, participant)),
    payments: [...(participant?.payments ?? []), ...forOthers].map((payment) => ({
      account: toChecksum(payment.account),
      payee: toChecksum(payment.payee),
      amount: amount(payment.amount),
      by: payment.by,
    })),
    linked: explanation.linked.map(toChecksum),
    contributions: contributions.map((contribution) => contributionRow(contribution, units)),
    others: others.map((other) => ({
      ...(participantRow(other, units, amount) as object),
      ...sharesJson(allocation, other),
    })),
    risks: explanation.risks.map((risk) => ({
      ...risk,
      account: toChecksum(risk.account),
      amount: amount(risk.amount),
    })),
  }
}

/** Returns a participant's share, its rounding, the cap if one applies, and its split among stakers. */
function sharesJson(allocation: Allocation, participant: Participant): object {
  const { decimals } = allocation.token
  const overCap = shareOnceLargerAreCapped(allocation, participant)
  return {
    ...roundedJson(allocation, roundedOf(allocation, participant)),
    ...(participant.capped ? { cap: formatAmount(participant.amount, decimals) } : {}),
    ...(overCap === undefined ? {} : { onceLargerAreCapped: roundedJson(allocation, overCap) }),
    stakers: stakerShares(allocation, participant).map((one) => ({
      account: toChecksum(one.account),
      amount: formatAmount(one.amount, decimals),
      ...roundedJson(allocation, one),
    })),
  }
}

/** Returns exact figures: the amount before rounding is `whole` and `remainder` / `divisor` of a base unit. */
function roundedJson({ token, units }: Allocation, rounded: Rounded): object {
  const { share, whole, remainder, divisor, rounding } = rounded
  return {
    ...(share === undefined
      ? {}
      : {
          share: {
            pool: formatAmount(share.pool, token.decimals),
            value: formatAmount(share.value, units.valueDecimals),
            of: formatAmount(share.of, units.valueDecimals),
          },
        }),
    exact: {
      whole: formatAmount(whole, token.decimals),
      remainder: String(remainder),
      divisor: String(divisor),
      fraction: fractionOf(rounded),
    },
    rounding,
  }
}
