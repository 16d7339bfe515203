/** The notes that propose puts at the end of its text. A signer's computer knows each form and no other. */

export const NOTES = {
  check: "Check it yourself: ./airdrop inspect FILE --program PROGRAM --rpc URL",
  offline: "Written without a node: whether it can succeed was not checked on chain.",
  timelockHolds: "The timelock then holds the swept tokens. `propose collect` transfers them to the Safe.",
  earlier: (next: bigint, count: bigint): string =>
    `The Safe's next nonce is ${next}: ${count} transaction(s) come before.`,
  compared: (checks: number, held: string, owed: string): string =>
    `The contract was compared with the sources and the published files: ${checks} checks agree. It holds ${held} and owes ${owed}.`,
}

const AMOUNT = "[\\d,.]+ [\\w$.-]{1,32}"
const FORMS = [
  ...[NOTES.check, NOTES.offline, NOTES.timelockHolds].map((text) =>
    text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  ),
  "The Safe's next nonce is \\d+: \\d+ transaction\\(s\\) come before\\.",
  `The contract was compared with the sources and the published files: \\d+ checks agree\\. It holds ${AMOUNT} and owes ${AMOUNT}\\.`,
].map((form) => new RegExp(`^${form}$`))

/** Returns true for a line that propose may have written as a note. */
export function isNote(line: string): boolean {
  return FORMS.some((form) => form.test(line))
}
