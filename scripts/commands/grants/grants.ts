import type { Command } from "commander"
import { withNode } from "../../io/rpc/provider.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { nameHint } from "../../core/primitives/nearest.ts"
import { loadProgram, type LoadedProgram } from "../../stages/program/load-program.ts"
import { addGrant, type AddOptions } from "./add.ts"
import { type BuildReserveOptions, buildReserve } from "./build.ts"
import { checkGrants } from "./check.ts"
import { listGrants } from "./list.ts"
import { revokeGrant } from "./revoke.ts"
import { suggestGrants } from "./suggest.ts"
import type { SuggestOptions } from "../../stages/reserve/suggest-terms.ts"
import { filePath, between, blockNumber } from "../../io/terminal/options.ts"
import type { Output } from "../../io/terminal/output.ts"

type Options = AddOptions & SuggestOptions & BuildReserveOptions & { readonly rpc?: string }

type Action = (
  loaded: LoadedProgram,
  values: readonly string[],
  options: Options,
  out: Output,
) => Promise<void>

const ACTIONS: Readonly<Record<string, Action>> = {
  add: addGrant,
  list: async (loaded, _values, _options, out) => {
    await listGrants(loaded, out)
  },
  check: async (loaded, _values, options, out) => {
    await checkGrants(loaded, options, out)
  },
  suggest: async (loaded, _values, options, out) => {
    await suggestGrants(loaded, options, out)
  },
  build: async (loaded, _values, options, out) => {
    await buildReserve(loaded, options, out)
  },
  revoke: revokeGrant,
}

/** The number of values that an action takes, if it takes any. */
const VALUES: Readonly<Record<string, number>> = { add: 2, revoke: 1 }

const HELP = `
Actions:
  add ADDRESS AMOUNT --reason TEXT   add a grant; --evidence FILE.json or TEXT, --force to overrule objections
  list                               show the ledger
  check                              check evidence and objections again; --rpc also asks contract wallets
  suggest                            find who was missed by following transfers; --rpc or --transfers
  build                              build and publish the tree; --rpc compares it with the chain, --car archives it
  revoke NUMBER --reason TEXT        take back a grant that is not on chain
`

/** `grants P`: the reserve's ledger. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .argument("<action>", "one of the actions below")
    .argument("[values...]", "the values that the action takes")
    .option("--reason <text>", "the reason, kept in the ledger")
    .option("--evidence <file>", "the evidence: a JSON file, or a note in words")
    .option("--force", "grant despite objections")
    .option("--rpc <url>", "node to compare with, or to follow transfers through")
    .option("--car [file]", "build: also write the folder as an IPFS archive", filePath)
    .option("--transfers <file>", "suggest: follow the transfers of a CSV file instead of a node's", filePath)
    .option("--from-block <number>", "suggest: first block to read (default: the chain's first)", blockNumber)
    .option("--hops <number>", "suggest: how many transfers to follow", between(0, 8), 3)
    .option("--minimum <amount>", "suggest: leave out transfers of less", "1")
    .option(
      "--hub <number>",
      "suggest: stop at an address with this many senders or receivers",
      between(0, 1_000_000),
      8,
    )
    .option("--cut <file>", "suggest: CSV of accounts to stop at, such as exchanges", filePath)
    .addHelpText("after", HELP)
    .action(async (name: string, action: string, values: readonly string[], options: Options) => {
      const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
      if (run === undefined) {
        throw new AirdropError(`grants has no action "${action}"`, {
          code: "usage",
          hint: nameHint(action, Object.keys(ACTIONS)),
        })
      }
      const surplus = values[VALUES[action] ?? 0]
      if (surplus !== undefined)
        throw new AirdropError(`grants ${action} takes no ${JSON.stringify(surplus)} as well`, {
          code: "usage",
        })
      const loaded = await loadProgram(name)
      await withNode(async () => {
        await run(loaded, values, options, out())
      })
    })
}
