/**
 * Aligns a table as lines of plain text, two blanks between the columns.
 * @param others the alignment of all columns but the first, which is always aligned left
 */
export function textTable(rows: readonly (readonly string[])[], others: "left" | "right"): string[] {
  const widths = rows.reduce<number[]>((most, row) => {
    row.forEach((cell, i) => (most[i] = Math.max(most[i] ?? 0, cell.length)))
    return most
  }, [])
  return rows.map((row) =>
    row
      .map((cell, i) =>
        i === 0 || others === "left" ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  )
}
