import { tokenAmount } from "../../core/primitives/token.ts"
import type { Command } from "commander"
import { join, resolve } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { changeNetworkAfterwards, SAMPLE_STAGE, setStage, type Stage } from "../../dev/demo/stage.ts"
import { createNarrator } from "../../dev/demo/narrator.ts"
import { DEMO_ATTESTERS } from "../../dev/demo/statements.ts"
import { tellStory } from "../../dev/demo/story.ts"
import { loadProgram } from "../../stages/program/load-program.ts"
import type { RunVerb } from "../../io/terminal/captured-run.ts"
import { filePath } from "../../io/terminal/options.ts"
import type { Output } from "../../io/terminal/output.ts"
import { PROJECT_ROOT } from "../../io/project/processes.ts"

interface Options {
  readonly network?: string
  readonly recipients?: string
  readonly out?: string
}

/** `demo`: the whole program on an embedded chain, from a snapshot to the last claim. */
export function define(command: Command, out: () => Output, runVerb: RunVerb): void {
  command
    .option("--network <file>", "the network file to load into the chain (default: the sample's)", filePath)
    .option("--recipients <file>", "the recipients.csv of that network", filePath)
    .option(
      "--out <folder>",
      "folder for the program's files; replaces an earlier demo's (default: .cache/demo)",
      filePath,
    )
    .action(async (options: Options) => {
      if ((options.network === undefined) !== (options.recipients === undefined)) {
        throw new AirdropError("give --network and --recipients together", { code: "usage" })
      }
      const output = out()
      const started = performance.now()
      const stage = await setStage({
        network: options.network ?? SAMPLE_STAGE.network,
        recipients: options.recipients ?? SAMPLE_STAGE.recipients,
        attesters: DEMO_ATTESTERS,
        folder: options.out === undefined ? join(PROJECT_ROOT, ".cache", "demo") : resolve(options.out),
      })
      try {
        await play(stage, output, runVerb, started)
      } finally {
        await stage.close()
      }
    })
}

async function play(stage: Stage, out: Output, runVerb: RunVerb, started: number): Promise<void> {
  await changeNetworkAfterwards(stage)
  const narrator = createNarrator(out, runVerb, { text: stage.url, shownAs: "$RPC" })
  const summary = await tellStory(stage, narrator)
  const { token } = (await loadProgram(stage.program)).program
  const amount = (units: bigint): string => tokenAmount(units, token)
  narrator.chapter(
    "In short",
    `${summary.nodes} nodes at the snapshot's block determined the shares of ${amount(summary.allocated)}: ${summary.payees} people,`,
    `to the last of ${summary.allocated} base units. Later changes of the network had no effect.`,
    "Any key deployed the contract; two of the Safe's three owners funded it with one ERC-20 transfer, whose",
    "effect they computed and simulated beforehand.",
    `${amount(summary.claimed)} are claimed, and ${amount(summary.granted)} were granted from the reserve.`,
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  out.line()
  out.line(`Done in ${seconds} s. The files are in ${stage.program}: open report.html there, or look around.`)
  out.json(summary)
}
