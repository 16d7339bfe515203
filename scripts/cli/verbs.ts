import { existsSync } from "node:fs"
import { join } from "node:path"
import { Command, type Option } from "commander"
import { visible } from "../core/primitives/text.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { nameHint } from "../core/primitives/nearest.ts"
import type { Output } from "../io/terminal/output.ts"
import { COMMAND } from "./invocation.ts"
import type { CapturedRun, RunVerb } from "../io/terminal/captured-run.ts"

/**
 * The exports of a file of commands/. `define` adds the verb's arguments, options and action to its command.
 * `runVerb` runs another verb and returns its output, for the demo.
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

/** In the order in which a program needs them. Only the verb that runs is loaded. */
export const VERBS: Readonly<Record<string, Verb>> = {
  demo: {
    summary: "run a sample program from snapshot to last claim",
    load: () => import("../commands/trial/demo.ts"),
    repositoryOnly: true,
  },
  node: {
    summary: "serve a chain on this computer, with Safe and a token",
    load: () => import("../commands/trial/node.ts"),
    repositoryOnly: true,
  },
  rehearse: {
    summary: "run a program's own future, from deployment to sweep",
    load: () => import("../commands/trial/rehearse.ts"),
    repositoryOnly: true,
  },
  init: { summary: "start a program from a list", load: () => import("../commands/init.ts") },
  recipients: {
    summary: "build a recipient list from token transfers",
    load: () => import("../commands/recipients.ts"),
  },
  statements: {
    summary: "accept links and redirects that recipients signed",
    load: () => import("../commands/statements/statements.ts"),
  },
  snapshot: {
    summary: "read stakes, balances and accounts at a block",
    load: () => import("../commands/snapshot.ts"),
  },
  anchor: {
    summary: "tie the snapshot's block to Ethereum",
    load: () => import("../commands/anchor.ts"),
  },
  allocate: {
    summary: "compute each recipient's amount, with a report",
    load: () => import("../commands/allocate.ts"),
  },
  explain: {
    summary: "show how an address's amount was computed",
    load: () => import("../commands/explain.ts"),
  },
  build: { summary: "build tree, root, manifest and proofs", load: () => import("../commands/build.ts") },
  verify: { summary: "recompute everything and compare", load: () => import("../commands/verify.ts") },
  attest: {
    summary: "recompute everything and sign the root as an outsider",
    load: () => import("../commands/statements/attest.ts"),
  },
  propose: { summary: "write a Safe batch for the signers", load: () => import("../commands/propose.ts") },
  inspect: { summary: "decode and simulate a Safe batch", load: () => import("../commands/inspect.ts") },
  deploy: {
    summary: "create the contract from a key",
    load: () => import("../commands/deploy.ts"),
    repositoryOnly: true,
  },
  distribute: {
    summary: "pay the automatic tranche to its recipients",
    load: () => import("../commands/distribute.ts"),
  },
  record: {
    summary: "keep the published lists in the chain's own data",
    load: () => import("../commands/record.ts"),
  },
  grants: { summary: "grant amounts from the reserve", load: () => import("../commands/grants/grants.ts") },
  claim: { summary: "send an address's claim", load: () => import("../commands/claim.ts") },
  sign: { summary: "sign a claim that another account submits", load: () => import("../commands/sign.ts") },
  status: {
    summary: "show what is claimed, owed, funded and pending",
    load: () => import("../commands/status.ts"),
  },
  page: {
    summary: "build or serve the claim page",
    load: () => import("../commands/page.ts"),
  },
  test: {
    summary: "run the tests",
    load: () => import("../commands/test.ts"),
    repositoryOnly: true,
  },
  bench: {
    summary: "measure gas, time and memory",
    load: () => import("../commands/bench.ts"),
    repositoryOnly: true,
  },
  check: {
    summary: "check types, lint, format, imports, dead code",
    load: () => import("../commands/check.ts"),
    repositoryOnly: true,
  },
}

/** Returns the verbs that work here: the npm package does not carry those of the repository. */
export function availableVerbs(): Readonly<Record<string, Verb>> {
  if (isRepository()) return VERBS
  return Object.fromEntries(Object.entries(VERBS).filter(([, verb]) => verb.repositoryOnly !== true))
}

function isRepository(): boolean {
  return existsSync(join(import.meta.dirname, "..", "..", "hardhat.config.ts"))
}

/**
 * Runs one verb with the arguments that follow it on a command line.
 * @throws AirdropError or commander's own error, as the verb does; nothing is printed for either
 */
export async function runVerb(name: string, args: readonly string[], out: () => Output): Promise<void> {
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (verb === undefined) {
    throw new AirdropError(`there is no verb "${name}"`, {
      code: "usage",
      hint: nameHint(name, Object.keys(availableVerbs())),
    })
  }
  if (verb.repositoryOnly === true && !isRepository()) {
    throw new AirdropError(`${name} works in a clone of the repository only`, { code: "usage" })
  }
  const command = new Command(`${COMMAND} ${name}`)
    .description(verb.summary)
    .option("--json", "print one JSON object for programs")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ optionDescription: describeOption })
  const { define } = await verb.load()
  define(command, out, captureVerb)
  await command.parseAsync([...args], { from: "user" })
}

/** Returns the description of an option with its default, where that is a number or a text. */
function describeOption({ description, argChoices, defaultValue, defaultValueDescription }: Option): string {
  const isShown = typeof defaultValue === "number" || typeof defaultValue === "string"
  const value = defaultValueDescription ?? (isShown ? defaultValue : undefined)
  const more = [
    ...(argChoices === undefined ? [] : [`choices: ${argChoices.join(", ")}`]),
    ...(value === undefined ? [] : [`default: ${value}`]),
  ]
  return more.length === 0 ? description : `${description} (${more.join("; ")})`
}

/** Runs a verb as {@link runVerb} does and returns its output instead of printing it. */
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
