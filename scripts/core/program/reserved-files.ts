/**
 * The files that verbs write into a program's folder, or read from it by a fixed name. Inputs must have other names.
 */
export const RESERVED_FILES: ReadonlySet<string> = new Set([
  "program.json",
  "snapshot.json",
  "snapshot.proof",
  "snapshot.anchor",
  "allocation.csv",
  "allocation.json",
  "unpaid.csv",
  "report.html",
  "deployment.json",
  "grants.jsonl",
  "links.jsonl",
  "redirects.jsonl",
  "attestations.jsonl",
])
