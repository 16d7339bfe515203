import { existsSync } from "node:fs"
import { join } from "node:path"
import { Command } from "commander"
import { visible } from "../core/primitives/text.ts"
import { AirdropError } from "../core/primitives/error.ts"
import type { Output } from "../io/terminal/output.ts"
import type { CapturedRun, RunVerb } from "../io/terminal/captured-run.ts"

/**
 * What a file of commands/ exports. `define` adds the verb's arguments, options and action to its command;
 * `runVerb` runs another verb and returns what it says, for a verb that tells a story of verbs.
 */
export interface VerbModule {
  readonly define: (command: Command, out: () => Output, runVerb: RunVerb) => void
}

export interface Verb {
  readonly summary: string
  readonly load: () => Promise<VerbModule>
  /** It needs sources, tests or tools that the npm package does not carry. */
  readonly repositoryOnly?: true
}

/** In the order of a program's life. Only the verb that runs is loaded. */
export const VERBS: Readonly<Record<string, Verb>> = {
  demo: {
    summary: "run a whole program on an embedded chain",
    load: () => import("../commands/demo.ts"),
    repositoryOnly: true,
  },
  recipients: {
    summary: "build a recipient list from token transfers",
    load: () => import("../commands/recipients.ts"),
  },
  snapshot: {
    summary: "read stakes and accounts at the program's block",
    load: () => import("../commands/snapshot.ts"),
  },
  allocate: { summary: "compute who gets what, and why", load: () => import("../commands/allocate.ts") },
  explain: {
    summary: "show how one address's amount comes about",
    load: () => import("../commands/explain.ts"),
  },
  build: { summary: "build tree, root, manifest and proofs", load: () => import("../commands/build.ts") },
  verify: { summary: "recompute everything and compare", load: () => import("../commands/verify.ts") },
  propose: { summary: "write a Safe batch for the signers", load: () => import("../commands/propose.ts") },
  inspect: { summary: "decode and simulate a Safe batch", load: () => import("../commands/inspect.ts") },
  deploy: {
    summary: "deploy directly from a key",
    load: () => import("../commands/deploy.ts"),
    repositoryOnly: true,
  },
  distribute: {
    summary: "push the automatic tranche to recipients",
    load: () => import("../commands/distribute.ts"),
  },
  grants: { summary: "keep the reserve's ledger", load: () => import("../commands/grants/grants.ts") },
  claim: { summary: "claim for an address", load: () => import("../commands/claim.ts") },
  sign: { summary: "sign a claim for somebody else to submit", load: () => import("../commands/sign.ts") },
  status: {
    summary: "show what is claimed, owed, funded and pending",
    load: () => import("../commands/status.ts"),
  },
  page: {
    summary: "build or serve the claim page",
    load: () => import("../commands/page.ts"),
    repositoryOnly: true,
  },
  test: {
    summary: "run the tests",
    load: () => import("../commands/test.ts"),
    repositoryOnly: true,
  },
  bench: {
    summary: "measure against peers",
    load: () => import("../commands/bench.ts"),
    repositoryOnly: true,
  },
  check: {
    summary: "types, lint, format",
    load: () => import("../commands/check.ts"),
    repositoryOnly: true,
  },
}

/**
 * Runs one verb with the arguments that follow it on a command line.
 * @throws AirdropError or commander's own error, as the verb does; nothing is printed for either
 */
export async function runVerb(name: string, args: readonly string[], out: () => Output): Promise<void> {
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (verb === undefined) {
    throw new AirdropError(`there is no verb "${name}"`, { hint: "./airdrop --help lists them" })
  }
  if (
    verb.repositoryOnly === true &&
    !existsSync(join(import.meta.dirname, "..", "..", "hardhat.config.ts"))
  ) {
    throw new AirdropError(`${name} works in a clone of the repository only`)
  }
  const command = new Command(`airdrop ${name}`)
    .description(verb.summary)
    .option("--json", "print one JSON object for machines")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  const { define } = await verb.load()
  define(command, out, captureVerb)
  await command.parseAsync([...args], { from: "user" })
}

/** Runs a verb as {@link runVerb} does and keeps what it would have printed. */
export async function captureVerb(name: string, args: readonly string[]): Promise<CapturedRun> {
  const lines: string[] = []
  let json: unknown
  const keep = (text = ""): unknown => lines.push(visible(text))
  await runVerb(name, args, () => ({
    wantsJson: false,
    interactive: false,
    line: keep,
    warn: keep,
    progress: () => undefined,
    json: (value) => {
      json = value
    },
  }))
  return { lines, json }
}
