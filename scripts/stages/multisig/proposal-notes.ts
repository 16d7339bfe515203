/**
 * The notes that propose puts at the end of its text. They are fixed sentences: what depends on the moment is only
 * printed, so that a signer's computer can compare the whole text.
 */
export const NOTES = {
  check: "Check it yourself: ./airdrop inspect FILE --program PROGRAM --rpc URL",
  offline: "Written without a node: whether it can succeed was not checked on chain.",
  fundedUnseen: "Nor was it checked that the contract is deployed: an address without code pays no claim.",
  timelockHolds: "The timelock then holds the swept tokens. `propose collect` transfers them to the Safe.",
} as const

export const NOTE_LINES: ReadonlySet<string> = new Set(Object.values(NOTES))
