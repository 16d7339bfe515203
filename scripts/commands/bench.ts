import type { Command } from "commander"
import { AirdropError } from "../core/primitives/error.ts"
import { nameHint } from "../core/primitives/nearest.ts"
import type { Output } from "../io/terminal/output.ts"

/** The exports of a file of bench/. `define` adds its options and action. Figures are ratios measured in one run. */
export interface BenchModule {
  readonly define: (command: Command, out: () => Output) => void
}

interface Bench {
  readonly summary: string
  readonly load: () => Promise<BenchModule>
}

const BENCHES: Readonly<Record<string, Bench>> = {
  gas: { summary: "gas of a claim, beside other distributors", load: () => import("../../bench/gas.ts") },
  tree: {
    summary: "building trees and proofs, against OpenZeppelin's library",
    load: () => import("../../bench/tree.ts"),
  },
  publication: {
    summary: "publishing and verifying a list of a million",
    load: () => import("../../bench/publication.ts"),
  },
  scale: {
    summary: "sizes and times of a list too long to measure, computed from records",
    load: () => import("../../bench/scale.ts"),
  },
  allocate: {
    summary: "an allocation over a million participants",
    load: () => import("../../bench/allocate.ts"),
  },
  snapshot: {
    summary: "requests, bytes and seconds of a snapshot",
    load: () => import("../../bench/snapshot.ts"),
  },
  distribute: {
    summary: "gas a recipient of pushed claims, beside the least possible",
    load: () => import("../../bench/distribute.ts"),
  },
  chain: {
    summary: "the chain as a verifier: gas, requests, and the anchor's size and time",
    load: () => import("../../bench/chain.ts"),
  },
  page: { summary: "time and bytes to the first look-up", load: () => import("../../bench/page.ts") },
  lists: {
    summary: "real airdrop lists through the whole pipeline",
    load: () => import("../../bench/lists.ts"),
  },
  verifiers: {
    summary: "one long list through verify and verify.py",
    load: () => import("../../bench/verifiers.ts"),
  },
  install: {
    summary: "size of the npm package, once installed",
    load: () => import("../../bench/install.ts"),
  },
  mutation: {
    summary: "mutants of the contract that its tests detect",
    load: () => import("../../bench/mutation.ts"),
  },
  proofs: {
    summary: "properties of the contract that the SMT solver proves",
    load: () => import("../../bench/smt.ts"),
  },
}

/** `bench NAME`: each measures one thing and prints a table, or one JSON object with --json. */
export function define(command: Command, out: () => Output): void {
  command.usage("NAME [options]").addHelpText(
    "after",
    `\nBenches:\n${Object.entries(BENCHES)
      .map(([name, { summary }]) => `  ${name.padEnd(13)}${summary}`)
      .join("\n")}`,
  )
  command
    .argument("<name>", "which bench")
    .argument("[arguments...]", "its own options; NAME --help lists them")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (name: string, rest: string[]) => {
      if (name === "--help" || name === "-h") command.help()
      const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
      if (bench === undefined) {
        throw new AirdropError(`there is no bench "${name}"`, {
          code: "usage",
          hint: nameHint(name, Object.keys(BENCHES)),
        })
      }
      const { define: defineBench } = await bench.load()
      const own = command
        .createCommand(`airdrop bench ${name}`)
        .description(bench.summary)
        .exitOverride()
        .configureOutput({ writeErr: () => undefined })
      own.option("--json", "print one JSON object for programs")
      defineBench(own, out)
      await own.parseAsync(rest, { from: "user" })
    })
}
