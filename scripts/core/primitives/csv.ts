/**
 * The start of a formula in a spreadsheet, also after blanks and in full width. A file must not make a formula
 * run.
 */
const FORMULA = /^[\s\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/
const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?$/

/**
 * Writes a row of a CSV file that people open in a spreadsheet, with its line end. A text that a spreadsheet would
 * run as a formula gets an apostrophe before it. A signed number does not, because it is only a number.
 */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(",")}\n`
}

function cellOf(text: string): string {
  const plain = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n\t]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
