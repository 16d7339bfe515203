/** The gas figures as a page of plain text. */
import { textTable } from "../../scripts/core/report/text-table.ts"
import { BUDGET } from "./figures.ts"
import { type GasFigures } from "./figures.ts"

function table(rows: readonly (readonly (string | number)[])[]): string {
  const text = rows.map((row) => row.map((cell) => (typeof cell === "number" ? grouped(cell) : cell)))
  return textTable(text, "right").join("\n")
}

/** Writes 1234567 as 1,234,567. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",")
}

/** Returns the gas of one more element of a proof, from all measured lengths. */
export function perLevel(byProofLength: readonly number[]): number {
  return ((byProofLength.at(-1) ?? 0) - (byProofLength[0] ?? 0)) / (byProofLength.length - 1)
}

export function gasReport(figures: GasFigures): string {
  const { byProofLength } = figures
  return [
    "Gas of whole transactions. 1,024 leaves, proofs of 10, OpenZeppelin's ERC-20, 18 decimals.",
    "",
    "A claim, mean over the same recipients of each distributor",
    "",
    table([
      ["", "first of word", "typical", "already holds", "deployment", "code bytes"],
      ...figures.distributors.map((d) => [
        d.name,
        d.firstOfWord,
        d.typicalClaim,
        d.holding,
        d.deployment,
        d.codeSize,
      ]),
      ["budget", BUDGET.firstOfWord, BUDGET.typicalClaim, "", "", ""],
    ]),
    "",
    "Pushing to recipients who hold none, gas a recipient",
    "",
    table([
      ["", "50 at once", "200 at once"],
      ["claimRange", figures.rangePerRecipient50, figures.rangePerRecipient200],
      ["loop of transfers, nothing checked", figures.dispersePerRecipient50, figures.dispersePerRecipient200],
      [
        "the same in assembly, packed entries",
        figures.packedDropPerRecipient50,
        figures.packedDropPerRecipient200,
      ],
      ["budget", "", BUDGET.rangePerRecipient200],
    ]),
    "",
    `The whole level of 1,024 in one transaction, with an empty proof: ${grouped(figures.levelOf1024)}`,
    "",
    "Bytes that Arbitrum bills for the data of a transaction, after brotli",
    "",
    table([
      ["a claim, proof of 10", figures.claimBytes],
      ["claimRange of 200, a recipient", figures.rangeBytesPerRecipient.toFixed(1)],
      ["loop of 200 transfers, a recipient", figures.disperseBytesPerRecipient.toFixed(1)],
    ]),
    "",
    `First claim of a word by length of its proof, on average ${perLevel(byProofLength).toFixed(1)} gas a level`,
    "",
    table([["leaves", "claim"], ...byProofLength.map((gas, length) => [`2^${length}`, gas])]),
    "",
    "Compiler settings",
    "",
    table([
      ["", "typical claim", "range, 200", "deployment", "code bytes"],
      ...figures.settings.map((s) => [
        `${s.viaIR ? "IR" : "legacy"}, ${grouped(s.runs)} runs`,
        s.typicalClaim,
        s.rangePerRecipient200,
        s.deployment,
        s.codeSize,
      ]),
    ]),
    "",
    "Where a typical claim's gas goes",
    "",
    table(figures.shares.map(({ what, gas }) => [what, gas])),
    "",
  ].join("\n")
}
