/** Begins a formula in a spreadsheet, also after blanks and in full width: a file may not make one run. */
const FORMULA = /^[\s\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/
const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?$/

/**
 * Writes a row of a CSV file that people open in a spreadsheet, with its line end. A text that a spreadsheet would take
 * for a formula gets an apostrophe before it; a signed number does not, as it is only a number.
 */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(",")}\n`
}

function cellOf(text: string): string {
  const plain = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n\t]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
